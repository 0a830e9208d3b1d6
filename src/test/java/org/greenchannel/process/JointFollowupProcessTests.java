package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Joint follow-up, every path of the model, with the real tables D1, D7 and D12 behind the recorded steps. */
class JointFollowupProcessTests {

    private static final String KEY = "joint-followup";
    private static final ProcessHarness HARNESS = new ProcessHarness();

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    /** Answer of the step: whether the advised colour is lower than the one before. */
    private boolean lower;

    private boolean teamNeeded;

    @BeforeEach
    void reset() {
        HARNESS.reset();
        lower = false;
        teamNeeded = false;
        var steps = HARNESS.steps();
        steps.answer(
                "enrolPerson",
                (parameters, variables) ->
                        Map.of("enrolled", !parameters.get("consent").equals("REFUSE")));
        steps.answer("startClock", (parameters, variables) -> Map.of(parameters.get("variable"), in(10)));
        steps.answer(
                "planVisit",
                (parameters, variables) -> Map.of(
                        "nextDue", in(Integer.parseInt(parameters.get("days"))),
                        "visitFrom", in(Integer.parseInt(parameters.get("days")) - 7)));
        steps.answer("gradeColour", (parameters, variables) -> {
            boolean held = lower && !parameters.containsKey("decidedBy");
            return Map.of(
                    "colour",
                    held ? "RED" : parameters.get("colour"),
                    "colourHeld",
                    held,
                    "colourTeamNeeded",
                    held && teamNeeded,
                    "colourDays",
                    14);
        });
    }

    private static Date in(int days) {
        Instant now =
                org.camunda.bpm.engine.impl.util.ClockUtil.getCurrentTime().toInstant();
        return Date.from(now.plus(Duration.ofDays(days)));
    }

    private static ProcessInstance start(Object... facts) {
        return HARNESS.start(
                KEY,
                Stream.concat(Stream.of("communityConsent", "AGREE"), Stream.of(facts))
                        .toArray());
    }

    /** Lets the visit come due and fills it in. */
    private static void visit(Object... facts) {
        HARNESS.pass(Duration.ofDays(8));
        if (!HARNESS.open().contains("RecordVisit")) {
            HARNESS.message("visit-early");
        }
        var all = ProcessHarness.facts(
                "found",
                true,
                "dangerLevel",
                0,
                "symptoms",
                "NONE",
                "insight",
                "FULL",
                "socialFunction",
                "GOOD",
                "visitResult",
                "IMPROVED",
                "verbalThreat",
                false,
                "actHappened",
                false);
        all.putAll(ProcessHarness.facts(facts));
        HARNESS.complete(
                "RecordVisit",
                all.entrySet().stream()
                        .flatMap(e -> Stream.of(e.getKey(), e.getValue()))
                        .toArray());
    }

    private static void missed(String reason, Object... facts) {
        visit(Stream.concat(Stream.of("found", false, "lostReason", reason), Stream.of(facts))
                .toArray());
    }

    private static List<String> told() {
        return HARNESS.steps().values("notifyParties", "template");
    }

    @Test
    void whoIsAskedAndAgreesIsVisitedAndTheNextVisitIsPlanned() {
        HARNESS.start(KEY);
        assertThat(HARNESS.groups("AskConsent")).containsExactly("primary-doctor@org-primary");
        assertThat(HARNESS.steps().values("issueDocument", "document")).containsExactly("RN-14");
        HARNESS.complete("AskConsent", "communityConsent", "AGREE");
        assertThat(HARNESS.open()).as("nothing to do before it comes due").isEmpty();
        assertThat(HARNESS.steps().parameters("StartVisitClock")).containsEntry("clock", "T22");

        visit();
        assertThat(told()).contains("visit-due").doesNotContain("joint-visit", "danger-police");
        assertThat(HARNESS.steps().values("gradeColour", "colour")).containsExactly("GREEN");
        assertThat(HARNESS.steps().values("gradeColour", "row")).containsExactly("D7c-6");
        assertThat(HARNESS.steps().values("startClock", "clock")).containsExactly("T22", "T26");
        assertThat(HARNESS.steps().values("planVisit", "days")).containsExactly("14", "90");
        assertThat(HARNESS.steps().calls("startProcess")).isEmpty();
        assertThat(HARNESS.waitsFor("visit-early")).isTrue();
    }

