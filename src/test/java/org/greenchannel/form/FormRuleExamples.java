package org.greenchannel.form;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Answers that keep and answers that break the rules beside the forms; {@code me} is the one who signs. */
final class FormRuleExamples {
    static final ZonedDateTime NOW = ZonedDateTime.parse("2026-11-20T10:00:00+08:00");
    static final LocalDate TODAY = NOW.toLocalDate();

    private FormRuleExamples() {}

    record Example(String form, String rule, boolean valid, Map<String, Object> given) {}

    static List<Example> examples() {
        List<Example> all = new ArrayList<>();
        both(
                all,
                "arrival-record",
                "V09",
                Map.of("greenChannel", true, "depositAsked", true),
                Map.of("greenChannel", true, "depositAsked", false));
        for (String form : List.of(
                "diagnosis", "limit-conclusion", "rediagnosis-conclusion", "rediagnosis-cosign", "extra-assessment")) {
            both(all, form, "V01", licensed(), licensed("PSYCHIATRY"));
        }
        both(
                all,
                "funding-claim",
                "V06",
                Map.of("case", Map.of("clocks", Map.of("T11", NOW)), "stayTo", TODAY.plusDays(1)),
                Map.of("case", Map.of("clocks", Map.of("T11", NOW)), "stayTo", TODAY),
                Map.of("case", Map.of("clocks", Map.of())),
                Map.of());
        both(
                all,
                "funding-claim",
                "funding-claim-8",
                Map.of("stayFrom", TODAY, "stayTo", TODAY.minusDays(1)),
                Map.of("stayFrom", TODAY, "stayTo", TODAY));
        both(
                all,
                "visit-form",
                "V12",
                Map.of("found", true, "nextVisit", TODAY.plusDays(91)),
                Map.of("found", true, "nextVisit", TODAY.plusDays(90)),
                Map.of("found", true, "nextVisit", TODAY.plusDays(1)));
        both(
                all,
                "first-visit",
                "V12",
                Map.of("dangerLevel", 3, "nextVisit", TODAY.plusDays(15)),
                Map.of("dangerLevel", 3, "nextVisit", TODAY.plusDays(14)),
                Map.of("dangerLevel", 0, "nextVisit", TODAY.plusDays(90)));
        both(
                all,
                "discharge-sheet",
                "V13",
                Map.of("case", Map.of("diagnosisConclusion", "NOT_MD")),
                Map.of("case", Map.of("diagnosisConclusion", "SMD")),
                Map.of("case", Map.of()));
        both(
                all,
                "minor-care",
                "V16",
                Map.of("ageBand", "UNDER_14", "dataBasis", "GUARDIAN_CONSENT"),
                Map.of("ageBand", "UNDER_14", "dataBasis", "GUARDIAN_CONSENT", "dataConsentRef", "TY-1"),
                Map.of("ageBand", "UNDER_14", "dataBasis", "LEGAL_DUTY"));
        both(
                all,
                "management-consent",
                "V16",
                Map.of("under14", true),
                Map.of("under14", true, "guardianDataConsent", "STATUTORY_DUTY"),
                Map.of("under14", false));
        both(
                all,
                "absence-review",
                "V07",
                Map.of("absenceDecision", "CLOSED", "case", Map.of("admissionType", "COMPULSORY_TREATMENT")),
                Map.of("absenceDecision", "CLOSED", "case", Map.of("admissionType", "VOLUNTARY")),
                Map.of("absenceDecision", "CONTINUE", "case", Map.of("admissionType", "COMPULSORY_TREATMENT")));
        both(all, "basis-confirmation", "basis-confirmation-5", licensed("SURGERY"), licensed("PSYCHIATRY"));
        both(all, "arrival-record", "arrival-record-3", id("990101199001011238"), id("990101199001011230"));
        both(
                all,
                "basis-confirmation",
                "V01",
                Map.of("basisDecision", "CONFIRM"),
                Map.of("basisDecision", "CONFIRM", "signers", signed("DiagnosePerson", "doctor-1")),
                Map.of("basisDecision", "CONFIRM", "signers", signed("ConcludeAtLimit", "doctor-1")));
        both(
                all,
                "formalities",
                "V03",
                signs("VILLAGE_COMMITTEE", "INVOLUNTARY_SELF_HARM"),
                signs("VILLAGE_COMMITTEE", "INVOLUNTARY_HARM_OTHERS"),
                signs("GUARDIAN", "INVOLUNTARY_SELF_HARM"));
        both(
                all,
                "formalities",
                "V02",
                signs("GUARDIAN", "INVOLUNTARY_SELF_HARM"),
                with(
                        signs("GUARDIAN", "INVOLUNTARY_SELF_HARM"),
                        "guardianConsentRef",
                        "C-1",
                        "guardianConsentAt",
                        NOW.minusHours(1)),
                signs("VILLAGE_COMMITTEE", "INVOLUNTARY_HARM_OTHERS"));
        both(
                all,
                "formalities",
                "V02",
                with(
                        signs("GUARDIAN", "INVOLUNTARY_SELF_HARM"),
                        "guardianConsentRef",
                        "C-1",
                        "guardianConsentAt",
                        NOW.plusHours(1)));
        both(
                all,
                "formalities",
                "formalities-1",
                with(Map.of("signatoryType", "PATIENT"), "case", Map.of("signatoryType", "GUARDIAN")),
                with(Map.of("signatoryType", "EMPLOYER"), "case", Map.of("signatoryType", "EMPLOYER_OR_COMMITTEE")));
        both(
                all,
                "rediagnosis-assignment",
                "V04",
                Map.of("doctor1", "a", "doctor2", "a"),
                Map.of("doctor1", "a", "doctor2", "b"));
        both(
                all,
                "rediagnosis-assignment",
                "V04",
                Map.of("doctor1", "a", "doctor2", "b", "signers", signed("DiagnosePerson", "b")),
                Map.of("doctor1", "a", "doctor2", "b", "signers", signed("DiagnosePerson", "c")));
        both(
                all,
                "rediagnosis-conclusion",
                "rediagnosis-conclusion-2",
                with(Map.of("interviewPlace", "H2"), "case", Map.of("hospital", "H1")),
                with(Map.of("interviewPlace", "H1"), "case", Map.of("hospital", "H1")));
        both(
                all,
                "rediagnosis-cosign",
                "V04",
                Map.of("signers", signed("ConcludeRediagnosis", "me")),
                Map.of("signers", signed("ConcludeRediagnosis", "other")));
        both(all, "funding-claim", "V08", claim(100.0, 10.0, 60.5, 29.4), claim(100.0, 10.0, 60.5, 29.5));
        both(
                all,
                "funding-claim",
                "funding-claim-2",
                with(claim(100.0, 10.0, 60.5, 29.5), "requested", 40.0),
                with(claim(100.0, 10.0, 60.5, 29.5), "requested", 29.5));
        both(
                all,
                "guardian-contact",
                "guardian-contact-1",
                unreachable("PHONE", "VISIT"),
                unreachable("PHONE", "PHONE", "VISIT"));
        both(all, "guardian-contact", "guardian-contact-1", unreachable("PHONE", "PHONE", "PHONE"));
        both(
                all,
                "guardian-refusal",
                "guardian-refusal-1",
                Map.of("followUpDate", TODAY.plusDays(15)),
                Map.of("followUpDate", TODAY.plusDays(14)));
        both(all, "guardian-refusal", "guardian-refusal-1", Map.of("followUpDate", TODAY.minusDays(1)));
        both(
                all,
                "incident-report",
                "incident-report-1",
                Map.of("incidentTime", NOW, "reportTime", NOW.minusMinutes(1)),
                Map.of("incidentTime", NOW, "reportTime", NOW));
        both(
                all,
                "scene-record",
                "scene-record-1",
                with(Map.of("arriveTime", NOW.minusHours(2)), "case", Map.of("reportTime", NOW.minusHours(1))),
                with(Map.of("arriveTime", NOW), "case", Map.of("reportTime", NOW.minusHours(1))),
                with(Map.of("arriveTime", NOW), "case", Map.of("reportTime", "unreadable")));
        both(
                all,
                "scene-record",
                "scene-record-3",
                Map.of("restraintStart", NOW, "restraintEnd", NOW.minusMinutes(5)),
                Map.of("restraintStart", NOW.minusMinutes(5), "restraintEnd", NOW));
        both(
                all,
                "diagnosis",
                "diagnosis-3",
                Map.of("diagnosisConclusion", "SMD"),
                Map.of("diagnosisConclusion", "SMD", "icd10", "F20.0"),
                Map.of("diagnosisConclusion", "NOT_MD"));
        both(
                all,
                "diagnosis",
                "diagnosis-4",
                Map.of("dangerToOthers", "RISK", "natureDegreeLikelihood", "太短"),
                Map.of("dangerToOthers", "RISK", "natureDegreeLikelihood", "持续扬言伤害邻居，".repeat(4)),
                Map.of("dangerToOthers", "NONE", "dangerToSelf", "NONE"));
        both(all, "diagnosis", "diagnosis-5", Map.of("needInpatient", true), Map.of("needInpatient", false));
        both(all, "diagnosis", "diagnosis-7", Map.of("doctor", "other"), Map.of("doctor", "me"));
        both(
                all,
                "rights-receipt",
                "rights-receipt-1",
                Map.of("oral", true, "written", false),
                Map.of("oral", true, "written", true),
                Map.of("attempted", true));
        both(
                all,
                "rights-receipt",
                "rights-receipt-2",
                Map.of("understood", "PARTLY"),
                Map.of("understood", "PARTLY", "repeatAt", TODAY.plusDays(1)),
                Map.of("understood", "YES"));
        both(
                all,
                "rights-receipt",
                "rights-receipt-3",
                Map.of("witness", "doctor-1", "signers", signed("DiagnosePerson", "doctor-1")),
                Map.of("witness", "nurse-1", "signers", signed("DiagnosePerson", "doctor-1")));
        both(all, "rights-receipt", "rights-receipt-3", Map.of("witness", "me"));
        both(
                all,
                "rights-receipt",
                "rights-receipt-6",
                with(Map.of("noticeCode", "RN-02"), "task", Map.of("properties", Map.of("notice", "RN-04"))),
                with(Map.of("noticeCode", "RN-04"), "task", Map.of("properties", Map.of("notice", "RN-04"))));
        both(
                all,
                "rights-receipt",
                "rights-receipt-8",
                Map.of(),
                Map.of("witness", "nurse-1"),
                Map.of("witnessOther", "居委会主任"));
        both(
                all,
                "treatment-plan",
                "treatment-plan-1",
                Map.of("specialCare", List.of("SURGERY")),
                Map.of("specialCare", List.of("NONE")),
                Map.of("specialCare", List.of("SURGERY"), "writtenConsentBy", "NOT_YET"),
                Map.of("specialCare", List.of("ECT"), "writtenConsentBy", "PATIENT", "consentRef", "C-1"));
        both(
                all,
                "treatment-plan",
                "treatment-plan-2",
                Map.of("specialCare", List.of("EXPERIMENTAL"), "writtenConsentBy", "GUARDIAN"),
                Map.of("specialCare", List.of("EXPERIMENTAL"), "writtenConsentBy", "GUARDIAN", "ethicsApproval", "E-1"),
                Map.of("specialCare", List.of("ECT"), "writtenConsentBy", "GUARDIAN"));
        both(
                all,
                "treatment-plan",
                "treatment-plan-3",
                with(
                        Map.of("specialCare", List.of("SURGERY")),
                        "case",
                        Map.of("admissionType", "INVOLUNTARY_SELF_HARM")),
                with(Map.of("specialCare", List.of("SURGERY")), "case", Map.of("admissionType", "VOLUNTARY")));
        both(
                all,
                "communication-limit",
                "communication-limit-2",
                Map.of("limitFrom", NOW, "limitUntil", NOW.plusDays(15)),
                Map.of("limitFrom", NOW, "limitUntil", NOW.plusDays(14)));
        both(
                all,
                "record-access-answer",
                "record-access-answer-2",
                Map.of("accessAnswer", "REFUSED"),
                Map.of("accessAnswer", "GRANTED"),
                Map.of("accessAnswer", "REFUSED", "accessReason", "会加重病情", "accessDoctor", "王医师"));
        both(
                all,
                "appraisal",
                "appraisal-1",
                Map.of("appraisers", List.of(Map.of("appraiserLicence", "1"), Map.of("appraiserLicence", "1"))),
                Map.of("appraisers", List.of(Map.of("appraiserLicence", "1"), Map.of("appraiserLicence", "2"))));
        both(
                all,
                "funding-payment",
                "funding-payment-1",
                with(Map.of("paidAmount", 9.99), "case", Map.of("claimAmount", 10.0)),
                with(Map.of("paidAmount", 10.00), "case", Map.of("claimAmount", 10.0)));
        both(
                all,
                "guardian-search",
                "guardian-search-4",
                Map.of("guardianStatus", "HOMELESS_NOT_FOUND"),
                Map.of("guardianStatus", "UNREACHABLE"));
        both(
                all,
                "funding-decision",
                "funding-decision-1",
                Map.of("signers", signed("CollectSettlement", "me")),
                Map.of("signers", signed("CollectSettlement", "other")));
        compulsoryTreatment(all);
        return all;
    }

