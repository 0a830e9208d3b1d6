package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat;
import static org.greenchannel.process.EmergencyCase.KEY;
import static org.greenchannel.process.EmergencyCase.reported;
import static org.greenchannel.process.EmergencyCase.walkIn;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every path of domain C2 through the model of the emergency admission, with the real decisions and called processes. */
class EmergencyAdmissionProcessTests {

    private static final ProcessHarness HARNESS = new ProcessHarness();

    /** Work that goes on beside the care and never blocks it. */
    private static final String[] BESIDE = {"CollectSettlement", "EmergencyRecord"};

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    @BeforeEach
    void reset() {
        HARNESS.reset();
    }

    // ---- scene ----

    @Test
    void alertsTheTeamAndAsksThePoliceForTheScene() {
        var affair = reported(HARNESS);

        assertThat(affair.instance()).isWaitingAt("RecordScene");
        assertThat(HARNESS.groups("RecordScene")).containsExactly("police-officer@org-police");
        assertThat(HARNESS.steps().parameters("AlertTeam"))
                .containsEntry("template", "team-alert")
                .containsEntry(
                        "to",
                        "town-coordinator@org-town,village-committee@org-village,primary-doctor@org-primary,guardian");
    }

    @Test
    void escalatesTheAlertAfterHalfAnHourWithoutTakingTheTaskAway() {
        reported(HARNESS);
        HARNESS.pass(Duration.ofMinutes(29));
        assertThat(HARNESS.path(KEY)).doesNotContain("EscalateAlert");

        HARNESS.pass(Duration.ofMinutes(1));

        assertThat(HARNESS.steps().parameters("EscalateAlert")).containsEntry("to", "town-coordinator@org-town");
        assertThat(HARNESS.open()).containsExactly("RecordScene");
    }

    @Test
    void handsAnOffenceWithoutSuspectedDisorderToThePolice() {
        var affair = reported(HARNESS).scene("POLICE_CASE");
        assertThat(HARNESS.groups("RecordPoliceCase")).containsExactly("police-officer@org-police");
        HARNESS.complete("RecordPoliceCase");

        assertThat(affair.instance()).isEnded();
        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("HANDED_TO_POLICE");
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
    }

    @Test
    void endsWhenNoDangerIsFound() {
        var affair = reported(HARNESS).scene("NO_DANGER");

        assertThat(affair.instance()).isEnded();
        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("RELEASED_NO_BASIS");
        assertThat(HARNESS.path(KEY)).doesNotContain("RouteHospital");
    }

    @Test
    void asksTheCountyPoliceBeforePlacingAPersonUnderRestraint() {
        reported(HARNESS).scene("SEND", "placementNeeded", true);

        assertThat(HARNESS.open()).containsExactly("ApprovePlacement");
        assertThat(HARNESS.groups("ApprovePlacement")).containsExactly("police-approver@org-policeCounty");
        HARNESS.complete("ApprovePlacement", "placementApproved", false);
        // care goes on either way
        assertThat(HARNESS.open()).containsExactly("AnswerAdmission");
    }

    // ---- hospital ----

    @Test
    void asksTheNextHospitalAndReportsARefusalWhenThereIsNoBed() {
        reported(HARNESS).scene("SEND").answered("NO_BED");

        assertThat(HARNESS.steps().parameters("ReportRefusal"))
                .containsEntry("kind", "POSSIBLE_REFUSAL")
                .containsEntry("basis", "MHL 28(3), 74(1)")
                .containsEntry("to", "health-commission@org-healthCommission");
        assertThat(HARNESS.steps().values("selectHospital", "mode")).containsExactly("FIRST", "NEXT");
        assertThat(HARNESS.groups("AnswerAdmission")).containsExactly("hosp-triage@hosp-2");
    }

    @Test
    void letsTheHealthCommissionDecideWhenEveryHospitalIsFull() {
        reported(HARNESS).scene("SEND").answered("NO_BED").answered("NO_BED");

        assertThat(HARNESS.open()).containsExactly("ArbitrateBed");
        HARNESS.complete("ArbitrateBed", "assignedHospital", "hosp-2", "bedMode", "EXTRA_BED");
        assertThat(HARNESS.steps().parameters("AssignHospital")).containsEntry("organisation", "hosp-2");
        assertThat(HARNESS.groups("PrepareHandover"))
                .containsExactly("hosp-triage@hosp-2", "police-officer@org-police");
    }

