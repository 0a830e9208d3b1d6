package org.greenchannel.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.clock.ClockDefinition;
import org.greenchannel.clock.Due;
import org.greenchannel.clock.LegalClock;
import org.greenchannel.engine.StepContext;
import org.greenchannel.engine.TaskCompletion;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Notices leave a proof of service and start the period of the right for whoever received them. */
class RightsReceiptTests {

    private static final String DELIVERED = "2026-11-22T13:45:00+08:00";
    private static final Instant DELIVERED_AT = Instant.parse("2026-11-22T05:45:00Z");

    private final DocumentFixture fixture = new DocumentFixture();
    private final UUID caseId = UUID.randomUUID();

    @BeforeEach
    void aCaseOfItsOwn() {
        CaseSummary file = PaperFixture.FILE;
        when(fixture.cases.byId(caseId))
                .thenReturn(new CaseSummary(
                        caseId,
                        file.number(),
                        file.processKey(),
                        file.personId(),
                        file.areaCode(),
                        file.legalStatus(),
                        file.admissionType(),
                        file.stage(),
                        null,
                        file.hospital(),
                        file.openedBy(),
                        file.openedAt(),
                        null,
                        1));
        when(fixture.cases.signers(caseId)).thenReturn(Map.of("DiagnosePerson", List.of("doctor-1")));
    }

    @Test
    void recordsTheServiceAndStartsThePeriod() {
        serve("RN-04", "PATIENT", Map.of("understood", "PARTLY", "repeatAt", "2026-11-23"));
        assertThat(fixture.documents.services(caseId)).singleElement().satisfies(service -> {
            assertThat(service.noticeCode()).isEqualTo("RN-04");
            assertThat(service.recipient()).isEqualTo("PATIENT");
            assertThat(service.oral()).isTrue();
            assertThat(service.written()).isTrue();
            assertThat(service.repeatAt()).isEqualTo(LocalDate.of(2026, 11, 23));
            assertThat(service.witness()).isEqualTo("worker-1");
            assertThat(service.deliveredAt()).isEqualTo(DELIVERED_AT);
            assertThat(service.delivered()).isTrue();
            assertThat(fixture.documents.get(caseId, service.documentId()).recipient())
                    .isEqualTo("PATIENT");
        });
        verify(fixture.clocks).start(caseId, "T05", "PATIENT", null, DELIVERED_AT);
        verify(fixture.cases).tell(eq(caseId), eq(DELIVERED_AT), eq("NOTICE"), any(), any(), eq("nurse-1"), any());
    }

    @Test
    void anAttemptStartsNoPeriod() {
        serve("RN-04", "GUARDIAN", Map.of("attempted", true, "oral", false, "written", false));
        assertThat(fixture.documents.services(caseId)).singleElement().matches(service -> !service.delivered());
        verify(fixture.clocks, never()).start(any(), anyString(), any(), any(), any());
    }

    @Test
    void noticesWithoutAPeriodStartNone() {
        serve("RN-02", "PATIENT", Map.of());
        verify(fixture.clocks, never()).start(any(), anyString(), any(), any(), any());
    }

    @Test
    void servesThePaperOfTheTaskBeforeTheNotice() {
        fixture.transaction.executeWithoutResult(t -> fixture.receipt.apply(completion(
                Map.of("notice", "RN-04", "paper", "RN-04-2", "recipient", "PATIENT"),
                Map.of("deliveredAt", DELIVERED))));
        assertThat(fixture.documents.services(caseId))
                .extracting(Service::noticeCode)
                .containsExactly("RN-04-2");
        verify(fixture.clocks, never()).start(any(), anyString(), any(), any(), any());
    }

    @Test
    void addsATranslationForWhoeverReadsNoChinese() {
        serve("RN-04", "PATIENT", Map.of("language", "FOREIGN"));
        assertThat(fixture.documents.list(caseId))
                .extracting(DocumentSummary::language)
                .containsExactlyInAnyOrder("zh", "en");
    }

