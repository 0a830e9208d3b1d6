package org.greenchannel.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;

/** One emergency case played by its actors: each method completes the task of one step of domain C2. */
final class EmergencyCase {

    static final String KEY = "emergency-admission";

    private final ProcessHarness harness;
    private final ProcessInstance instance;

    private EmergencyCase(ProcessHarness harness, ProcessInstance instance) {
        this.harness = harness;
        this.instance = instance;
    }

    /** A call to 110 about a danger to others. */
    static EmergencyCase reported(ProcessHarness harness) {
        return reported(harness, true, false);
    }

    /** A call to 110 with what the caller saw. */
    static EmergencyCase reported(ProcessHarness harness, boolean dangerToOthers, boolean dangerToSelf) {
        return new EmergencyCase(
                harness,
                harness.start(
                        KEY, "channel", "110", "dangerToOthersSeen", dangerToOthers, "dangerToSelfSeen", dangerToSelf));
    }

    /** A person who already is in the hospital that reports. */
    static EmergencyCase walkIn(ProcessHarness harness) {
        return new EmergencyCase(
                harness,
                harness.start(
                        KEY,
                        "channel",
                        "HOSPITAL",
                        "dangerToOthersSeen",
                        false,
                        "dangerToSelfSeen",
                        true,
                        "somaticState",
                        "NONE",
                        "identityStatus",
                        "KNOWN"));
    }

    ProcessInstance instance() {
        return instance;
    }

    /** The scene record; more facts may follow those of an ordinary scene. */
    EmergencyCase scene(String decision, Object... facts) {
        List<Object> all = new ArrayList<>(List.of(
                "sceneDecision",
                decision,
                "violence",
                "SINGLE",
                "smashing",
                "NONE",
                "smashingPlace",
                "NONE",
                "persuadable",
                true,
                "somaticState",
                "NONE",
                "identityStatus",
                "KNOWN",
                "homelessNoGuardian",
                false,
                "placementNeeded",
                false));
        all.addAll(List.of(facts));
        harness.complete("RecordScene", all.toArray());
        return this;
    }

    EmergencyCase answered(String answer) {
        harness.complete("AnswerAdmission", "hospitalAnswer", answer);
        return this;
    }

    /** Handed over and received, no somatic emergency; the arrival notice is still to be served. */
    EmergencyCase received(String sendingParty, String will, boolean danger) {
        return received(sendingParty, will, danger, false);
    }

    EmergencyCase received(
            String sendingParty, String will, boolean danger, boolean lifeThreatening, Object... circumstances) {
        harness.complete("PrepareHandover", "sendingParty", sendingParty);
        List<Object> all = new ArrayList<>(List.of(
                "lifeThreatening", lifeThreatening, "greenChannel", true, "personWill", will, "dangerOrAct", danger));
        all.addAll(List.of(circumstances));
        harness.complete("ReceivePerson", all.toArray());
        return this;
    }

    EmergencyCase told() {
        harness.complete("ServeArrivalNotice");
        return this;
    }

    /** From the report to the examination, brought by the police against the person's will. */
    EmergencyCase heldForDiagnosis() {
        return scene("SEND")
                .answered("ACCEPT")
                .received("POLICE", "OBJECT", true)
                .told();
    }

    EmergencyCase diagnosed(String conclusion, String toSelf, String toOthers, boolean inpatient, String will) {
        harness.complete("DiagnosePerson", diagnosis(conclusion, toSelf, toOthers, inpatient, will));
        return this;
    }

    EmergencyCase concludedAtLimit(String conclusion, String toSelf, String toOthers, boolean inpatient, String will) {
        harness.complete("ConcludeAtLimit", diagnosis(conclusion, toSelf, toOthers, inpatient, will));
        return this;
    }

    private static Object[] diagnosis(
            String conclusion, String toSelf, String toOthers, boolean inpatient, String will) {
        return new Object[] {
            "diagnosisConclusion",
            conclusion,
            "dangerToSelf",
            toSelf,
            "dangerToOthers",
            toOthers,
            "dangerLevel",
            4,
            "needInpatient",
            inpatient,
            "patientCapacityOpinion",
            will.equals("CONSENT") ? "FULL" : "NONE",
            "patientWill",
            will
        };
    }

    EmergencyCase guardian(String status) {
        harness.complete("ContactGuardian", "guardianStatus", status, "patientWillKnown", true);
        return this;
    }

    EmergencyCase guardianSearched(String status) {
        harness.complete("FindGuardian", "guardianStatus", status);
        return this;
    }

    EmergencyCase confirmed(boolean patientCanSign) {
        harness.complete("ConfirmBasis", "basisDecision", "CONFIRM", "patientCanSign", patientCanSign);
        return this;
    }

    EmergencyCase reviewAsked() {
        harness.complete("ConfirmBasis", "basisDecision", "REVIEW");
        return this;
    }

    EmergencyCase reviewed(String decision) {
        harness.complete("ReviewBasis", "reviewDecision", decision);
        return this;
    }

    EmergencyCase signed() {
        harness.complete("SignFormalities");
        return this;
    }

    EmergencyCase noticesServed() {
        harness.complete("ServeNoticeToPatient");
        if (harness.open().contains("ServeNoticeToGuardian")) {
            harness.complete("ServeNoticeToGuardian");
        }
        return this;
    }

    /** Severe disorder, danger to others, guardian agrees, everything served: the objection window is open. */
    EmergencyCase admittedForHarmToOthers() {
        return heldForDiagnosis()
                .diagnosed("SMD", "NONE", "ACT", true, "OBJECT")
                .guardian("PRESENT_CONSENT")
                .confirmed(false)
                .signed()
                .noticesServed();
    }

    EmergencyCase objects(String applicant) {
        harness.message("objection-filed", "applicantRole", applicant, "stage", "REDIAGNOSIS");
        return this;
    }

    /** Two other psychiatrists conclude and agree. */
    EmergencyCase rediagnosed(String conclusion, String toSelf, String toOthers, boolean inpatient) {
        harness.complete("AssignDoctors", "redxInstitution", "hosp-9");
        harness.complete(
                "ConcludeRediagnosis",
                "redxConclusion",
                conclusion,
                "redxDangerToSelf",
                toSelf,
                "redxDangerToOthers",
                toOthers,
                "redxNeedInpatient",
                inpatient);
        harness.complete("CosignRediagnosis", "cosignAgreed", true);
        return this;
    }

    /** The work beside the care: record and its upload, costs, and the review if it is open. */
    EmergencyCase paperworkDone() {
        for (String task :
                List.of("EmergencyRecord", "UploadRecord", "CollectSettlement", "IncidentReview", "ProtectMinor")) {
            if (harness.open().contains(task)) {
                harness.complete(
                        task,
                        Map.of("CollectSettlement", new Object[] {"totalFee", 0.0})
                                .getOrDefault(task, new Object[0]));
            }
        }
        return this;
    }
}