    @Test
    void letsTheHealthCommissionDecideAfterAnHourWithoutAnswer() {
        reported(HARNESS).scene("SEND");
        HARNESS.pass(Duration.ofMinutes(59));
        assertThat(HARNESS.open()).containsExactly("AnswerAdmission");

        HARNESS.pass(Duration.ofMinutes(1));

        assertThat(HARNESS.open()).containsExactly("ArbitrateBed");
        assertThat(HARNESS.groups("ArbitrateBed")).containsExactly("health-commission@org-healthCommission");
    }

    @Test
    void goesStraightToTheDecisionWhenTheRingListIsEmpty() {
        HARNESS.steps().hospitals();

        reported(HARNESS).scene("SEND");

        assertThat(HARNESS.open()).containsExactly("ArbitrateBed");
    }

    @Test
    void keepsAPersonWhoCameToAHospitalThere() {
        HARNESS.steps().hospitals("hosp-1", "org-starter");

        var affair = walkIn(HARNESS);

        assertThat(HARNESS.path(KEY))
                .doesNotContain("RecordScene", "SeekHospital")
                .contains("RouteHospital");
        assertThat(HARNESS.groups("PrepareHandover")).contains("hosp-triage@org-starter");
        affair.received("SELF", "CONSENT", true).told().diagnosed("SMD", "RISK", "NONE", true, "CONSENT");
        // without a scene there is nothing to advise on
        assertThat(HARNESS.variable(affair.instance(), "dangerLevelAdvice")).isNull();
        assertThat(HARNESS.variable(affair.instance(), "sentUnder28_2")).isEqualTo(false);
    }

    // ---- arrival ----

    @Test
    void sendsASomaticEmergencyToAGeneralHospitalFirst() {
        var affair = reported(HARNESS)
                .scene("SEND", "somaticState", "POISONING")
                .answered("ACCEPT")
                .received("POLICE", "UNABLE", true, true);
        assertThat(HARNESS.open()).containsExactly("StabiliseSomatic");
        HARNESS.pass(Duration.ofHours(5));

        HARNESS.complete("StabiliseSomatic", "somaticOutcome", "TO_PSYCHIATRY");

        assertThat(HARNESS.steps().values("selectHospital", "target"))
                .containsExactly("GENERAL_ER", "PSY_LEVEL2_GREEN");
        affair.answered("ACCEPT").received("POLICE", "UNABLE", true).told();
        // the hours in somatic care do not count against the psychiatric observation
        assertThat(HARNESS.variable(affair.instance(), "observationUntil"))
                .isEqualTo(Date.from(ProcessHarness.START.plus(Duration.ofHours(77))));
        assertThat(HARNESS.open()).contains("DiagnosePerson");
    }

    @Test
    void endsTheHoldWhenThePersonStaysInSomaticCare() {
        var affair = reported(HARNESS)
                .scene("SEND", "somaticState", "COMA")
                .answered("EXTRA_BED")
                .received("POLICE", "UNABLE", true, true);

        HARNESS.complete("StabiliseSomatic", "somaticOutcome", "STAYS");

        assertThat(affair.instance()).isEnded();
        assertThat(HARNESS.steps().values("changeLegalStatus", "status")).containsExactly("OBSERVATION", "RELEASED");
        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("TRANSFERRED_SOMATIC");
    }

    @Test
    void goesOnWithTheDiagnosisAfterSomaticCareOnTheSpot() {
        reported(HARNESS).scene("SEND").answered("ACCEPT").received("POLICE", "OBJECT", true, true);

        HARNESS.complete("StabiliseSomatic", "somaticOutcome", "ON_SITE");

        assertThat(HARNESS.open()).containsExactly("ServeArrivalNotice");
    }

    @Test
    void examinesNobodyAgainstTheirWillWithoutDanger() {
        var affair = reported(HARNESS, false, false)
                .scene("SEND")
                .answered("ACCEPT")
                .received("NEAR_RELATIVE", "OBJECT", false)
                .told();

        assertThat(HARNESS.open()).containsExactly("ExplainNoExamination");
        HARNESS.complete("ExplainNoExamination");
        assertThat(affair.instance()).isEnded();
        assertThat(HARNESS.path(KEY)).doesNotContain("DiagnosePerson", "ContactGuardian", "Funding");
        assertThat(HARNESS.steps().values("changeLegalStatus", "status")).containsExactly("OBSERVATION", "RELEASED");
        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("RELEASED_NO_BASIS");
    }