    private static void compulsoryTreatment(List<Example> all) {
        both(
                all,
                "ct-intake",
                "ct-intake-1",
                Map.of("intakeDecision", "ACCEPT", "originalsSeen", true, "identityMatch", false),
                Map.of("intakeDecision", "ACCEPT", "originalsSeen", true, "identityMatch", true),
                Map.of("intakeDecision", "REFUSE", "originalsSeen", false));
        both(
                all,
                "ct-intake",
                "ct-intake-2",
                Map.of("intakeDecision", "ACCEPT", "deliveringOfficers", List.of(Map.of("officerName", "a"))),
                Map.of(
                        "intakeDecision",
                        "ACCEPT",
                        "deliveringOfficers",
                        List.of(Map.of("officerName", "a"), Map.of("officerName", "b"))));
        both(all, "ct-intake", "ct-intake-3", Map.of("depositAsked", true), Map.of("depositAsked", false), Map.of());
        both(
                all,
                "ct-refusal-followup",
                "ct-refusal-followup-1",
                Map.of("refusalResult", "TEMP_PROTECTIVE"),
                Map.of("refusalResult", "TEMP_PROTECTIVE", "case", Map.of("legalStatus", "TEMP_PROTECTIVE")),
                Map.of("refusalResult", "TAKEN_BACK"));
        both(
                all,
                "ct-opinion-approval",
                "ct-opinion-approval-1",
                Map.of("signers", signed("SubmitOpinion", "me")),
                Map.of("signers", signed("SubmitOpinion", "other")));
        both(
                all,
                "ct-release-application",
                "ct-release-application-1",
                Map.of("case", Map.of("reapplyFrom", NOW.plusDays(1))),
                Map.of("case", Map.of("reapplyFrom", NOW.minusDays(1))),
                Map.of());
        both(
                all,
                "ct-release-opinion",
                "ct-release-opinion-1",
                Map.of("assessors", List.of(Map.of("assessor", "a"), Map.of("assessor", "a"))),
                Map.of("assessors", List.of(Map.of("assessor", "a"), Map.of("assessor", "b"))));
        both(
                all,
                "ct-screening",
                "ct-screening-1",
                Map.of(
                        "screeningDecision",
                        "PREPARE_OPINION",
                        "case",
                        Map.of("responsibility", "PARTIAL", "continuingDanger", true)),
                Map.of(
                        "screeningDecision",
                        "PREPARE_OPINION",
                        "case",
                        Map.of("responsibility", "NOT_RESPONSIBLE", "continuingDanger", true)));
        both(
                all,
                "ct-start",
                "ct-start-4",
                Map.of("birthDate", TODAY.minusYears(17), "minor", false),
                Map.of("birthDate", TODAY.minusYears(17), "minor", true),
                Map.of("birthDate", TODAY.minusYears(18), "minor", false));
    }

