package org.greenchannel.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.greenchannel.engine.TestExpressions;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Submission;
import org.greenchannel.kernel.Problem;
import org.greenchannel.organisation.Account;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.platform.SeedFiles;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The state machine C9: what it lists can be stored if the evidence is there, everything else cannot. */
class LegalStatusGateTests {

    private static final List<String> STATUSES = List.of(
            "OBSERVATION",
            "VOLUNTARY",
            "VOLUNTARY_BY_REPRESENTATIVE",
            "INVOLUNTARY_SELF_HARM",
            "INVOLUNTARY_HARM_OTHERS",
            "TEMP_PROTECTIVE",
            "COMPULSORY_TREATMENT",
            "ABSENT",
            "RELEASED",
            "CLOSED");

    private static final UUID CASE = UUID.randomUUID();
    private static final Instant NOW = Instant.parse("2026-05-20T08:00:00Z");

    private final Map<String, Submission> stored = new HashMap<>();
    private LegalStatusGate gate;

    @BeforeEach
    void build() {
        Forms forms = mock(Forms.class);
        when(forms.latest(any(), anyString()))
                .thenAnswer(call -> Optional.ofNullable(stored.get(call.<String>getArgument(1))));
        Accounts accounts = mock(Accounts.class);
        when(accounts.find("doctor")).thenReturn(Optional.of(account("doctor", Set.of("PSYCHIATRY"))));
        when(accounts.find("nurse")).thenReturn(Optional.of(account("nurse", Set.of())));
        gate = new LegalStatusGate(
                SeedFiles.ofRepository(),
                new StatusEvidence(forms, accounts, ZoneId.of("Asia/Shanghai")),
                TestExpressions.feel());
    }

    private static Account account(String name, Set<String> licences) {
        return new Account(UUID.randomUUID(), name, name, "zz-hosp-8", Set.of(), licences, "zh", true);
    }

    // ---- the table

    /** A log that ends with the status, the last change an hour ago. */
    private static StatusHistory in(String... statuses) {
        List<StatusHistory.Change> log = new ArrayList<>();
        @Nullable String before = null;
        for (int i = 0; i < statuses.length; i++) {
            Instant at = NOW.minus(Duration.ofHours(statuses.length - i));
            log.add(new StatusHistory.Change(before, statuses[i], at));
            before = statuses[i];
        }
        return StatusHistory.of(log);
    }

    private boolean lists(StatusHistory history, String to) {
        try {
            gate.check(history, to);
            return true;
        } catch (Problem e) {
            assertThat(e.type()).isEqualTo("legal-status");
            return false;
        }
    }