    // ---- diagnosis ----

    @Test
    void releasesAtOnceWhoHasNoMentalDisorderWithoutWaitingForAnybody() {
        var affair = reported(HARNESS).heldForDiagnosis().diagnosed("NOT_MD", "NONE", "NONE", false, "OBJECT");

        // the search for the guardian ends with the conclusion
        assertThat(HARNESS.open()).containsExactly("CollectSettlement", "ConfirmBasis", "EmergencyRecord");
        affair.confirmed(false);
        assertThat(HARNESS.open()).contains("ReleasePerson");
        HARNESS.complete("ReleasePerson");
        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("RELEASED_NOT_SMD");
        assertThat(HARNESS.steps().values("changeLegalStatus", "status")).containsExactly("OBSERVATION", "RELEASED");
        assertThat(HARNESS.path(KEY))
                .contains("NoReportNeeded")
                .doesNotContain("StartCaseReport", "StartAssessment", "SignFormalities");
        assertThat(HARNESS.open()).containsExactly("CollectSettlement", "EmergencyRecord", "IncidentReview");
        affair.paperworkDone();
        assertThat(affair.instance()).isEnded();
    }

    @Test
    void keepsObservingUntilTheLimitAndThenReleases() {
        var affair = reported(HARNESS).heldForDiagnosis();
        Date limit = HARNESS.task("DiagnosePerson").getDueDate();
        HARNESS.pass(Duration.ofHours(40));
        affair.diagnosed("UNDETERMINED", "NONE", "RISK", false, "OBJECT");
        // a repeated examination does not extend the hold, and the guardian is still sought
        assertThat(HARNESS.task("DiagnosePerson").getDueDate()).isEqualTo(limit);
        assertThat(HARNESS.open()).contains("ContactGuardian");

        HARNESS.pass(Duration.ofHours(32));

        assertThat(HARNESS.open()).contains("ConcludeAtLimit").doesNotContain("DiagnosePerson");
        affair.concludedAtLimit("UNDETERMINED", "NONE", "RISK", false, "OBJECT").confirmed(false);
        assertThat(HARNESS.variable(affair.instance(), "observationExpired")).isEqualTo(true);
        assertThat(HARNESS.open()).contains("ReleasePerson");
        HARNESS.complete("ReleasePerson");
        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("RELEASED_NOT_SMD");
    }

    @Test
    void admitsOnASevereDisorderConcludedAtTheLimit() {
        var affair = reported(HARNESS).heldForDiagnosis();
        HARNESS.pass(Duration.ofHours(72));

        affair.concludedAtLimit("SMD", "NONE", "ACT", true, "OBJECT");

        // a severe disorder waits for the guardian's position, which decides who signs
        assertThat(HARNESS.open()).contains("ContactGuardian").doesNotContain("ConfirmBasis");
        affair.guardian("PRESENT_REFUSE");
        assertThat(HARNESS.open()).contains("ConfirmBasis");
    }

    @Test
    void holdsNobodyForObservationWhoCameFreely() {
        var affair = walkIn(HARNESS)
                .answered("ACCEPT")
                .received("SELF", "CONSENT", false)
                .told()
                .diagnosed("UNDETERMINED", "NONE", "NONE", false, "OBJECT");

        assertThat(HARNESS.open()).contains("ConfirmBasis").doesNotContain("DiagnosePerson");
        affair.confirmed(false);
        assertThat(HARNESS.open()).contains("ReleasePerson");
    }

    @Test
    void releasesASevereDisorderWithoutNeedOfHospital() {
        var affair = reported(HARNESS)
                .heldForDiagnosis()
                .diagnosed("SMD", "NONE", "RISK", false, "OBJECT")
                .confirmed(false);
        HARNESS.complete("ReleasePerson");

        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("RELEASED_NO_BASIS");
        // the report of a severe disorder is due all the same
        assertThat(started()).containsExactly("case-report");
    }

    // ---- basis ----