    @Test
    void whoRefusesIsAskedAgainAfterAYear() {
        var care = HARNESS.start(KEY);
        HARNESS.complete("AskConsent", "communityConsent", "REFUSE");
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.steps().calls("planVisit")).isEmpty();
        HARNESS.pass(Duration.ofDays(366));
        assertThat(HARNESS.open()).containsExactly("AskConsent");
        HARNESS.complete("AskConsent", "communityConsent", "AGREE");
        assertThat(HARNESS.variable(care, "enrolled")).isEqualTo(true);
        assertThat(HARNESS.waitsFor("visit-early")).isTrue();
    }

    @Test
    void dangerFromLevelThreeTellsThePoliceInTheSameTransaction() {
        start();
        visit("dangerLevel", 3, "violence", "SINGLE", "persuadable", true, "actHappened", false);
        // D1-5 advises 4: the doctor is asked once more, the police know already
        assertThat(HARNESS.open()).containsExactly("ConfirmDanger");
        assertThat(told()).contains("danger-police");
        assertThat(HARNESS.steps().parameters("TellPolice").get("to")).contains("police-officer@org-police");
        HARNESS.complete("ConfirmDanger", "dangerLevel", 4);

        assertThat(HARNESS.steps().values("gradeColour", "colour")).containsExactly("RED");
        assertThat(HARNESS.steps().values("startProcess", "process")).containsExactly("two-way-referral");
        assertThat(HARNESS.steps().parameters("SendReferral"))
                .containsEntry("case", "LINKED")
                .containsEntry("fact_direction", "UP");
        assertThat(HARNESS.steps().values("planVisit", "days")).containsExactly("14", "14");
        HARNESS.pass(Duration.ofDays(8));
        assertThat(told()).contains("joint-visit");
    }

    @Test
    void anActSendsForDiagnosisAndDoesNotWaitForAReferral() {
        start();
        visit("dangerLevel", 5, "weaponOrArson", true, "actHappened", true);
        assertThat(HARNESS.steps().values("startProcess", "process")).containsExactly("emergency-admission");
        assertThat(HARNESS.steps().parameters("SendEmergency"))
                .containsEntry("case", "LINKED")
                .containsEntry("link", "CAUSED_BY");
        assertThat(HARNESS.waitsFor("visit-early")).as("the visits go on").isTrue();
    }

    @Test
    void aLowerColourNeedsADoctorAndFromRedTheTeam() {
        lower = true;
        teamNeeded = true;
        start();
        visit();
        assertThat(HARNESS.groups("DecideLowering")).containsExactly("primary-doctor@org-primary");
        HARNESS.complete("DecideLowering", "colourDecision", "LOWER");
        assertThat(HARNESS.groups("AgreeLowering")).containsExactly("town-coordinator@org-town");
        HARNESS.complete("AgreeLowering", "teamAgrees", true);
        assertThat(HARNESS.steps().parameters("LowerColour"))
                .containsEntry("decidedBy", "colour-decision")
                .containsEntry("agreedBy", "colour-agreement");
        assertThat(HARNESS.steps().calls("assignCareTeam")).hasSize(1);
    }

    @Test
    void aColourIsKeptWhenTheTeamTheDoctorOrTimeSaysSo() {
        lower = true;
        teamNeeded = true;
        start();
        visit();
        HARNESS.complete("DecideLowering", "colourDecision", "LOWER");
        HARNESS.complete("AgreeLowering", "teamAgrees", false);
        visit();
        HARNESS.complete("DecideLowering", "colourDecision", "KEEP");
        visit();
        assertThat(HARNESS.open()).containsExactly("DecideLowering");
        HARNESS.pass(Duration.ofDays(40));
        assertThat(HARNESS.open()).doesNotContain("DecideLowering");
        teamNeeded = false;
        visit();
        assertThat(HARNESS.steps().calls().stream().map(call -> call.activity()))
                .as("nobody signed, nothing was lowered")
                .doesNotContain("LowerColour");
        HARNESS.complete("DecideLowering", "colourDecision", "LOWER");
        assertThat(HARNESS.steps().parameters("LowerColour")).containsEntry("decidedBy", "colour-decision");
    }

    @Test
    void confinementIsEndedAndThePersonReferred() {
        start();
        visit("confined", true, "adherence", "NONE", "dangerLevel", 1);
        assertThat(HARNESS.open()).containsExactly("AdviseLai", "Unlock");
        assertThat(HARNESS.groups("Unlock"))
                .containsExactly(
                        "police-officer@org-police", "town-coordinator@org-town", "village-committee@org-village");
        HARNESS.complete("Unlock");
        assertThat(told()).contains("person-unlocked");
        assertThat(HARNESS.steps().values("startProcess", "process")).containsExactly("two-way-referral");
        HARNESS.complete("AdviseLai");
        HARNESS.message("visit-early");
        HARNESS.complete("RecordVisit", "found", true, "dangerLevel", 1, "confined", false, "adherence", "NONE");
        assertThat(HARNESS.open()).as("recommended once").isEmpty();
    }

    @Test
    void whoIsConfinedAndUnstableIsReferredOnceAndAtOnce() {
        start();
        visit("confined", true, "dangerLevel", 3);
        assertThat(HARNESS.steps().values("startProcess", "process")).containsExactly("two-way-referral");
        HARNESS.complete("Unlock");
        assertThat(HARNESS.steps().values("startProcess", "process")).containsExactly("two-way-referral");
    }

    @Test
    void aMissedVisitIsTriedAgainWithinTwoWeeks() {
        start();
        missed("NOT_HOME");
        assertThat(HARNESS.steps().values("startClock", "clock")).containsExactly("T22", "T27");
        assertThat(HARNESS.steps().calls("careStatus")).isEmpty();
        assertThat(told()).doesNotContain("person-lost", "missing-at-risk");
        missed("NOT_HOME", "attemptsExhausted", true);
        assertThat(HARNESS.steps().values("careStatus", "state")).containsExactly("LOST");
        assertThat(told()).contains("person-lost");
    }

    @ParameterizedTest
    @CsvSource({"RAN_AWAY", "MOVED_UNKNOWN", "WITHHELD"})
    void aLostPersonIsReportedInWritingSearchedAndVisitedAgain(String reason) {
        start();
        missed(reason, "dangerLevel", 3);
        assertThat(told()).contains("missing-at-risk", "person-lost");
        assertThat(HARNESS.steps().values("issueDocument", "document")).contains("lost-report");
        assertThat(HARNESS.steps().values("gradeColour", "colour")).containsExactly("GREY");
        assertThat(HARNESS.steps().parameters("ReportLost").get("to"))
                .contains("police-officer@", "politics-law@", "prevention-center@");
        HARNESS.complete("SearchLost", "searchResult", "NOT_YET");
        HARNESS.pass(Duration.ofDays(31));
        HARNESS.complete("SearchLost", "searchResult", "FOUND");
        assertThat(HARNESS.steps().values("careStatus", "state")).containsExactly("LOST", "MANAGED");
        assertThat(HARNESS.steps().values("startClock", "clock")).containsExactly("T22", "T22");
    }

    @Test
    void whoComesBackDuringTheSearchIsVisited() {
        start();
        missed("RAN_AWAY");
        HARNESS.message("person-returned");
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.waitsFor("visit-early")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"MOVED, FOLLOWUP_TRANSFERRED", "DEAD, FOLLOWUP_DEATH", "AWAY, "})
    void aSearchMayEndOtherwise(String result, String outcome) {
        var care = start();
        missed("MOVED_UNKNOWN");
        HARNESS.complete(
                "SearchLost",
                "searchResult",
                result,
                "movedTo",
                "CITY",
                "newArea",
                "990102001001",
                "awayKind",
                "IN_CUSTODY");
        assertThat(HARNESS.outcomes(care)).isEqualTo(outcome == null ? List.of() : List.of(outcome));
    }

    @Test
    void aKnownMoveInTheCityIsHandedOverAndNeverCountsAsLost() {
        var care = start();
        missed("MOVED_KNOWN", "movedTo", "CITY", "newArea", "990102001001", "attemptsExhausted", true);
        assertThat(HARNESS.steps().parameters("StartThere"))
                .containsEntry("area", "990102001001")
                .containsEntry("process", KEY);
        assertThat(HARNESS.steps().calls("closeRegistration")).isEmpty();
        assertThat(told()).doesNotContain("move-at-risk", "person-lost");
        assertThat(HARNESS.outcomes(care)).containsExactly("FOLLOWUP_TRANSFERRED");
    }

    @Test
    void whoLeavesTheCityAtRiskIsToldAtOnce() {
        var care = start("dangerLevel", 4);
        HARNESS.message("person-moved", "movedTo", "OUTSIDE");
        assertThat(told()).containsExactly("move-at-risk", "person-moved-out");
        assertThat(HARNESS.steps().parameters("CloseMoved")).containsEntry("reason", "MOVED");
        assertThat(HARNESS.outcomes(care)).containsExactly("FOLLOWUP_MOVED_AWAY");
        assertThat(HARNESS.open()).isEmpty();
    }

    @Test
    void aStayPausesTheVisits() {
        start();
        HARNESS.message("person-away", "awayKind", "IN_HOSPITAL");
        assertThat(HARNESS.steps().parameters("BlueColour")).containsEntry("colour", "BLUE");
        HARNESS.pass(Duration.ofDays(31));
        HARNESS.complete("LearnState", "awayState", "STILL");
        HARNESS.pass(Duration.ofDays(31));
        HARNESS.complete("LearnState", "awayState", "BACK");
        assertThat(HARNESS.steps().values("careStatus", "state")).containsExactly("IN_HOSPITAL", "MANAGED");
        visit();
        assertThat(HARNESS.steps().values("gradeColour", "colour")).containsExactly("BLUE", "GREEN");
    }

    @Test
    void custodyIsNotLossAndMayEndByDeath() {
        var care = start();
        missed("IN_CUSTODY", "awayKind", "IN_CUSTODY");
        assertThat(HARNESS.steps().calls("gradeColour"))
                .as("custody has no colour of its own")
                .isEmpty();
        HARNESS.pass(Duration.ofDays(31));
        HARNESS.complete("LearnState", "awayState", "DEAD");
        assertThat(HARNESS.steps().parameters("CloseDied")).containsEntry("reason", "DIED");
        assertThat(HARNESS.outcomes(care)).containsExactly("FOLLOWUP_DEATH");
    }

    @Test
    void aDeathFoundByAVisitClosesTheRegistration() {
        var care = start();
        missed("DEAD");
        assertThat(HARNESS.outcomes(care)).containsExactly("FOLLOWUP_DEATH");
        assertThat(HARNESS.open()).isEmpty();
    }

    @Test
    void healthIsCheckedEveryYearWhileThePersonIsManaged() {
        start();
        HARNESS.pass(Duration.ofDays(366));
        assertThat(HARNESS.open()).contains("CheckHealth", "RecordVisit");
        HARNESS.complete("CheckHealth");
        HARNESS.complete("RecordVisit", "found", true, "dangerLevel", 0);
        HARNESS.message("consent-withdrawn");
        assertThat(HARNESS.steps().values("enrolPerson", "consent")).containsExactly("AGREE", "REFUSE");
        HARNESS.pass(Duration.ofDays(300));
        assertThat(HARNESS.waitsFor("visit-early")).isFalse();
        HARNESS.pass(Duration.ofDays(66));
        assertThat(HARNESS.path(KEY)).contains("HealthOver");
        assertThat(HARNESS.open()).containsExactly("AskConsent");
    }

    @ParameterizedTest
    @CsvSource({
        "person-died, FOLLOWUP_DEATH, DIED",
        "registration-closed, FOLLOWUP_CLOSED, ",
        "followup-replaced, FOLLOWUP_REPLACED, "
    })
    void whatHappensElsewhereEndsIt(String message, String outcome, String reason) {
        var care = start();
        HARNESS.pass(Duration.ofDays(8));
        HARNESS.message(message);
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.outcomes(care)).containsExactly(outcome);
        assertThat(HARNESS.steps().values("closeRegistration", "reason"))
                .isEqualTo(reason == null ? List.of() : List.of(reason));
    }
}