    /** The whole product: each row is read against C9; a change of the seed file shows here. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-|OBSERVATION,VOLUNTARY,TEMP_PROTECTIVE,COMPULSORY_TREATMENT,CLOSED",
                "OBSERVATION|VOLUNTARY,VOLUNTARY_BY_REPRESENTATIVE,INVOLUNTARY_SELF_HARM,INVOLUNTARY_HARM_OTHERS,TEMP_PROTECTIVE,COMPULSORY_TREATMENT,RELEASED,ABSENT,CLOSED",
                "VOLUNTARY|INVOLUNTARY_SELF_HARM,INVOLUNTARY_HARM_OTHERS,RELEASED,ABSENT,CLOSED",
                "VOLUNTARY_BY_REPRESENTATIVE|INVOLUNTARY_SELF_HARM,INVOLUNTARY_HARM_OTHERS,RELEASED,ABSENT,CLOSED",
                "INVOLUNTARY_SELF_HARM|VOLUNTARY,INVOLUNTARY_HARM_OTHERS,TEMP_PROTECTIVE,RELEASED,ABSENT,CLOSED",
                "INVOLUNTARY_HARM_OTHERS|VOLUNTARY,INVOLUNTARY_SELF_HARM,TEMP_PROTECTIVE,RELEASED,ABSENT,CLOSED",
                "TEMP_PROTECTIVE|VOLUNTARY,VOLUNTARY_BY_REPRESENTATIVE,INVOLUNTARY_SELF_HARM,INVOLUNTARY_HARM_OTHERS,COMPULSORY_TREATMENT,RELEASED,ABSENT,CLOSED",
                "COMPULSORY_TREATMENT|RELEASED,ABSENT,CLOSED",
                "RELEASED|OBSERVATION,VOLUNTARY,TEMP_PROTECTIVE,COMPULSORY_TREATMENT,CLOSED",
                "CLOSED|",
            })
    void storesWhatC9Lists(String from, String targets) {
        Set<String> expected = targets == null ? Set.of() : new TreeSet<>(Arrays.asList(targets.split(",")));
        StatusHistory history = from.equals("-") ? in() : in(from);
        Set<String> allowed = new TreeSet<>();
        STATUSES.stream().filter(to -> lists(history, to)).forEach(allowed::add);
        assertThat(allowed).isEqualTo(expected);
    }

    /** An absence keeps the type; only that one comes back. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "OBSERVATION",
                "VOLUNTARY",
                "VOLUNTARY_BY_REPRESENTATIVE",
                "INVOLUNTARY_SELF_HARM",
                "INVOLUNTARY_HARM_OTHERS",
                "TEMP_PROTECTIVE",
                "COMPULSORY_TREATMENT"
            })
    void whoReturnsReturnsToWhatHeWas(String type) {
        StatusHistory history = in("OBSERVATION", type, "ABSENT");
        Set<String> allowed = new TreeSet<>();
        STATUSES.stream().filter(to -> lists(history, to)).forEach(allowed::add);
        assertThat(allowed).isEqualTo(new TreeSet<>(Set.of(type, "RELEASED", "CLOSED")));
        // to return proves nothing anew
        allows(history, type);
    }

    @Test
    void nothingUnknownIsStored() {
        assertThat(lists(in("OBSERVATION"), "DETAINED")).isFalse();
        assertThat(lists(in("NOWHERE"), "RELEASED")).isFalse();
    }

    // ---- evidence

    private void submit(String form, Duration ago, String by, Map<String, Object> data) {
        stored.put(
                form,
                new Submission(
                        UUID.randomUUID(),
                        CASE,
                        null,
                        "p",
                        "t",
                        form,
                        "d",
                        by,
                        NOW.minus(ago),
                        "LEG",
                        "digest",
                        new HashMap<>(data)));
    }

    private void diagnosis(Duration ago, String conclusion, String self, String others) {
        submit(
                "diagnosis",
                ago,
                "doctor",
                Map.of("diagnosisConclusion", conclusion, "dangerToSelf", self, "dangerToOthers", others));
    }

    private void allows(StatusHistory history, String to) {
        assertThatCode(() -> gate.check(CASE, history, to, NOW)).doesNotThrowAnyException();
    }

    private void refuses(StatusHistory history, String to, String requirement) {
        assertThatThrownBy(() -> gate.check(CASE, history, to, NOW)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.type()).isEqualTo("legal-status-evidence");
            assertThat(problem.properties()).containsEntry("requirement", requirement);
        });
    }

    private static final Duration JUST_NOW = Duration.ofMinutes(5);
    private static final Duration BEFORE_THE_STAY = Duration.ofDays(3);

    @Test
    void noInvoluntaryStayWithoutASevereDisorderSignedByAPsychiatristSinceThePersonCame() {
        StatusHistory held = in("OBSERVATION");
        refuses(held, "INVOLUNTARY_HARM_OTHERS", "SEVERE");
        diagnosis(JUST_NOW, "MD_NOT_SEVERE", "NONE", "ACT");
        refuses(held, "INVOLUNTARY_HARM_OTHERS", "SEVERE");
        diagnosis(BEFORE_THE_STAY, "SMD", "NONE", "ACT");
        refuses(held, "INVOLUNTARY_HARM_OTHERS", "SEVERE");
        submit("diagnosis", JUST_NOW, "nurse", Map.of("diagnosisConclusion", "SMD", "dangerToOthers", "ACT"));
        refuses(held, "INVOLUNTARY_HARM_OTHERS", "SEVERE");
        diagnosis(JUST_NOW, "SMD", "ACT", "NONE");
        refuses(held, "INVOLUNTARY_HARM_OTHERS", "DANGER_TO_OTHERS");
        diagnosis(JUST_NOW, "SMD", "NONE", "RISK");
        allows(held, "INVOLUNTARY_HARM_OTHERS");
        refuses(held, "INVOLUNTARY_SELF_HARM", "DANGER_TO_SELF");
    }

    @Test
    void theNewestConclusionCounts() {
        StatusHistory held = in("OBSERVATION");
        diagnosis(Duration.ofMinutes(30), "SMD", "NONE", "ACT");
        submit("limit-conclusion", JUST_NOW, "doctor", Map.of("diagnosisConclusion", "NOT_MD"));
        refuses(held, "INVOLUNTARY_HARM_OTHERS", "SEVERE");
        submit("limit-conclusion", Duration.ofMinutes(50), "doctor", Map.of("diagnosisConclusion", "NOT_MD"));
        allows(held, "INVOLUNTARY_HARM_OTHERS");
        submit("rediagnosis-conclusion", JUST_NOW, "doctor", Map.of("redxConclusion", "NOT_SMD"));
        refuses(held, "INVOLUNTARY_HARM_OTHERS", "SEVERE");
    }

    @Test
    void aVoluntaryStayNeedsADiagnosisToo() {
        refuses(in("OBSERVATION"), "VOLUNTARY", "DIAGNOSED");
        diagnosis(JUST_NOW, "UNDETERMINED", "NONE", "NONE");
        refuses(in("OBSERVATION"), "VOLUNTARY", "DIAGNOSED");
        diagnosis(JUST_NOW, "MD_NOT_SEVERE", "NONE", "NONE");
        allows(in("OBSERVATION"), "VOLUNTARY");
        allows(in("OBSERVATION"), "VOLUNTARY_BY_REPRESENTATIVE");
        refuses(in(), "VOLUNTARY", "CONSENT");
    }

    private void guardian(String status, @Nullable String consentAt) {
        Map<String, Object> data = new HashMap<>(Map.of("guardianStatus", status));
        if (consentAt != null) {
            data.put("guardianConsentAt", consentAt);
        }
        submit("guardian-contact", Duration.ofMinutes(20), "nurse", data);
    }

    @Test
    void dangerToSelfNeedsTheGuardianAndHisVetoHolds() {
        StatusHistory held = in("OBSERVATION");
        diagnosis(JUST_NOW, "SMD", "ACT", "NONE");
        refuses(held, "INVOLUNTARY_SELF_HARM", "GUARDIAN");
        guardian("UNREACHABLE", null);
        refuses(held, "INVOLUNTARY_SELF_HARM", "GUARDIAN");
        guardian("PRESENT_CONSENT", null);
        refuses(held, "INVOLUNTARY_SELF_HARM", "GUARDIAN");
        guardian("PRESENT_CONSENT", "2026-05-20T16:30:00+08:00");
        refuses(held, "INVOLUNTARY_SELF_HARM", "GUARDIAN");
        guardian("PRESENT_CONSENT", "2026-05-20T15:30:00+08:00");
        allows(held, "INVOLUNTARY_SELF_HARM");
        submit("guardian-refusal", JUST_NOW, "nurse", Map.of("refusalRef", "JJ-1"));
        refuses(held, "INVOLUNTARY_SELF_HARM", "GUARDIAN_NOT_REFUSED");
        stored.remove("guardian-refusal");
        guardian("PRESENT_REFUSE", "2026-05-20T15:30:00+08:00");
        refuses(held, "INVOLUNTARY_SELF_HARM", "GUARDIAN_NOT_REFUSED");
        guardian("HOMELESS_NOT_FOUND", null);
        allows(held, "INVOLUNTARY_SELF_HARM");
        // harm to others asks nobody
        guardian("PRESENT_REFUSE", null);
        diagnosis(JUST_NOW, "SMD", "ACT", "ACT");
        allows(held, "INVOLUNTARY_HARM_OTHERS");
    }

    @Test
    void consentOfAnEarlierStayDoesNotCount() {
        diagnosis(JUST_NOW, "SMD", "ACT", "NONE");
        submit(
                "guardian-contact",
                BEFORE_THE_STAY,
                "nurse",
                Map.of("guardianStatus", "PRESENT_CONSENT", "guardianConsentAt", "2026-05-17T15:30:00+08:00"));
        refuses(in("OBSERVATION"), "INVOLUNTARY_SELF_HARM", "GUARDIAN");
    }

    @Test
    void nobodyIsConvertedInSilence() {
        StatusHistory voluntary = in("OBSERVATION", "VOLUNTARY");
        // the conclusion of the admission: in the stay, but before the voluntary status
        diagnosis(Duration.ofMinutes(90), "SMD", "NONE", "ACT");
        refuses(voluntary, "INVOLUNTARY_HARM_OTHERS", "NEW_CONCLUSION");
        diagnosis(JUST_NOW, "SMD", "NONE", "ACT");
        allows(voluntary, "INVOLUNTARY_HARM_OTHERS");
        refuses(in("OBSERVATION", "INVOLUNTARY_SELF_HARM"), "VOLUNTARY", "CONSENT");
    }

    @Test
    void aChangeOfTheInvoluntaryTypeNeedsANewConclusion() {
        diagnosis(Duration.ofMinutes(90), "SMD", "ACT", "ACT");
        guardian("PRESENT_CONSENT", "2026-05-20T15:30:00+08:00");
        refuses(in("OBSERVATION", "INVOLUNTARY_SELF_HARM"), "INVOLUNTARY_HARM_OTHERS", "NEW_CONCLUSION");
        refuses(in("OBSERVATION", "INVOLUNTARY_HARM_OTHERS"), "INVOLUNTARY_SELF_HARM", "NEW_CONCLUSION");
        submit(
                "rediagnosis-conclusion",
                JUST_NOW,
                "doctor",
                Map.of("redxConclusion", "SMD", "redxDangerToSelf", "RISK", "redxDangerToOthers", "NONE"));
        allows(in("OBSERVATION", "INVOLUNTARY_HARM_OTHERS"), "INVOLUNTARY_SELF_HARM");
        refuses(in("OBSERVATION", "INVOLUNTARY_SELF_HARM"), "INVOLUNTARY_HARM_OTHERS", "DANGER_TO_OTHERS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVOLUNTARY_SELF_HARM", "INVOLUNTARY_HARM_OTHERS"})
    void toStayOfFreeWillNeedsFreshConsent(String type) {
        StatusHistory stay = in("OBSERVATION", type);
        refuses(stay, "VOLUNTARY", "CONSENT");
        submit("voluntary-consent", Duration.ofMinutes(90), "nurse", Map.of("consentGiven", true));
        refuses(stay, "VOLUNTARY", "CONSENT");
        submit("voluntary-consent", JUST_NOW, "nurse", Map.of("consentGiven", false));
        refuses(stay, "VOLUNTARY", "CONSENT");
        submit("voluntary-consent", JUST_NOW, "nurse", Map.of("consentGiven", true));
        allows(stay, "VOLUNTARY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OBSERVATION", "INVOLUNTARY_SELF_HARM", "INVOLUNTARY_HARM_OTHERS"})
    void protectiveRestraintNeedsThePolice(String from) {
        refuses(in(from), "TEMP_PROTECTIVE", "POLICE_APPROVAL");
        submit("temporary-restraint", JUST_NOW, "nurse", Map.of("restraintApproved", false));
        refuses(in(from), "TEMP_PROTECTIVE", "POLICE_APPROVAL");
        submit("temporary-restraint", JUST_NOW, "nurse", Map.of("restraintApproved", true));
        allows(in(from), "TEMP_PROTECTIVE");
        stored.clear();
        submit("criminal-track", JUST_NOW, "nurse", Map.of("tempProtectiveApproved", true));
        allows(in(from), "TEMP_PROTECTIVE");
        submit("criminal-track", BEFORE_THE_STAY, "nurse", Map.of("tempProtectiveApproved", true));
        refuses(in(from), "TEMP_PROTECTIVE", "POLICE_APPROVAL");
    }

    @Test
    void compulsoryTreatmentNeedsTheCourt() {
        Map<String, Object> papers =
                Map.of("decisionNo", "J-1", "executionNoticeNo", "Z-1", "originalsSeen", true, "identityMatch", true);
        for (StatusHistory before : List.of(in(), in("TEMP_PROTECTIVE"), in("OBSERVATION"), in("RELEASED"))) {
            stored.clear();
            refuses(before, "COMPULSORY_TREATMENT", "COURT_PAPERS");
            for (String missing : papers.keySet()) {
                Map<String, Object> less = new HashMap<>(papers);
                if (papers.get(missing) instanceof Boolean) {
                    less.put(missing, false);
                } else {
                    less.remove(missing);
                }
                submit("ct-intake", JUST_NOW, "nurse", less);
                refuses(before, "COMPULSORY_TREATMENT", "COURT_PAPERS");
            }
            submit("ct-intake", JUST_NOW, "nurse", papers);
            allows(before, "COMPULSORY_TREATMENT");
        }
        // papers of a stay that ended do not begin another
        submit("ct-intake", BEFORE_THE_STAY, "nurse", papers);
        refuses(in("RELEASED"), "COMPULSORY_TREATMENT", "COURT_PAPERS");
    }

    @Test
    void aHospitalNeverEndsCompulsoryTreatmentAndAbsenceIsNoWayOut() {
        for (StatusHistory stay :
                List.of(in("COMPULSORY_TREATMENT"), in("TEMP_PROTECTIVE", "COMPULSORY_TREATMENT", "ABSENT"))) {
            stored.clear();
            refuses(stay, "RELEASED", "COURT_RELEASE");
            submit("release-record", JUST_NOW, "doctor", Map.of("releaseReason", "NOT_NEEDED"));
            refuses(stay, "RELEASED", "COURT_RELEASE");
            Map<String, Object> decision =
                    new HashMap<>(Map.of("releaseDecision", "CONTINUE", "releaseDecisionNo", "J-2"));
            submit("ct-release-decision", JUST_NOW, "nurse", decision);
            refuses(stay, "RELEASED", "COURT_RELEASE");
            decision.put("releaseDecision", "RELEASE");
            submit("ct-release-decision", BEFORE_THE_STAY, "nurse", decision);
            refuses(stay, "RELEASED", "COURT_RELEASE");
            submit("ct-release-decision", JUST_NOW, "nurse", decision);
            allows(stay, "RELEASED");
            stored.clear();
            submit("ct-revocation", JUST_NOW, "nurse", Map.of("revocationNo", "C-1"));
            allows(stay, "RELEASED");
            stored.clear();
            submit("ct-new-decision", JUST_NOW, "nurse", Map.of("correctionResult", "KEPT"));
            refuses(stay, "RELEASED", "COURT_RELEASE");
            submit("ct-new-decision", JUST_NOW, "nurse", Map.of("correctionResult", "REVOKED"));
            allows(stay, "RELEASED");
            stored.clear();
            // defective papers are refused or completed before the intake; afterwards only the court ends the stay
            submit("ct-refusal-followup", JUST_NOW, "nurse", Map.of("refusalResult", "COMPLETED"));
            refuses(stay, "RELEASED", "COURT_RELEASE");
            stored.clear();
            refuses(stay, "CLOSED", "DEATH");
        }
        // others who went away may be released by the rule of the hospital
        allows(in("VOLUNTARY", "ABSENT"), "RELEASED");
    }

    @Test
    void onlyDeathCloses() {
        refuses(in("INVOLUNTARY_HARM_OTHERS"), "CLOSED", "DEATH");
        submit("event-report", JUST_NOW, "nurse", Map.of("eventKind", "SERIOUS_INJURY"));
        refuses(in("INVOLUNTARY_HARM_OTHERS"), "CLOSED", "DEATH");
        submit("event-report", JUST_NOW, "nurse", Map.of("eventKind", "DEATH"));
        allows(in("INVOLUNTARY_HARM_OTHERS"), "CLOSED");
    }

    @Test
    void everyFormThatCountsAsEvidenceExists() throws IOException {
        String seeds = Files.readString(Path.of("seeds", "legal-status.yaml"));
        Set<String> named = Pattern.compile("\\{forms: \\[([^]]+)]")
                .matcher(seeds)
                .results()
                .flatMap(list -> Arrays.stream(list.group(1).split(", ")))
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.walk(Path.of("forms"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".form"))
                            .map(name -> name.replace(".form", "")))
                    .containsAll(named);
        }
        assertThat(named).contains("diagnosis", "event-report");
    }
}
