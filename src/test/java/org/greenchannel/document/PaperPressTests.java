package org.greenchannel.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Papers are printed with text that can be read, searched and proved. */
class PaperPressTests {

    private static final PaperFixture FIXTURE = new PaperFixture();
    private static final Path PICTURES = Path.of("target", "papers");

    static Stream<String> everyKind() {
        return FIXTURE.blueprints.codes().stream();
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void printsEveryKindOfPaperInBothLanguages(String code) throws IOException {
        for (String language : List.of("zh", "en")) {
            byte[] pdf = FIXTURE.press.print(FIXTURE.paper(code, language, "PATIENT"));
            picture(pdf, code + "-" + language);
            String text = text(pdf);
            Blueprint blueprint = FIXTURE.blueprints.get(code);
            String title = language.equals("zh")
                    ? blueprint.title().zh()
                    : blueprint.title().en();
            assertThat(flat(text)).contains(flat(title), "EA-2026-000123", "ABCD-EFGH-JKMN-PQRS", "〔2026〕第0001号");
            // lists and conditions that were not written as such end up as code words
            assertThat(text).doesNotContain("document.code.", "INVOLUNTARY", "PATIENT", "null");
        }
    }

    @Test
    void keepsCharactersAsTheyWereTyped() {
        String text = flat(text(FIXTURE.press.print(FIXTURE.paper("RN-04", "zh", "PATIENT"))));
        assertThat(text)
                .contains("行喆镕", "日", "三日内", "提出再次诊断的要求", "中原司法鉴定中心", "持木棍追打他人", "当面检查、询问您")
                .contains("送达：患者本人");
        // Kangxi radicals and compatibility forms look the same but are other characters; # stands for no glyph
        assertThat(text.codePoints().filter(c -> (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0xF900 && c <= 0xFAFF)))
                .isEmpty();
        assertThat(text).doesNotContain("#");
    }

    @Test
    void keepsLettersThatLookLikeLigatures() {
        String text = FIXTURE.press.html(FIXTURE.paper("RN-04", "en", "GUARDIAN"));
        assertThat(text).contains("first");
        String printed = text(FIXTURE.press.print(FIXTURE.paper("RN-04", "en", "GUARDIAN")));
        assertThat(printed).contains("first diagnosis", "qualified hospital", "office");
    }

    @Test
    void noticesSayWhatTheLawWantsToBeSaid() {
        var fixture = new PaperFixture();
        fixture.submitted(
                "communication-limit",
                java.util.Map.of(
                        "limited", List.of("PHONE", "VISITS"),
                        "limitReason", "急性期，来访后冲动加重",
                        "limitReviewAt", "2026-11-25T09:00:00+08:00",
                        "limitUntil", "2026-11-26T09:00:00+08:00"));
        fixture.submitted("treatment-plan", java.util.Map.of("planMethods", "口服药物", "planRisks", "可能嗜睡"));
        fixture.submitted(
                "record-access-answer", java.util.Map.of("accessAnswer", "REFUSED", "accessReason", "会加重病情波动"));
        assertThat(flat(text(fixture.press.print(fixture.paper("RN-07", "zh", "PATIENT")))))
                .contains("电话和网络联系、会见来访的人", "急性期，来访后冲动加重", "2026年11月25日09:00", "监护人、律师联系", "第四十六条");
        assertThat(flat(text(fixture.press.print(fixture.paper("RN-05", "zh", "PATIENT")))))
                .contains("口服药物", "可能嗜睡", "第三十九条", "第四十三条");
        assertThat(flat(text(fixture.press.print(fixture.paper("RN-13", "zh", "PATIENT")))))
                .contains("暂不提供", "会加重病情波动", "第四十七条")
                .doesNotContain("何时可以查阅");
        assertThat(flat(text(fixture.press.print(fixture.paper("RN-06", "zh", "PATIENT")))))
                .contains("这不是惩罚", "第四十条");
        assertThat(flat(text(fixture.press.print(fixture.paper("RN-10", "zh", "PATIENT")))))
                .contains("第二日起五日内", "不停止执行", "法律援助");
        assertThat(flat(text(fixture.press.print(fixture.paper("RN-11", "zh", "PATIENT")))))
                .contains("随时申请解除", "六个月后可以再次申请", "人民检察院");
        assertThat(flat(text(fixture.press.print(fixture.paper("RN-12", "zh", "PATIENT")))))
                .contains("谁在处理", "现在补告知", "查阅、复制自己的信息");
        assertThat(flat(text(fixture.press.print(fixture.paper("RN-14", "zh", "PATIENT")))))
                .contains("可以不同意", "每年再问一次", "第三十条第二款第二项");
    }

    @Test
    void officialPapersHaveARedHeadAndNoticesHaveNone() {
        assertThat(FIXTURE.press.html(FIXTURE.paper("admission-notice", "zh", null)))
                .contains("class=\"head\"", "class=\"rule\"");
        assertThat(FIXTURE.press.html(FIXTURE.paper("RN-05", "zh", "PATIENT")))
                .contains("class=\"plainhead\"")
                .doesNotContain("class=\"head\"");
    }

    @Test
    void showsGapsInsteadOfHidingThem() {
        String text = flat(text(FIXTURE.press.print(FIXTURE.paper("admission-notice", "zh", null))));
        assertThat(text).contains("姓名未记录");
    }

    @Test
    void writesPersonalTextAsText() {
        var fixture = new PaperFixture();
        fixture.submitted("diagnosis", java.util.Map.of("examSummary", "<img src='http://example.org/x.png'/> & 见闻"));
        String text = flat(text(fixture.press.print(fixture.paper("diagnosis-conclusion", "zh", null))));
        assertThat(text).contains("<imgsrc='http://example.org/x.png'/>&见闻");
    }

    @Test
    void isAnArchivePdf() throws IOException {
        byte[] pdf = FIXTURE.press.print(FIXTURE.paper("RN-01", "zh", "PATIENT"));
        try (PDDocument document = Loader.loadPDF(pdf)) {
            String xmp = new String(
                    document.getDocumentCatalog().getMetadata().toByteArray(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(xmp).contains("pdfaid").containsPattern("part[>=\"']+2").containsPattern("conformance[>=\"']+U");
            assertThat(document.getDocumentCatalog().getOutputIntents()).isNotEmpty();
            for (var name : document.getPage(0).getResources().getFontNames()) {
                assertThat(document.getPage(0).getResources().getFont(name).isEmbedded())
                        .isTrue();
            }
        }
    }

    @Test
    void marksCopiesAtTheEdge() {
        byte[] pdf = FIXTURE.press.print(FIXTURE.paper("RN-01", "zh", "PATIENT"));
        byte[] copy = new CopyStamp(FIXTURE.fonts).mark(pdf, "第3次取用 · doctor-1");
        picture(copy, "copy");
        assertThat(flat(text(pdf))).doesNotContain("第3次取用");
        assertThat(flat(text(copy))).contains("第3次取用·doctor-1");
    }

    private static String text(byte[] pdf) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void picture(byte[] pdf, String name) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            Files.createDirectories(PICTURES);
            for (int page = 0; page < document.getNumberOfPages(); page++) {
                ImageIO.write(
                        new PDFRenderer(document).renderImageWithDPI(page, 60),
                        "png",
                        PICTURES.resolve(name + "-" + (page + 1) + ".png").toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", "");
    }
}