    /** The first of the data breaks the rule, the others keep it. */
    @SafeVarargs
    private static void both(
            List<Example> all, String form, String rule, Map<String, Object> bad, Map<String, Object>... good) {
        all.add(new Example(form, rule, false, bad));
        Stream.of(good).forEach(each -> all.add(new Example(form, rule, true, each)));
    }

    private static Map<String, Object> licensed(String... licences) {
        return Map.of(
                "viewer",
                Map.of("username", "me", "role", List.of(), "organisation", "O1", "licences", List.of(licences)));
    }

    private static Map<String, Object> id(String number) {
        return Map.of("idType", "RESIDENT_ID", "idNo", number);
    }

    private static Map<String, List<String>> signed(String task, String username) {
        return Map.of(task, List.of(username));
    }

    private static Map<String, Object> signs(String signatory, String admissionType) {
        return Map.of("signatoryType", signatory, "case", Map.of("admissionType", admissionType));
    }

    private static Map<String, Object> claim(double total, double self, double insurance, double relief) {
        return Map.of(
                "totalFee",
                total,
                "selfPay",
                self,
                "lines",
                List.of(
                        Map.of("source", "BASIC_INS", "amount", insurance),
                        Map.of("source", "TEMP_RELIEF", "amount", relief)));
    }

    private static Map<String, Object> unreachable(String... channels) {
        return Map.of(
                "guardianStatus",
                "UNREACHABLE",
                "contactLog",
                Stream.of(channels)
                        .map(channel -> Map.of("contactChannel", channel))
                        .toList());
    }

    private static Map<String, Object> with(Map<String, Object> base, Object... more) {
        Map<String, Object> all = new HashMap<>(base);
        for (int i = 0; i < more.length; i += 2) all.put((String) more[i], more[i + 1]);
        return all;
    }
}