    @Test
    void admitsAVoluntaryPatientWithoutObjectionWindow() {
        var affair = reported(HARNESS, false, true)
                .heldForDiagnosis()
                .diagnosed("SMD", "RISK", "NONE", true, "CONSENT")
                .guardian("PRESENT_REFUSE")
                .confirmed(true);
        assertThat(HARNESS.variable(affair.instance(), "signatoryType")).isEqualTo("PATIENT");
        affair.signed();
        assertThat(HARNESS.variable(affair.instance(), "noticeCode")).isEqualTo("RN-02");
        // the guardian is told only if the patient agrees
        assertThat(HARNESS.open()).contains("ServeNoticeToPatient").doesNotContain("ServeNoticeToGuardian");

        affair.noticesServed();

        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("ADMITTED_VOLUNTARY");
        assertThat(HARNESS.path(KEY)).doesNotContain("ObjectionWindow");
    }

    @Test
    void respectsTheVetoOfTheGuardianOfAPersonDangerousOnlyToSelf() {
        var affair = reported(HARNESS, false, true)
                .heldForDiagnosis()
                .diagnosed("SMD", "ACT", "NONE", true, "OBJECT")
                .guardian("PRESENT_REFUSE")
                .confirmed(false);

        assertThat(HARNESS.open()).containsExactly("CollectSettlement", "EmergencyRecord", "RecordGuardianRefusal");
        HARNESS.complete("RecordGuardianRefusal");
        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("GUARDIAN_CARE_HOME");
        assertThat(HARNESS.steps().values("changeLegalStatus", "status")).containsExactly("OBSERVATION", "RELEASED");
        assertThat(HARNESS.path(KEY)).doesNotContain("DecideSignatory", "SignFormalities", "ActivateAdmission");
        assertThat(HARNESS.steps().parameters("NotifyHomeCare"))
                .containsEntry("to", "town-coordinator@org-town,primary-doctor@org-primary");
    }

    @Test
    void seeksAnUnreachableGuardianAndDecidesAgainWhenFound() {
        var affair = reported(HARNESS, false, true)
                .heldForDiagnosis()
                .diagnosed("SMD", "ACT", "NONE", true, "OBJECT")
                .guardian("UNREACHABLE")
                .confirmed(false);
        assertThat(HARNESS.groups("FindGuardian"))
                .containsExactly("hosp-social-worker@hosp-1", "town-coordinator@org-town");
        HARNESS.pass(Duration.ofHours(2));
        assertThat(HARNESS.path(KEY)).contains("AlertTown").doesNotContain("AlertCivilAffairs");
        HARNESS.pass(Duration.ofHours(22));
        assertThat(HARNESS.steps().parameters("AlertCivilAffairs"))
                .containsEntry("to", "civil-affairs@org-civilAffairs,health-commission@org-healthCommission");
        // disputed is not consent: still no admission
        affair.guardianSearched("DISPUTED").confirmed(false);
        assertThat(HARNESS.open()).contains("FindGuardian").doesNotContain("SignFormalities");

        affair.guardianSearched("PRESENT_CONSENT").confirmed(false);

        assertThat(HARNESS.variable(affair.instance(), "signatoryType")).isEqualTo("GUARDIAN");
        affair.signed().noticesServed();
        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("ADMITTED_INVOLUNTARY_SELF_HARM");
        assertThat(HARNESS.variable(affair.instance(), "noticeCode")).isEqualTo("RN-03");
    }

    @Test
    void letsTheSendingDepartmentSignForAHomelessPerson() {
        var affair = reported(HARNESS, false, true)
                .scene("SEND", "identityStatus", "UNKNOWN", "homelessNoGuardian", true)
                .answered("ACCEPT")
                .received("POLICE", "OBJECT", true)
                .told()
                .diagnosed("SMD", "ACT", "NONE", true, "OBJECT")
                .guardian("HOMELESS_NOT_FOUND")
                .confirmed(false);

        assertThat(HARNESS.variable(affair.instance(), "signatoryType")).isEqualTo("SENDING_DEPT");
        affair.signed();
        assertThat(HARNESS.open()).doesNotContain("ServeNoticeToGuardian");
        affair.noticesServed();
        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("ADMITTED_INVOLUNTARY_SELF_HARM");
    }

    @Test
    void reviewsTheGreyAreaOfConsentByRepresentative() {
        var affair = reported(HARNESS)
                .heldForDiagnosis()
                .diagnosed("SMD", "NONE", "NONE", true, "UNABLE")
                .guardian("PRESENT_CONSENT")
                .confirmed(false);
        assertThat(HARNESS.open()).contains("ReviewBasis").doesNotContain("SignFormalities");
        assertThat(HARNESS.groups("ReviewBasis")).containsExactly("hosp-medical-affairs@hosp-1");

        affair.reviewed("UPHOLD").signed().noticesServed();

        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("ADMITTED_VOLUNTARY_BY_REPRESENTATIVE");
        assertThat(HARNESS.path(KEY)).contains("ServeNoticeToGuardian");
    }

