package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.engine.Processes;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

/** Compulsory treatment over HTTP: only papers of a court bring anybody in, only a court lets anybody out. */
@AppTest
class CompulsoryTreatmentIntakeFlowTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private CaseFiles cases;

    @Autowired
    private Processes processes;

    @Autowired
    private TransactionTemplate transaction;

    private Api api;
    private CourtCase court;

    @BeforeEach
    void begin() {
        api = new Api(port);
        court = new CourtCase(api, clock);
    }

    private void assessedAsNotDangerous() {
        var id = cases.byNumber(court.journey().number()).orElseThrow().id();
        transaction.executeWithoutResult(status -> processes.tell(id, "assessment-not-dangerous", Map.of(), null));
    }

    @Test
    void fromTheActToTheInstitutionAndBackToFreedomByTheCourt() {
        court.open("handler", "INVESTIGATION", Map.of());
        assertThat(api.get(
                                "handler",
                                "/api/v1/cases/" + court.journey().number() + "/messages/temporary-restraint/form")
                        .status())
                .as("a case handler cannot approve a restraint")
                .isEqualTo(404);
        court.send("approver", "temporary-restraint", Map.of()).expect(200);
        assertThat(court.status("handler")).isEqualTo("TEMP_PROTECTIVE");
        court.investigated();
        court.complete(
                "procurator",
                "DecideApplication",
                Map.of("applicationDecision", "SUPPLEMENT", "supplementNeeded", "补充证人证言和病历。"));
        assertThat(court.journey().clocks("procurator")).containsEntry("T31", "PAUSED");
        clock.advance(Duration.ofDays(9));
        court.complete("handler", "SupplementEvidence");
        assertThat(court.journey().clocks("procurator")).containsEntry("T31", "RUNNING");
        court.complete("procurator", "DecideApplication");
        court.complete("judge", "ReviewApplication");
        court.heard();
        court.complete("judge", "DecideTreatment");
        court.complete("judge", "ServeDecision");
        assertThat(court.journey().clocks("judge"))
                .containsEntry("T31", "MET")
                .containsEntry("T35", "MET")
                .containsEntry("T37:PATIENT", "RUNNING")
                .containsEntry("T39A", "RUNNING");
        court.complete("handler", "DeliverPerson");
        assertThat(court.status("handler")).as("no status without the intake").isEqualTo("TEMP_PROTECTIVE");
        court.received();
        assertThat(court.status("ctoffice")).isEqualTo("COMPULSORY_TREATMENT");
        assertThat(court.journey().decisions("handler")).contains("D14-4", "D14-1");
        court.told();
        assertThat(court.outcome("ctoffice")).isEqualTo("IN_COMPULSORY_TREATMENT");

        assessedAsNotDangerous();
        court.complete("ctoffice", "ProposeRelease");
        assertThat(court.status("ctoffice"))
                .as("the institution proposes, it does not release")
                .isEqualTo("COMPULSORY_TREATMENT");
        court.complete("judge", "DecideRelease");
        court.complete("judge", "ServeRelease");
        court.complete("ctoffice", "CarryOutRelease");
        assertThat(court.status("ctoffice")).isEqualTo("RELEASED");
        assertThat(court.outcome("ctoffice")).isEqualTo("RELEASED_BY_COURT");
        assertThat(court.journey().clocks("ctoffice"))
                .containsEntry("T40A", "MET")
                .containsEntry("T40C", "MET");
        assertThat(court.journey().papers("ctoffice"))
                .contains(
                        "ct-opinion-letter",
                        "ct-supplement-letter",
                        "ct-application",
                        "ct-order",
                        "ct-execution-receipt",
                        "ct-intake-sheet",
                        "ct-assessment-report",
                        "ct-release-opinion",
                        "ct-release-decision",
                        "temporary-restraint-approval");
    }

    @Test
    void withoutOriginalsOfficersOrMatchNobodyIsReceived() {
        court.open("handler", "DELIVERY", Map.of());
        assertThat(court.tryComplete("ctoffice", "CheckPapers", Map.of("originalsSeen", false))
                        .status())
                .isEqualTo(422);
        assertThat(court.tryComplete("ctoffice", "CheckPapers", Map.of("identityMatch", false))
                        .status())
                .isEqualTo(422);
        assertThat(court.tryComplete("ctoffice", "CheckPapers", Map.of("executionNoticeNo", "无"))
                        .status())
                .isEqualTo(422);
        assertThat(court.tryComplete("ctoffice", "CheckPapers", Map.of("depositAsked", true))
                        .status())
                .as("no deposit")
                .isEqualTo(422);
        court.complete(
                "ctoffice",
                "CheckPapers",
                Map.of("intakeDecision", "REFUSE", "originalsSeen", false, "refuseReason", "没有执行通知书原件，人证待核。"));
        assertThat(court.tryComplete("handler", "FollowRefusal", Map.of("refusalResult", "TEMP_PROTECTIVE"))
                        .status())
                .as("there is no restraint to stay under")
                .isEqualTo(422);
        court.complete("handler", "FollowRefusal");
        assertThat(court.outcome("handler")).isEqualTo("INTAKE_REFUSED_DOCS");
        assertThat(court.status("handler")).isEmpty();
        assertThat(court.journey().papers("ctoffice")).doesNotContain("ct-intake-sheet");
    }

    @Test
    void anOwnApplicationIsTakenAgainOnlySixMonthsAfterItsRejection() {
        court.open("handler", "DELIVERY", Map.of()).received();
        court.send("ctoffice", "release-applied", Map.of()).expect(200);
        court.complete(
                "judge", "DecideRelease", Map.of("releaseDecision", "CONTINUE", "releaseReason", "病情未稳定，继续强制医疗。"));
        court.complete("judge", "ServeRelease");
        assertThat(court.status("ctoffice")).isEqualTo("COMPULSORY_TREATMENT");
        assertThat(court.send("ctoffice", "release-applied", Map.of()).status())
                .as("too early")
                .isEqualTo(422);
        clock.advance(Duration.ofDays(100));
        assertThat(court.send("ctoffice", "release-applied", Map.of()).status())
                .as("too early")
                .isEqualTo(422);
        clock.advance(Duration.ofDays(90));
        court.send("ctoffice", "release-applied", Map.of()).expect(200);
        assertThat(court.journey().offered("judge", "DecideRelease")).isTrue();
    }

    @Test
    void anOrderThatIsRevokedMeansReleaseOnTheSameDay() {
        court.open("handler", "DELIVERY", Map.of()).received();
        court.send("ctoffice", "reconsideration-filed", Map.of()).expect(200);
        assertThat(court.status("ctoffice"))
                .as("the order is carried out meanwhile")
                .isEqualTo("COMPULSORY_TREATMENT");
        court.complete("judge", "DecideReconsideration");
        assertThat(court.journey().offered("ctnurse", "ExamineOnIntake")).isFalse();
        court.complete("ctoffice", "ReleaseOnRevocation");
        assertThat(court.status("ctoffice")).isEqualTo("RELEASED");
        assertThat(court.outcome("ctoffice")).isEqualTo("DECISION_REVOKED");
    }

    @Test
    void aRejectedApplicationLiftsTheRestraint() {
        court.open("judge", "TRIAL", Map.of());
        court.send("approver", "temporary-restraint", Map.of()).expect(200);
        court.heard();
        court.complete("judge", "DecideTreatment", Map.of("courtDecision", "REJECT", "familyCare", true));
        court.complete("approver", "LiftRestraint");
        assertThat(court.status("approver")).isEqualTo("RELEASED");
        assertThat(court.outcome("approver")).isEqualTo("APPLICATION_REJECTED");
        assertThat(court.journey().papers("judge")).contains("ct-rejection").doesNotContain("ct-order");
    }

    @Test
    void nobodyStartsTheStepOfAnotherAuthority() {
        var data = Map.of(
                "ctStage",
                "TRIAL",
                "areaCode",
                "990105001001",
                "ctRestraint",
                "NONE",
                "identityStatus",
                "UNKNOWN",
                "minor",
                false);
        assertThat(api.post("handler", "/api/v1/processes/" + CourtCase.PROCESS + "/start", Map.of("data", data))
                        .status())
                .isEqualTo(422);
        assertThat(api.post("ctoffice", "/api/v1/processes/" + CourtCase.PROCESS + "/start", Map.of("data", data))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aFullInstitutionGivesWayToTheOtherOne() {
        court.open("handler", "DELIVERY", Map.of());
        court.complete("ctoffice", "CheckPapers", Map.of("intakeDecision", "FULL"));
        court.complete(
                "handler",
                "NameInstitution",
                Map.of(
                        "otherInstitution", "zz-compulsory-2",
                        "agreementNo", "协001",
                        "courtAgreed", true,
                        "otherReason", "原机构满员。"));
        court.complete("ctoffice2", "CheckPapers");
        assertThat(court.status("ctoffice2")).isEqualTo("COMPULSORY_TREATMENT");
    }
}
