package org.greenchannel.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.kernel.CaseRef;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.person.Persons;
import org.greenchannel.support.AppTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Papers in the whole application: with the real cipher, people and city pack. */
@AppTest
class DocumentsTests {

    @Autowired
    Documents documents;

    @Autowired
    CaseFiles cases;

    @Autowired
    Persons persons;

    @Autowired
    Accounts accounts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void issuesAPaperForAPerson() throws Exception {
        Viewer nurse = accounts.viewer(accounts.holders(List.of("ward-nurse", "hosp-triage"), "zz-hosp-8")
                .get(0)
                .username());
        CaseRef file = transaction.execute(status -> {
            UUID person = persons.register(
                    Map.of("name", "司马试", "sex", "1", "birthDate", "1988-02-03", "phone", "13900000001"), nurse);
            CaseRef opened = cases.open("emergency-admission", person, "990105001001", nurse);
            cases.participate(opened.id(), "hospital", "zz-hosp-8");
            return opened;
        });
        DocumentSummary paper =
                transaction.execute(status -> documents.issue(file.id(), "RN-01", "zh", "PATIENT", nurse));
        assertThat(paper.number()).matches("绿精卫告字〔\\d{4}〕第\\d{4}号");
        try (PDDocument pdf = Loader.loadPDF(documents.pdf(file.id(), paper.id(), nurse))) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("司马试", "到院诊断告知书", "0371-00000003")
                    .contains(file.number());
        }
        assertThat(documents.verify(paper.verificationCode()))
                .hasValueSatisfying(found -> assertThat(found.issuer().zh()).isEqualTo("绿城精神卫生中心"));
        assertThat(cases.timeline(file.id(), "DOCUMENT", 5, null).items()).hasSize(1);
        assertThat(jdbc.sql("select copies from document.paper where id = ?")
                        .param(paper.id())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }
}