    @Test
    void examinesAgainWhenTheDoctorDoubtsTheBasis() {
        var affair = reported(HARNESS)
                .heldForDiagnosis()
                .diagnosed("SMD", "NONE", "ACT", true, "OBJECT")
                .guardian("UNREACHABLE")
                .reviewAsked()
                .reviewed("REEXAMINE");
        assertThat(HARNESS.open()).contains("DiagnosePerson", "ContactGuardian");

        affair.diagnosed("MD_NOT_SEVERE", "NONE", "ACT", true, "OBJECT").confirmed(false);

        // dangerous, but no severe disorder: no involuntary stay
        assertThat(HARNESS.open()).contains("ReleasePerson").doesNotContain("ContactGuardian");
        assertThat(HARNESS.path(KEY)).containsOnlyOnce("EmergencyRecord", "Funding");
    }

    @Test
    void blocksTheFormalitiesWhenNobodyMaySign() {
        var affair = reported(HARNESS)
                .heldForDiagnosis()
                .diagnosed("MD_NOT_SEVERE", "NONE", "NONE", true, "CONSENT")
                .confirmed(false);
        assertThat(HARNESS.variable(affair.instance(), "signatoryBlocked")).isEqualTo(true);
        assertThat(HARNESS.open()).contains("ReviewBasis").doesNotContain("SignFormalities");
        assertThat(HARNESS.steps().values("changeLegalStatus", "status")).containsExactly("OBSERVATION");

        affair.reviewed("UPHOLD");

        assertThat(HARNESS.open()).contains("ReviewBasis");
    }

    // ---- admission for harm to others ----

    @Test
    void admitsForHarmToOthersWithoutWaitingForMoneyOrPaper() {
        var affair = reported(HARNESS).admittedForHarmToOthers();

        assertThat(affair.instance())
                .hasPassedInOrder(
                        "IncidentReported",
                        "RecordScene",
                        "RouteHospital",
                        "SeekHospital",
                        "PrepareHandover",
                        "ReceivePerson",
                        "ServeArrivalNotice",
                        "ExaminationGate",
                        "Examination",
                        "DecideBasis",
                        "ConfirmBasis",
                        "DecideSignatory",
                        "SignFormalities",
                        "ActivateAdmission",
                        "IssueAdmissionNotice",
                        "TellAdmission",
                        "ServeNotices");
        assertThat(HARNESS.variable(affair.instance(), "admissionType")).isEqualTo("INVOLUNTARY_HARM_OTHERS");
        assertThat(HARNESS.variable(affair.instance(), "noticeCode")).isEqualTo("RN-04");
        assertThat(HARNESS.variable(affair.instance(), "dangerLevelAdvice")).isEqualTo(4);
        assertThat(HARNESS.steps().values("changeLegalStatus", "status"))
                .containsExactly("OBSERVATION", "INVOLUNTARY_HARM_OTHERS");
        assertThat(HARNESS.steps().values("issueDocument", "document"))
                .containsExactly("handover-sheet", "diagnosis-conclusion", "admission-notice");
        // costs and records are untouched and did not hold up anything
        assertThat(HARNESS.open()).contains(BESIDE).contains("IncidentReview");
        assertThat(started()).containsExactlyInAnyOrder("case-report", "periodic-assessment");
        assertThat(HARNESS.waitsFor("objection-filed")).isTrue();
    }

    @Test
    void letsACommitteeSignWhenTheGuardianOfADangerousPersonRefuses() {
        var affair = reported(HARNESS)
                .heldForDiagnosis()
                .diagnosed("SMD", "ACT", "RISK", true, "OBJECT")
                .guardian("PRESENT_REFUSE")
                .confirmed(false);

        // both grounds: the rules of harm to others apply, no veto
        assertThat(HARNESS.variable(affair.instance(), "signatoryType")).isEqualTo("EMPLOYER_OR_COMMITTEE");
        assertThat(HARNESS.open()).contains("SignFormalities");
        assertThat(HARNESS.path(KEY)).doesNotContain("RecordGuardianRefusal");
    }

