package org.greenchannel.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.greenchannel.kernel.Problem;
import org.greenchannel.support.SampleFiles;
import org.junit.jupiter.api.Test;

/** What is let in: the content decides, not the name and not what the sender says. */
class FileCheckTests {

    private final FileCheck check = new FileCheck(new PictureMill(), new PageMill());

    @Test
    void picturesAndPapersAreLetIn() {
        assertThat(check.check("a.jpg", SampleFiles.jpeg(0xFF0000)).mediaType()).isEqualTo("image/jpeg");
        assertThat(check.check("a.PNG", SampleFiles.picture("png", 20, 10, 0x00FF00))
                        .width())
                .isEqualTo(20);
        assertThat(check.check("a.pdf", SampleFiles.pdf(3)).pages()).isEqualTo(3);
        assertThat(check.check("a.pdf", SampleFiles.pdf(3)).thumbnail()).isNotNull();
    }

    @Test
    void theContentDecides() {
        refused("attachment-type", () -> check.check("a.pdf", SampleFiles.jpeg(1)));
        refused("attachment-type", () -> check.check("a.jpg", "<svg onload='x()'/>".getBytes(StandardCharsets.UTF_8)));
        refused("attachment-type", () -> check.check("a.html", SampleFiles.pdf(1)));
        refused("attachment-type", () -> check.check("a.jpg.exe", SampleFiles.jpeg(2)));
        refused("attachment-type", () -> check.check("", SampleFiles.jpeg(3)));
        refused("attachment-empty", () -> check.check("a.jpg", new byte[0]));
        byte[] late = ("MZ" + "x".repeat(50) + "%PDF-1.7").getBytes(StandardCharsets.US_ASCII);
        refused("attachment-type", () -> check.check("a.pdf", late));
    }

    @Test
    void whatCannotBeReadIsRefused() {
        byte[] jpeg = SampleFiles.jpeg(4);
        refused("attachment-broken", () -> check.check("a.jpg", Arrays.copyOf(jpeg, 20)));
        refused(
                "attachment-broken",
                () -> check.check("a.png", Arrays.copyOf(SampleFiles.picture("png", 9, 9, 1), 30)));
        refused(
                "attachment-broken",
                () -> check.check("a.pdf", "%PDF-1.7\nnothing".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void noiseAfterTheFirstBytesIsRefusedAndNothingElseHappens() {
        var random = new Random(4711);
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[10 + random.nextInt(400)];
            random.nextBytes(noise);
            String[] heads = {"\u00FF\u00D8\u00FF", "\u0089PNG\r\n\u001A\n", "%PDF-1.4\n"};
            byte[] head = heads[i % 3].getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(head, 0, noise, 0, head.length);
            String name = "a" + new String[] {".jpg", ".png", ".pdf"}[i % 3];
            assertThatThrownBy(() -> check.check(name, noise)).isInstanceOf(Problem.class);
        }
    }

    @Test
    void aPdfThatActsIsRefused() {
        refused("attachment-active", () -> check.check("a.pdf", SampleFiles.scriptedPdf()));
        refused("attachment-active", () -> check.check("a.pdf", SampleFiles.lockedPdf()));
        refused("attachment-pages", () -> check.check("a.pdf", SampleFiles.pdf(Attachments.MOST_PAGES + 1)));
        assertThat(check.check("a.pdf", SampleFiles.pdf(Attachments.MOST_PAGES)).pages())
                .isEqualTo(Attachments.MOST_PAGES);
    }

    @Test
    void largeFilesAndLargePicturesAreRefused() {
        byte[] large = Arrays.copyOf(SampleFiles.jpeg(5), Attachments.MOST_BYTES + 1);
        refused("attachment-too-large", () -> check.check("a.jpg", large));
        // a small file that would fill the memory when it is unpacked
        byte[] bomb = SampleFiles.picture("png", 8000, 5001, 0xFFFFFF);
        assertThat(bomb.length).isLessThan(Attachments.MOST_BYTES);
        refused("attachment-pixels", () -> check.check("a.png", bomb));
    }

    @Test
    void whatIsShownIsUprightSmallAndWithoutThePlace() throws IOException {
        byte[] photo = SampleFiles.photo(2400, 1200, 6);
        assertThat(new String(photo, StandardCharsets.ISO_8859_1)).contains(SampleFiles.PLACE);
        FileCheck.Checked checked = check.check("a.jpg", photo);
        assertThat(checked.width()).isEqualTo(1200);
        assertThat(checked.height()).isEqualTo(2400);
        var view = ImageIO.read(new ByteArrayInputStream(checked.view()));
        assertThat(view.getHeight()).isEqualTo(2000);
        assertThat(view.getWidth()).isEqualTo(1000);
        // the dark left half of the lying picture is the upper half of the upright one
        assertThat(view.getRGB(500, 200) & 0xFF).isLessThan(40);
        assertThat(view.getRGB(500, 1800) & 0xFF).isGreaterThan(200);
        var thumbnail = ImageIO.read(new ByteArrayInputStream(checked.thumbnail()));
        assertThat(thumbnail.getHeight()).isEqualTo(320);
        for (byte[] shown : new byte[][] {checked.view(), checked.thumbnail()}) {
            assertThat(new String(shown, StandardCharsets.ISO_8859_1)).doesNotContain(SampleFiles.PLACE, "Exif");
        }
    }

    @Test
    void namesAreCleaned() {
        assertThat(FileCheck.clean("../../etc/照片 1.jpg")).isEqualTo("照片 1.jpg");
        assertThat(FileCheck.clean("C:\\x\\a.pdf")).isEqualTo("a.pdf");
        assertThat(FileCheck.clean("a\u0000\u202Egpj.pdf\n")).isEqualTo("agpj.pdf");
        assertThat(FileCheck.clean("长".repeat(300) + ".jpeg")).hasSize(120).endsWith(".jpeg");
    }

    private static void refused(String type, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.type())
                .isEqualTo(type));
    }

    @Test
    void pagesAreDrawnWithinBounds() throws IOException {
        var mill = new PageMill();
        byte[] pdf = SampleFiles.pdf(2);
        byte[] page = mill.draw(pdf, 2, 400);
        assertThat(page).isNotNull();
        var image = ImageIO.read(new ByteArrayInputStream(page));
        assertThat(Math.max(image.getWidth(), image.getHeight())).isBetween(398, 401);
        assertThat(mill.draw(pdf, 3, 400)).isNull();
        assertThat(mill.draw(pdf, 0, 400)).isNull();
        assertThat(mill.draw("%PDF-1.7 nothing".getBytes(StandardCharsets.US_ASCII), 1, 400))
                .isNull();
        // a picture that would fill the memory is not unpacked
        assertThat(mill.draw(SampleFiles.pdfWithImage(20_000, 20_000), 1, 400)).isNull();
        assertThat(mill.draw(SampleFiles.pdfWithImage(20, 20), 1, 400)).isNotNull();
        mill.destroy();
    }
}