    @Test
    void theDiagnosingDoctorIsNoWitness() {
        assertThatThrownBy(() -> serve("RN-04", "PATIENT", Map.of("witness", "doctor-1")))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.kind()).isEqualTo(Problem.Kind.INVALID);
                    assertThat(problem.errors()).singleElement().satisfies(error -> {
                        assertThat(error.pointer()).isEqualTo("/data/witness");
                        assertThat(error.message().en()).contains("witness");
                    });
                });
        assertThat(fixture.documents.services(caseId)).isEmpty();
    }

    @Test
    void whoeverDidNotUnderstandIsToldAgainOnTheDayAgreed() {
        serve("RN-04", "PATIENT", Map.of("understood", "NO", "repeatAt", "2026-11-24"));
        verify(fixture.processes)
                .start(
                        caseId,
                        "rights-notice",
                        Map.of(
                                "noticeCode", "RN-04",
                                "noticeRecipient", "PATIENT",
                                "noticeServers", "ward-nurse@zz-hosp-8",
                                "noticeRepeat", true,
                                "noticeRepeatAt", Date.from(Instant.parse("2026-11-24T00:00:00Z"))));
    }

    @Test
    void whoeverUnderstoodOrWasNotReachedIsNotToldAgain() {
        serve("RN-04", "PATIENT", Map.of("understood", "YES", "repeatAt", "2026-11-24"));
        serve("RN-04", "GUARDIAN", Map.of("attempted", true, "repeatAt", "2026-11-24"));
        verifyNoInteractions(fixture.processes);
    }

    @Test
    void aModelThatRepeatsByItselfLearnsWhen() {
        var said = fixture.transaction.execute(t -> fixture.receipt.apply(completion(
                Map.of("notice", "RN-05", "recipient", "PATIENT", "repeat", "model"),
                Map.of("oral", true, "written", true, "understood", "PARTLY", "repeatAt", "2026-11-24"))));
        assertThat(said)
                .containsEntry("noticeUnderstood", "PARTLY")
                .containsEntry("noticeRepeat", true)
                .containsEntry("noticeRepeatAt", Date.from(Instant.parse("2026-11-24T00:00:00Z")));
        verifyNoInteractions(fixture.processes);
    }

    @Test
    void theModelNamesFurtherTasksWhoseSignersAreNoWitness() {
        when(fixture.cases.signers(caseId)).thenReturn(Map.of("AssessPatient", List.of("worker-1")));
        assertThatThrownBy(() -> fixture.receipt.apply(completion(
                        Map.of("notice", "RN-09", "recipient", "PATIENT", "notWitness", "OrderMeasure, AssessPatient"),
                        Map.of("witness", "worker-1"))))
                .isInstanceOf(Problem.class);
    }

    @Test
    void countsTheDaysOfTheApplicant() {
        serve("RN-04", "GUARDIAN", Map.of());
        when(fixture.clocks.civilDays(LocalDate.of(2026, 11, 22), LocalDate.of(2026, 11, 26)))
                .thenReturn(4);
        assertThat(countDays("GUARDIAN", "2026-11-26T02:00:00Z"))
                .containsEntry("conclusionServed", true)
                .containsEntry("daysSinceConclusion", 4);
        assertThat(countDays("AGENT", "2026-11-26T02:00:00Z")).containsEntry("conclusionServed", true);
        assertThat(countDays("PATIENT", "2026-11-26T02:00:00Z"))
                .containsEntry("conclusionServed", false)
                .containsEntry("daysSinceConclusion", 0);
        assertThat(countDays("NEAR_RELATIVE", "2026-11-26T02:00:00Z")).containsEntry("conclusionServed", false);
    }

    @Test
    void aRequestBeforeTheRolledEndIsInTime() {
        serve("RN-04", "PATIENT", Map.of());
        when(fixture.clocks.civilDays(any(), any())).thenReturn(5);
        var period = new LegalClock(
                UUID.randomUUID(),
                caseId,
                new ClockDefinition("T05", Text.same("x"), "CAL_CIVIL", 3, Text.same("x"), "L", "WINDOW_CLOSES"),
                "PATIENT",
                null,
                DELIVERED_AT,
                new Due(Instant.parse("2026-11-25T16:00:00Z"), Instant.parse("2026-11-27T16:00:00Z")),
                "RUNNING",
                null,
                null,
                null);
        when(fixture.clocks.latest(caseId, "T05", "PATIENT")).thenReturn(Optional.of(period));
        assertThat(countDays("PATIENT", "2026-11-27T15:00:00Z")).containsEntry("daysSinceConclusion", 3);
        assertThat(countDays("PATIENT", "2026-11-27T17:00:00Z")).containsEntry("daysSinceConclusion", 5);
    }

    private Map<String, Object> countDays(String applicant, String now) {
        var set = new HashMap<String, Object>();
        StepContext step = mock();
        when(step.caseId()).thenReturn(caseId);
        when(step.now()).thenReturn(Instant.parse(now));
        when(step.variable("applicantRole")).thenReturn(applicant);
        org.mockito.Mockito.doAnswer(call -> set.put(call.getArgument(0), call.getArgument(1)))
                .when(step)
                .set(anyString(), any());
        new CountDaysStep(fixture.services, fixture.clocks, fixture.forms, PaperFixture.ZONE).execute(step);
        return set;
    }

    private void serve(String notice, String recipient, Map<String, Object> more) {
        var data = new HashMap<String, Object>(Map.of(
                "oral",
                true,
                "written",
                true,
                "language",
                "MANDARIN",
                "understood",
                "YES",
                "witness",
                "worker-1",
                "refusedToSign",
                false,
                "deliveredAt",
                DELIVERED));
        data.putAll(more);
        fixture.transaction.executeWithoutResult(
                t -> fixture.receipt.apply(completion(Map.of("notice", notice, "recipient", recipient), data)));
    }

    private TaskCompletion completion(Map<String, String> properties, Map<String, Object> data) {
        return new TaskCompletion(
                caseId,
                UUID.randomUUID(),
                UUID.randomUUID(),
                "emergency-admission",
                "instance",
                "ServeNoticeToPatient",
                properties,
                Map.of(),
                data,
                DocumentFixture.DOCTOR,
                PaperFixture.NOW);
    }
}
