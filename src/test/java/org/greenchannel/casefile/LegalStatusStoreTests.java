package org.greenchannel.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.kernel.Problem;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.person.Persons;
import org.greenchannel.support.AppTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The database itself refuses a legal status that no line of the log tells of. */
@AppTest
class LegalStatusStoreTests {

    private static final String TOLD = "together with its line";

    @Autowired
    private CaseFiles cases;

    @Autowired
    private CaseTable table;

    @Autowired
    private Persons persons;

    @Autowired
    private Accounts accounts;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    private UUID caseId;

    @BeforeEach
    void open() {
        caseId = java.util.Objects.requireNonNull(transaction.execute(status -> {
            var officer = accounts.viewer("officer");
            UUID person = persons.register(Map.of("sex", "1"), officer);
            return cases.open("emergency-admission", person, "990105001001", officer)
                    .id();
        }));
    }

    private void change(String to) {
        transaction.executeWithoutResult(status -> cases.changeLegalStatus(caseId, to, "MHL 28(2)", clock.instant()));
    }

    private void write(String to) {
        jdbc.sql("update casefile.case_file set legal_status = :to where case_file_id = :id")
                .param("to", to)
                .param("id", caseId)
                .update();
    }

    @Test
    void aStatusAndItsLineAreStoredTogether() {
        change("OBSERVATION");
        assertThat(cases.byId(caseId).legalStatus()).isEqualTo("OBSERVATION");
        assertThat(table.statusLog(caseId)).hasSize(1);
        change("OBSERVATION");
        assertThat(table.statusLog(caseId)).hasSize(1);
    }

    @Test
    void theDatabaseRefusesAStatusWithoutALine() {
        assertThatThrownBy(() -> write("COMPULSORY_TREATMENT")).hasMessageContaining(TOLD);
        change("OBSERVATION");
        assertThatThrownBy(() -> write("RELEASED")).hasMessageContaining(TOLD);
        assertThatThrownBy(() -> write(null)).hasMessageContaining(TOLD);
    }

    @Test
    void aLineOfAnotherTransactionIsNone() {
        transaction.executeWithoutResult(
                status -> table.logStatus(caseId, clock.instant(), null, "COMPULSORY_TREATMENT", "x"));
        assertThatThrownBy(() -> write("COMPULSORY_TREATMENT")).hasMessageContaining(TOLD);
    }

    @Test
    void aLineThatTellsOfAnotherChangeIsNone() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    table.logStatus(caseId, clock.instant(), "OBSERVATION", "RELEASED", "x");
                    write("RELEASED");
                }))
                .hasMessageContaining(TOLD);
    }

    @Test
    void aModelThatClaimsMoreThanIsOnRecordChangesNothing() {
        change("OBSERVATION");
        assertThatThrownBy(() -> change("INVOLUNTARY_HARM_OTHERS"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo("legal-status-evidence"));
        assertThatThrownBy(() -> change("COMPULSORY_TREATMENT")).isInstanceOf(Problem.class);
        assertThat(cases.byId(caseId).legalStatus()).isEqualTo("OBSERVATION");
    }

    @Test
    void whoWasAbsentComesBackAsWhatHeWas() {
        change("OBSERVATION");
        change("ABSENT");
        assertThat(cases.byId(caseId).admissionType()).isEqualTo("OBSERVATION");
        assertThatThrownBy(() -> change("VOLUNTARY"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo("legal-status"));
        change("OBSERVATION");
        assertThat(cases.byId(caseId).legalStatus()).isEqualTo("OBSERVATION");
    }
}
