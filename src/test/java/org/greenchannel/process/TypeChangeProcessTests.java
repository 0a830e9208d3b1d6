package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Change of the type of a stay: never without a fresh conclusion, consent where the law asks for it, and notices. */
class TypeChangeProcessTests {

    private static final String KEY = "type-change";
    private static final ProcessHarness HARNESS = new ProcessHarness();

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    @BeforeEach
    void reset() {
        HARNESS.reset();
    }

    private static Map<String, Object> conclusion(String self, String others, String will, String guardian) {
        return ProcessHarness.facts(
                "diagnosisConclusion", "SMD",
                "dangerToSelf", self,
                "dangerToOthers", others,
                "needInpatient", true,
                "patientWill", will,
                "patientCapacityOpinion", "FULL",
                "guardianStatus", guardian);
    }

    private static ProcessInstance change(String type, Map<String, Object> conclusion, Object... more) {
        Map<String, Object> all = ProcessHarness.facts(
                "hospital", "hosp-1",
                "healthCommission", "hc-1",
                "civilAffairs", "civil-1",
                "town", "town-1",
                "primary", "chc-1",
                "currentType", type);
        all.putAll(conclusion);
        all.putAll(ProcessHarness.facts(more));
        return HARNESS.start(KEY, pairs(all));
    }

    private static Object[] pairs(Map<String, Object> facts) {
        return facts.entrySet().stream()
                .flatMap(e -> Stream.of(e.getKey(), e.getValue()))
                .toArray();
    }

    private static void confirm() {
        HARNESS.complete("ConfirmChange", "changeDecision", "CONFIRM", "patientCanSign", false);
    }

    @Test
    void dangerToOthersNeedsNoConsentButNoticesAndTheWindow() {
        var change = change("VOLUNTARY", conclusion("NONE", "ACT", "OBJECT", "PRESENT_REFUSE"));
        assertThat(HARNESS.steps().parameters("IssueConclusion")).containsEntry("document", "diagnosis-conclusion");
        assertThat(HARNESS.steps().calls("changeLegalStatus"))
                .as("nobody signed yet")
                .isEmpty();
        confirm();
        assertThat(HARNESS.variable(change, "signatoryType")).isEqualTo("EMPLOYER_OR_COMMITTEE");
        HARNESS.complete("SignFormalities");
        assertThat(HARNESS.steps().parameters("ChangeType")).containsEntry("status", "INVOLUNTARY_HARM_OTHERS");
        assertThat(HARNESS.variable(change, "noticeCode")).isEqualTo("RN-04");

        HARNESS.pass(Duration.ofHours(8));
        assertThat(HARNESS.steps().parameters("WarnNotice")).containsEntry("template", "notice-warning");
        HARNESS.pass(Duration.ofHours(16));
        assertThat(HARNESS.steps().parameters("AlertNotice")).containsEntry("kind", "NOTICE_OVERDUE");
        HARNESS.complete("ServeNoticeToPatient");
        HARNESS.complete("ServeNoticeToGuardian");
        assertThat(HARNESS.variable(change, "contestable")).isEqualTo(true);
        assertThat(HARNESS.variable(change, "objectionUntil")).isNotNull();
        assertThat(HARNESS.outcomes(change)).containsExactly("TYPE_CHANGED");
    }

    @Test
    void selfHarmNeedsTheGuardian() {
        var change = change("INVOLUNTARY_HARM_OTHERS", conclusion("RISK", "NONE", "OBJECT", "PRESENT_CONSENT"));
        confirm();
        assertThat(HARNESS.variable(change, "signatoryType")).isEqualTo("GUARDIAN");
        HARNESS.complete("SignFormalities");
        assertThat(HARNESS.variable(change, "noticeCode")).isEqualTo("RN-03");
        HARNESS.complete("ServeNoticeToPatient");
        HARNESS.complete("ServeNoticeToGuardian");
        assertThat(HARNESS.variable(change, "contestable")).isEqualTo(false);
        assertThat(HARNESS.outcomes(change)).containsExactly("TYPE_CHANGED");
    }

    @Test
    void aHomelessPersonWithoutGuardianIsToldAlone() {
        var change = change(
                "VOLUNTARY", conclusion("ACT", "NONE", "OBJECT", "HOMELESS_NOT_FOUND"), "homelessNoGuardian", true);
        confirm();
        HARNESS.complete("SignFormalities");
        assertThat(HARNESS.open()).containsExactly("ServeNoticeToPatient");
        HARNESS.complete("ServeNoticeToPatient");
        assertThat(HARNESS.outcomes(change)).containsExactly("TYPE_CHANGED");
    }

    @Test
    void theGuardiansRefusalLeavesNoGround() {
        var change = change("INVOLUNTARY_HARM_OTHERS", conclusion("RISK", "NONE", "OBJECT", "PRESENT_REFUSE"));
        confirm();
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
        assertThat(HARNESS.outcomes(change)).containsExactly("RELEASED_NO_BASIS");
    }

