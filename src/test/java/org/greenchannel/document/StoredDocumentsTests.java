package org.greenchannel.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.greenchannel.kernel.Problem;
import org.junit.jupiter.api.Test;

/** Papers are numbered without gaps, kept as issued and can be checked by anybody. */
class StoredDocumentsTests {

    private static final UUID OTHER_CASE = UUID.fromString("00000000-0000-4000-8000-00000000000f");

    private final DocumentFixture fixture = new DocumentFixture();

    @Test
    void issuesAPaperWithNumberAndStory() {
        DocumentSummary paper = fixture.transaction.execute(
                t -> fixture.documents.issue(PaperFixture.CASE, "diagnosis-conclusion", "zh", DocumentFixture.DOCTOR));
        assertThat(paper.number()).matches("绿城精神卫生中心诊字〔2026〕第\\d{4}号");
        assertThat(paper.issuer()).isEqualTo("zz-hosp-8");
        assertThat(paper.dataClass()).isEqualTo("CLF");
        assertThat(fixture.documents.list(PaperFixture.CASE)).contains(paper);
        assertThat(fixture.documents.get(PaperFixture.CASE, paper.id())).isEqualTo(paper);
        verify(fixture.cases).tell(eq(PaperFixture.CASE), any(), eq("DOCUMENT"), any(), any(), eq("nurse-1"), any());
    }

    @Test
    void supersedesTheEarlierVersion() {
        var first = fixture.transaction.execute(
                t -> fixture.documents.issue(PaperFixture.CASE, "admission-notice", "zh", null));
        var second = fixture.transaction.execute(
                t -> fixture.documents.issue(PaperFixture.CASE, "admission-notice", "zh", null));
        assertThat(second.version()).isEqualTo(first.version() + 1);
        assertThat(fixture.documents.get(PaperFixture.CASE, first.id()).status())
                .isEqualTo("SUPERSEDED");
        assertThat(fixture.documents.get(PaperFixture.CASE, second.id()).status())
                .isEqualTo("ISSUED");
    }

    @Test
    void givesNumbersWithoutGapsUnderConcurrencyAndRollback() throws Exception {
        int tries = 60;
        var pool = Executors.newFixedThreadPool(6);
        var kept = new ArrayList<Integer>();
        try {
            var tasks = IntStream.range(0, tries)
                    .mapToObj(i -> (Callable<Integer>) () -> fixture.transaction.execute(t -> {
                        int number = fixture.papers.next("zz-test", "并", 2026);
                        if (i % 5 == 0) {
                            t.setRollbackOnly();
                            return 0;
                        }
                        return number;
                    }))
                    .toList();
            for (var result : pool.invokeAll(tasks)) {
                if (result.get() > 0) {
                    kept.add(result.get());
                }
            }
        } finally {
            pool.shutdown();
        }
        assertThat(kept)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, kept.size()).boxed().toList());
    }

    @Test
    void handsOutMarkedAndCountedCopies() throws Exception {
        var paper = fixture.transaction.execute(
                t -> fixture.documents.issue(PaperFixture.CASE, "handover-sheet", "zh", null));
        fixture.documents.pdf(PaperFixture.CASE, paper.id(), DocumentFixture.DOCTOR);
        byte[] copy = fixture.documents.pdf(PaperFixture.CASE, paper.id(), DocumentFixture.DOCTOR);
        try (PDDocument document = Loader.loadPDF(copy)) {
            assertThat(new PDFTextStripper().getText(document).replaceAll("\\s+", ""))
                    .contains("第2次取用·nurse-1");
        }
        verify(fixture.audit, org.mockito.Mockito.times(2)).record(eq(DocumentFixture.DOCTOR), any());
        assertThatThrownBy(() -> fixture.documents.pdf(OTHER_CASE, paper.id(), DocumentFixture.DOCTOR))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("document-unknown");
    }

    @Test
    void refusesAPaperThatWasChanged() {
        var paper = fixture.transaction.execute(t -> fixture.documents.issue(PaperFixture.CASE, "RN-01", "zh", null));
        var other = fixture.transaction.execute(t -> fixture.documents.issue(PaperFixture.CASE, "RN-01", "zh", null));
        DocumentFixture.sql(
                "update document.paper set content = (select content from document.paper where id = ?) where id = ?",
                other.id(),
                paper.id());
        assertThatThrownBy(() -> fixture.documents.pdf(PaperFixture.CASE, paper.id(), DocumentFixture.DOCTOR))
                .isInstanceOf(IllegalStateException.class);
        DocumentFixture.sql("update document.paper set sha256 = repeat('0', 64) where id = ?", other.id());
        assertThatThrownBy(() -> fixture.documents.pdf(PaperFixture.CASE, other.id(), DocumentFixture.DOCTOR))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void letsAnybodyCheckAPaperWithoutLearningWhoItIsAbout() {
        var paper = fixture.transaction.execute(
                t -> fixture.documents.issue(PaperFixture.CASE, "RN-02", "zh", "PATIENT", DocumentFixture.DOCTOR));
        String typed = PaperSeal.grouped(paper.verificationCode()).toLowerCase() + " ";
        assertThat(fixture.documents.verify(typed)).hasValueSatisfying(found -> {
            assertThat(found.number()).isEqualTo(paper.number());
            assertThat(found.issuer().en()).isEqualTo("Lücheng Mental Health Centre");
            assertThat(found.toString()).doesNotContain("行喆镕", PaperFixture.FILE.number());
        });
        assertThat(fixture.documents.verify("0000-0000-0000-0000")).isEmpty();
        assertThat(fixture.documents.verify("")).isEmpty();
    }

    @Test
    void refusesAnUnknownKindOfPaper() {
        assertThatThrownBy(() -> fixture.documents.issue(PaperFixture.CASE, "no-such-paper", "zh", null))
                .isInstanceOf(Problem.class);
    }

    @Test
    void storesNothingReadable() {
        var paper = fixture.transaction.execute(
                t -> fixture.documents.issue(PaperFixture.CASE, "handover-sheet", "zh", null));
        byte[] stored = fixture.papers.copy(paper.id()).sealed();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("%PDF");
    }
}
