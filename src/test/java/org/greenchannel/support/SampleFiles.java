package org.greenchannel.support;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;

/** Files people send, good and bad. */
public final class SampleFiles {

    /** Stands for the place where a picture was taken. */
    public static final String PLACE = "GPS-34.7466N-113.6253E";

    private SampleFiles() {}

    /** A picture with a dark left half; every colour is another file. */
    public static byte[] picture(String format, int width, int height, int colour) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setColor(new Color(colour));
        pen.fillRect(0, 0, width, height);
        pen.setColor(Color.BLACK);
        pen.fillRect(0, 0, width / 2, height);
        pen.dispose();
        try {
            var out = new ByteArrayOutputStream();
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] jpeg(int colour) {
        return picture("jpg", 64, 48, colour);
    }

    /** A picture as phones take it: lying, with a note how to turn it, and with the place. */
    public static byte[] photo(int width, int height, int orientation) {
        byte[] plain = picture("jpg", width, height, 0xE0E0E0);
        byte[] place = PLACE.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer exif = ByteBuffer.allocate(6 + 8 + 2 + 12 + 4 + place.length);
        exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        exif.putShort((short) 1);
        exif.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        exif.putInt(0).put(place);
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE1});
        out.writeBytes(
                ByteBuffer.allocate(2).putShort((short) (exif.capacity() + 2)).array());
        out.writeBytes(exif.array());
        out.writeBytes(Arrays.copyOfRange(plain, 2, plain.length));
        return out.toByteArray();
    }

    public static byte[] pdf(int pages) {
        return pdf(pages, false, false);
    }

    public static byte[] scriptedPdf() {
        return pdf(1, true, false);
    }

    public static byte[] lockedPdf() {
        return pdf(1, false, true);
    }

    /** One page with a picture that says it is as large as this, whatever it holds. */
    public static byte[] pdfWithImage(int width, int height) {
        try (var document = new PDDocument()) {
            var page = new PDPage();
            document.addPage(page);
            var image =
                    LosslessFactory.createFromImage(document, new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB));
            image.setWidth(width);
            image.setHeight(height);
            try (var content = new PDPageContentStream(document, page)) {
                content.drawImage(image, 50, 50, 200, 200);
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] pdf(int pages, boolean script, boolean locked) {
        try (var document = new PDDocument()) {
            for (int i = 0; i < pages; i++) {
                document.addPage(new PDPage());
            }
            if (script) {
                document.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert('x')"));
            }
            if (locked) {
                document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