    @Test
    void warnsAndThenReportsNoticesThatAreNotServed() {
        reported(HARNESS)
                .heldForDiagnosis()
                .diagnosed("SMD", "NONE", "ACT", true, "OBJECT")
                .guardian("UNREACHABLE")
                .confirmed(false)
                .signed();
        // the attempt to reach the guardian is recorded like a service
        assertThat(HARNESS.open()).contains("ServeNoticeToGuardian", "ServeNoticeToPatient");

        HARNESS.pass(Duration.ofHours(8));
        assertThat(HARNESS.path(KEY)).contains("WarnNotice").doesNotContain("AlertNoticeOverdue");
        HARNESS.pass(Duration.ofHours(16));

        assertThat(HARNESS.steps().parameters("AlertNoticeOverdue"))
                .containsEntry("kind", "NOTICE_OVERDUE")
                .containsEntry("to", "hosp-medical-affairs@hosp-1,health-commission@org-healthCommission");
        assertThat(HARNESS.open()).contains("ServeNoticeToGuardian", "ServeNoticeToPatient");
    }

    @Test
    void closesTheObjectionWindowAfterThreeDays() {
        var affair = reported(HARNESS).admittedForHarmToOthers();
        HARNESS.pass(Duration.ofHours(71));
        assertThat(HARNESS.outcomes(affair.instance())).isEmpty();

        HARNESS.pass(Duration.ofHours(1));

        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("ADMITTED_INVOLUNTARY_HARM_OTHERS");
        assertThatThrownBy(() -> affair.objects("PATIENT")).isInstanceOf(MismatchingMessageCorrelationException.class);
        affair.paperworkDone();
        assertThat(affair.instance()).isEnded();
        assertThat(HARNESS.path(KEY))
                .contains("EmergencyRecorded", "FundingClosed", "CaseReported", "IncidentReviewed");
    }

    @Test
    void continuesTheStayWhenTheRediagnosisConfirmsIt() {
        var affair = reported(HARNESS).admittedForHarmToOthers().objects("PATIENT");
        assertThat(HARNESS.path(KEY)).endsWith("ObjectionFiled", "Rediagnosis");

        affair.rediagnosed("SMD", "NONE", "RISK", true);
        HARNESS.complete("ServeResult");

        assertThat(HARNESS.variable(affair.instance(), "priorRediagnosis")).isEqualTo(true);
        assertThat(HARNESS.variable(affair.instance(), "dangerToOthers")).isEqualTo("ACT");
        assertThat(HARNESS.waitsFor("objection-filed")).isTrue();
        HARNESS.pass(Duration.ofDays(3));
        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("ADMITTED_INVOLUNTARY_HARM_OTHERS");
    }

    @Test
    void keepsThePatientsOwnRightWhenAnotherPersonMayNotObject() {
        var affair = reported(HARNESS).admittedForHarmToOthers().objects("NEAR_RELATIVE");
        HARNESS.complete("ExplainIneligibility");
        HARNESS.complete("ExtraAssessment", "assessmentOutcome", "CONTINUE");

        assertThat(HARNESS.variable(affair.instance(), "rediagnosisEffect")).isEqualTo("NOT_ELIGIBLE");
        affair.objects("PATIENT");
        assertThat(HARNESS.open()).contains("AssignDoctors");
    }

    @Test
    void releasesWhenTheRediagnosisFindsNoSevereDisorder() {
        var affair = reported(HARNESS).admittedForHarmToOthers().objects("GUARDIAN");
        affair.rediagnosed("NOT_SMD", "NONE", "NONE", false);
        HARNESS.complete("ReleaseNow");

        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("RELEASED_NOT_SMD");
        assertThat(HARNESS.steps().values("changeLegalStatus", "status"))
                .containsExactly("OBSERVATION", "INVOLUNTARY_HARM_OTHERS", "RELEASED");
        // nobody stays reported as severely ill
        assertThat(HARNESS.steps().parameters("StartCorrection"))
                .containsEntry("process", "case-report")
                .containsEntry("fact_reportKind", "CORRECTION");
        affair.paperworkDone();
        assertThat(affair.instance()).isEnded();
    }

