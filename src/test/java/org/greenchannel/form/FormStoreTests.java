package org.greenchannel.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.greenchannel.form.FormFixture.form;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.engine.FormResource;
import org.greenchannel.kernel.Problem;
import org.greenchannel.support.FreshDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

@SpringBootTest(classes = FormStoreTests.Slice.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
@ContextConfiguration(initializers = FreshDatabase.class)
class FormStoreTests {

    @SpringBootConfiguration
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        FlywayAutoConfiguration.class,
        JacksonAutoConfiguration.class
    })
    @ComponentScan("org.greenchannel.platform")
    @Import({SubmissionStore.class, DraftStore.class})
    static class Slice {}

    private static final FormResource FORM = form(
            """
            {"type":"textfield","id":"F1","key":"story","label":"S"},
            {"type":"number","id":"F2","key":"fee","label":"F","decimalDigits":2},
            {"type":"textfield","id":"F3","key":"none","label":"N"}
            """);

    @Autowired
    SubmissionStore submissions;

    @Autowired
    DraftStore drafts;

    @Autowired
    JdbcClient jdbc;

    private Forms forms() {
        return new FormFixture(submissions, drafts).forms;
    }

    private Submission submit(UUID caseId, String story, int seconds) {
        var fixture = new FormFixture(submissions, drafts);
        FormResult accepted = fixture.check(FORM, "{\"story\":\"" + story + "\",\"fee\":12.50}");
        return fixture.forms.submit(
                caseId, null, "p", "Task", FORM, accepted, FormFixture.viewer(), FormFixture.NOW.plusSeconds(seconds));
    }

    @Test
    void whatWasSubmittedComesBackAndOnlyThat() {
        UUID caseId = UUID.randomUUID();
        Submission first = submit(caseId, "机密甲", 0);
        Submission second = submit(caseId, "机密乙", 5);
        assertThat(forms().find(first.id())).hasValueSatisfying(found -> {
            assertThat(found.data()).containsEntry("story", "机密甲").containsEntry("none", null);
            assertThat(found.data().get("fee")).hasToString("12.5");
            assertThat(found.digest())
                    .isEqualTo(first.digest())
                    .matches("[0-9a-f]{64}")
                    .isNotEqualTo(second.digest());
            assertThat(found.at()).isEqualTo(FormFixture.NOW);
            assertThat(found.dataClass()).isEqualTo("LEG");
        });
        assertThat(forms().latest(caseId, "trial"))
                .hasValueSatisfying(s -> assertThat(s.id()).isEqualTo(second.id()));
        assertThat(forms().list(caseId)).extracting(Submission::id).containsExactly(first.id(), second.id());
        assertThat(forms().list(caseId)).allSatisfy(s -> assertThat(s.data()).isEmpty());
        assertThat(forms().latest(UUID.randomUUID(), "trial")).isEmpty();
    }

    @Test
    void submissionsAreSealedAndUnchangeable() {
        Submission one = submit(UUID.randomUUID(), "机密丙", 0);
        assertThat(jdbc.sql("select s::text from form.submission s")
                        .query(String.class)
                        .list()
                        .toString())
                .doesNotContain("机密", HexFormat.of().formatHex("机密".getBytes(StandardCharsets.UTF_8)));
        for (String change : new String[] {
            "update form.submission set username = 'x'", "delete from form.submission", "truncate form.submission"
        }) {
            assertThatThrownBy(() -> jdbc.sql(change).update()).isInstanceOf(DataAccessException.class);
        }
        Submission other = submit(UUID.randomUUID(), "机密丁", 0);
        jdbc.sql("alter table form.submission disable trigger user").update();
        jdbc.sql(
                        "update form.submission set data = (select data from form.submission where id = :other) where id = :one")
                .param("other", other.id())
                .param("one", one.id())
                .update();
        jdbc.sql("alter table form.submission enable trigger user").update();
        assertThatThrownBy(() -> forms().find(one.id())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void draftsBelongToTheirWriter() {
        var viewer = FormFixture.viewer();
        assertThat(forms().draft("start:p", viewer)).isEmpty();
        forms().saveDraft("start:p", viewer, Map.of("story", "半句"), null);
        Map<String, Object> more = Map.of("story", "半句话", "extra", 1);
        var second = new Draft(more, FormFixture.NOW, 2, viewer.username());
        assertThat(forms().saveDraft("start:p", viewer, more, 1)).isEqualTo(second);
        assertThat(forms().draft("start:p", viewer)).hasValue(second);
        assertThat(forms().lastDraft("start:p")).hasValue(second);
        assertThat(jdbc.sql("select d::text from form.draft d")
                        .query(String.class)
                        .single())
                .doesNotContain(HexFormat.of().formatHex("半句".getBytes(StandardCharsets.UTF_8)));
        var other = new org.greenchannel.kernel.Viewer(
                UUID.randomUUID(), "x", "x", "x", java.util.Set.of(), java.util.Set.of());
        assertThat(forms().draft("start:p", other)).isEmpty();
        assertThatThrownBy(() -> forms().saveDraft("start:p", viewer, Map.of("story", "x".repeat(300_000)), null))
                .isInstanceOf(Problem.class);
        // another device that has seen nothing, or an older one, does not overwrite
        for (int stale : new int[] {0, 1}) {
            assertThatThrownBy(() -> forms().saveDraft("start:p", viewer, Map.of(), stale))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.type()).isEqualTo("draft-changed");
                        assertThat(problem.properties()).containsEntry("version", 2);
                    });
        }
        forms().dropDraft("start:p", viewer);
        assertThat(forms().draft("start:p", viewer)).isEmpty();
    }
}