    @Test
    void aVoluntaryPatientStaysVoluntaryWhenTheGuardianRefuses() {
        var change = change("VOLUNTARY", conclusion("RISK", "NONE", "OBJECT", "PRESENT_REFUSE"));
        confirm();
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
        assertThat(HARNESS.outcomes(change)).containsExactly("TYPE_KEPT");
    }

    @Test
    void withoutAGuardianSomebodyIsFoundFirst() {
        var change = change("VOLUNTARY", conclusion("RISK", "NONE", "OBJECT", "UNREACHABLE"));
        confirm();
        assertThat(HARNESS.groups("FindGuardian"))
                .containsExactly("hosp-social-worker@hosp-1", "town-coordinator@town-1");
        HARNESS.pass(Duration.ofHours(24));
        assertThat(HARNESS.steps().parameters("TellCivilAffairs"))
                .containsEntry("to", "civil-affairs@civil-1,health-commission@hc-1");
        HARNESS.complete("FindGuardian", "guardianStatus", "PRESENT_CONSENT");
        confirm();
        assertThat(HARNESS.open()).containsExactly("SignFormalities");
        assertThat(HARNESS.variable(change, "admissionType")).isEqualTo("INVOLUNTARY_SELF_HARM");
    }

    @Test
    void whoWantsToStayConsentsAfresh() {
        var change = change("INVOLUNTARY_HARM_OTHERS", conclusion("NONE", "NONE", "CONSENT", "PRESENT_CONSENT"));
        confirm();
        assertThat(HARNESS.open()).containsExactly("ObtainConsent");
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
        HARNESS.complete("ObtainConsent", "consentGiven", true);
        assertThat(HARNESS.steps().parameters("MakeVoluntary")).containsEntry("status", "VOLUNTARY");
        assertThat(HARNESS.variable(change, "noticeCode")).isEqualTo("RN-02");
        HARNESS.complete("ServeNoticeToPatient");
        HARNESS.complete("ServeNoticeToGuardian");
        assertThat(HARNESS.variable(change, "currentType")).isEqualTo("VOLUNTARY");
        assertThat(HARNESS.outcomes(change)).containsExactly("TYPE_CHANGED");
    }

    @Test
    void whoDoesNotConsentIsNotKept() {
        var change = change("INVOLUNTARY_HARM_OTHERS", conclusion("NONE", "NONE", "CONSENT", "PRESENT_CONSENT"));
        confirm();
        HARNESS.complete("ObtainConsent", "consentGiven", false);
        assertThat(HARNESS.variable(change, "patientWill")).isEqualTo("OBJECT");
        confirm();
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
        assertThat(HARNESS.outcomes(change)).containsExactly("RELEASED_NO_BASIS");
    }

    @Test
    void theSameTypeChangesNothing() {
        var change = change("INVOLUNTARY_HARM_OTHERS", conclusion("NONE", "RISK", "OBJECT", "PRESENT_CONSENT"));
        confirm();
        assertThat(HARNESS.outcomes(change)).containsExactly("TYPE_KEPT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPHOLD", "REEXAMINE"})
    void aDoctorMayAskForAReview(String decision) {
        change("VOLUNTARY", conclusion("NONE", "ACT", "OBJECT", "PRESENT_CONSENT"));
        HARNESS.complete("ConfirmChange", "changeDecision", "REVIEW", "patientCanSign", true);
        assertThat(HARNESS.groups("ReviewBasis")).containsExactly("hosp-medical-affairs@hosp-1");
        HARNESS.complete("ReviewBasis", "reviewDecision", decision);
        assertThat(HARNESS.open()).containsExactly(decision.equals("UPHOLD") ? "SignFormalities" : "WriteConclusion");
    }

    @Test
    void whereTheLawNamesNobodyNobodySigns() {
        change("VOLUNTARY", conclusion("NONE", "ACT", "OBJECT", "HOMELESS_NOT_FOUND"));
        confirm();
        assertThat(HARNESS.open()).as("D3-12").containsExactly("ReviewBasis");
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
    }

    @Test
    void aReviewThatDoubtsTheConclusionAsksForAnother() {
        change("INVOLUNTARY_SELF_HARM", conclusion("NONE", "ACT", "OBJECT", "PRESENT_CONSENT"));
        HARNESS.complete("ConfirmChange", "changeDecision", "REVIEW", "patientCanSign", false);
        HARNESS.complete("ReviewBasis", "reviewDecision", "REEXAMINE");
        assertThat(HARNESS.groups("WriteConclusion")).containsExactly("psychiatrist-attending@hosp-1");
        HARNESS.complete("WriteConclusion", pairs(conclusion("RISK", "NONE", "OBJECT", "PRESENT_CONSENT")));
        assertThat(HARNESS.steps().values("issueDocument", "document"))
                .containsExactly("diagnosis-conclusion", "diagnosis-conclusion");
        confirm();
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
    }
}