    @Test
    void decidesAgainWhenOnlyDangerToSelfIsLeft() {
        var affair = reported(HARNESS).admittedForHarmToOthers().objects("PATIENT");

        affair.rediagnosed("SMD", "RISK", "NONE", true);

        assertThat(HARNESS.variable(affair.instance(), "dangerToOthers")).isEqualTo("NONE");
        assertThat(HARNESS.variable(affair.instance(), "dangerToSelf")).isEqualTo("RISK");
        affair.confirmed(false).signed().noticesServed();
        assertThat(HARNESS.steps().values("changeLegalStatus", "status"))
                .containsExactly("OBSERVATION", "INVOLUNTARY_HARM_OTHERS", "INVOLUNTARY_SELF_HARM");
        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("ADMITTED_INVOLUNTARY_SELF_HARM");
        // one card and one review for the case, however often it is decided
        assertThat(HARNESS.path(KEY)).containsOnlyOnce("StartCaseReport", "StartAssessment", "IncidentReview");
    }

    @Test
    void givesTheGuardianTheVetoBackWhenOnlyDangerToSelfIsLeft() {
        var affair = reported(HARNESS)
                .heldForDiagnosis()
                .diagnosed("SMD", "NONE", "ACT", true, "OBJECT")
                .guardian("PRESENT_REFUSE")
                .confirmed(false)
                .signed()
                .noticesServed()
                .objects("GUARDIAN")
                .rediagnosed("SMD", "ACT", "NONE", true)
                .confirmed(false);

        HARNESS.complete("RecordGuardianRefusal");

        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("GUARDIAN_CARE_HOME");
        assertThat(HARNESS.steps().values("changeLegalStatus", "status")).endsWith("RELEASED");
    }

    // ---- exceptions ----

    @Test
    void endsEverythingWhenThePersonDies() {
        var affair = reported(HARNESS).heldForDiagnosis();

        HARNESS.message("person-died");

        assertThat(affair.instance()).isEnded();
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.steps().values("changeLegalStatus", "status"))
                .as("who reports the death closes the status")
                .containsExactly("OBSERVATION");
        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("DEATH");
    }

    @Test
    void handsOverToTheCriminalTrack() {
        var affair = reported(HARNESS).admittedForHarmToOthers();

        HARNESS.message("criminal-track-opened", "tempProtectiveApproved", true);

        assertThat(affair.instance()).isEnded();
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.steps().parameters("PlaceUnderProtection")).containsEntry("status", "TEMP_PROTECTIVE");
        assertThat(HARNESS.steps().parameters("StartCompulsory"))
                .containsEntry("process", "compulsory-treatment-intake")
                .containsEntry("once", "true");
        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("TO_P3");
    }

    @Test
    void opensALinkedCaseForEachOtherPerson() {
        HARNESS.start(KEY, "channel", "110", "personCount", 3);

        assertThat(HARNESS.steps().values("startProcess", "process")).containsExactly(KEY, KEY);
        assertThat(HARNESS.steps().calls("startProcess")).allSatisfy(call -> assertThat(call.parameters())
                .containsEntry("case", "LINKED")
                .containsEntry("link", "PART_OF")
                .containsEntry("person", "NEW")
                .containsEntry("fact_personCount", "1"));
        assertThat(HARNESS.open()).containsExactly("RecordScene");
    }

    @Test
    void seesToSpecialCircumstancesWithoutHoldingUpTheExamination() {
        var affair = reported(HARNESS)
                .scene("SEND", "identityStatus", "UNKNOWN", "minor", true)
                .answered("ACCEPT")
                .received(
                        "POLICE",
                        "OBJECT",
                        true,
                        false,
                        "residentElsewhere",
                        true,
                        "foreigner",
                        true,
                        "custody",
                        "DETAINED")
                .told();

        assertThat(HARNESS.open()).contains("DiagnosePerson", "ProtectMinor");
        assertThat(HARNESS.groups("ProtectMinor")).containsExactly("hosp-social-worker@hosp-1");
        assertThat(started()).containsExactly("identity-tracing");
        assertThat(HARNESS.steps().values("notifyParties", "template"))
                .contains("home-area", "foreign-person", "custody-person");
        HARNESS.complete("ProtectMinor");
        assertThat(HARNESS.path(KEY)).contains("CircumstancesNoted");
        affair.diagnosed("NOT_MD", "NONE", "NONE", false, "OBJECT");
        assertThat(HARNESS.open()).contains("ConfirmBasis");
    }

    @Test
    void filesTheAdmissionOfAPersonInsuredElsewhere() {
        var affair = reported(HARNESS)
                .scene("SEND")
                .answered("ACCEPT")
                .received("POLICE", "OBJECT", true, false, "insuranceArea", "OUT_OF_AREA")
                .told()
                .diagnosed("SMD", "NONE", "ACT", true, "OBJECT")
                .guardian("PRESENT_CONSENT")
                .confirmed(false);
        assertThat(started()).as("nothing starts before the admission").isEmpty();
        affair.signed();
        assertThat(started()).containsExactlyInAnyOrder("case-report", "periodic-assessment", "out-of-area-filing");
    }

    @Test
    void uploadsTheRecordOfTheEmergency() {
        reported(HARNESS).heldForDiagnosis();
        HARNESS.complete("EmergencyRecord");
        assertThat(HARNESS.groups("UploadRecord"))
                .containsExactly("hosp-info-officer@hosp-1", "primary-doctor@org-primary");
        assertThat(HARNESS.task("UploadRecord").getDueDate()).isEqualTo(after(Duration.ofDays(7)));
    }

    @Test
    void theEndOfTheStayEndsTheObjectionWindow() {
        var affair = reported(HARNESS).admittedForHarmToOthers();
        HARNESS.message("stay-ended", "endStatus", "RELEASED");
        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("WINDOW_STAY_ENDED");
        assertThat(HARNESS.waitsFor("objection-filed")).isFalse();
        // costs are still to be settled
        assertThat(HARNESS.open()).contains(BESIDE);
    }

    @Test
    void theEndOfTheStayWithdrawsNoticesThatAreNotServed() {
        var affair = reported(HARNESS)
                .heldForDiagnosis()
                .diagnosed("SMD", "NONE", "ACT", true, "OBJECT")
                .guardian("PRESENT_CONSENT")
                .confirmed(false)
                .signed();
        HARNESS.message("stay-ended", "endStatus", "RELEASED");
        assertThat(HARNESS.open()).doesNotContain("ServeNoticeToPatient", "ServeNoticeToGuardian");
        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("WINDOW_STAY_ENDED");
    }

    @Test
    void theEndOfTheStayEndsARediagnosisToo() {
        var affair = reported(HARNESS).admittedForHarmToOthers().objects("PATIENT");
        HARNESS.message("stay-ended", "endStatus", "RELEASED");
        assertThat(HARNESS.variable(affair.instance(), "rediagnosisEffect")).isEqualTo("STAY_ENDED");
        assertThat(HARNESS.open()).doesNotContain("AssignDoctors");
        assertThat(HARNESS.outcomes(affair.instance())).containsExactly("WINDOW_STAY_ENDED");
    }

    @Test
    void absenceAndAFoundIdentityAreTakenNoteOfAndChangeNothing() {
        var affair = reported(HARNESS).heldForDiagnosis();
        var before = HARNESS.open();
        HARNESS.message("absconded");
        HARNESS.message("absconded");
        HARNESS.message("identity-found", "identityStatus", "KNOWN");
        assertThat(HARNESS.open()).isEqualTo(before);
        assertThat(HARNESS.steps().values("notifyParties", "template")).contains("person-absent", "identity-known");
        assertThat(HARNESS.variable(affair.instance(), "identityStatus")).isEqualTo("KNOWN");
        assertThat(HARNESS.steps().values("changeLegalStatus", "status")).containsExactly("OBSERVATION");
    }

    @Test
    void thePoliceAssistATreatmentThatWasConfirmedAndIsObstructed() {
        var affair = reported(HARNESS).admittedForHarmToOthers().objects("PATIENT");
        affair.rediagnosed("SMD", "NONE", "RISK", true);
        HARNESS.complete("ServeResult");
        HARNESS.message("treatment-obstructed");
        assertThat(HARNESS.groups("AssistTreatment")).containsExactly("police-officer@org-police");
        HARNESS.complete("AssistTreatment", "assistResult", "TREATMENT_GOES_ON");
        assertThat(HARNESS.waitsFor("objection-filed"))
                .as("the window stays open")
                .isTrue();
    }

    private static java.util.List<String> started() {
        return HARNESS.steps().values("startProcess", "process");
    }

    @Test
    void setsTheLegalDueDatesOfTasks() {
        reported(HARNESS).heldForDiagnosis();

        assertThat(HARNESS.task("DiagnosePerson").getDueDate()).isEqualTo(after(Duration.ofHours(72)));
        assertThat(HARNESS.task("EmergencyRecord").getDueDate()).isEqualTo(after(Duration.ofHours(24)));
    }

    private static Instant after(Duration time) {
        return ProcessHarness.START.plus(time);
    }
}
