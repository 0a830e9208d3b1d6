package org.greenchannel.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.engine.StepContext;
import org.greenchannel.kernel.Text;
import org.junit.jupiter.api.Test;

class ClockStepsTests {

    private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");

    private final UUID caseId = UUID.randomUUID();
    private final LegalClocks clocks = mock(LegalClocks.class);
    private final StepContext step = mock(StepContext.class);

    private LegalClock clock(String recipient, UUID item, Instant stopped) {
        var definition =
                new ClockDefinition("T05", Text.same("x"), "CAL_CIVIL", 3, Text.same("x"), "L", "WINDOW_CLOSES");
        return new LegalClock(
                UUID.randomUUID(),
                caseId,
                definition,
                recipient,
                item,
                NOW,
                new Due(NOW, NOW.plusSeconds(9)),
                stopped == null ? "RUNNING" : "MET",
                stopped,
                null,
                null);
    }

    private void parameters(String recipient) {
        when(step.caseId()).thenReturn(caseId);
        when(step.now()).thenReturn(NOW);
        when(step.parameter("clock")).thenReturn("T05");
        when(step.optional("recipient")).thenReturn(Optional.ofNullable(recipient));
        when(step.optional("reason")).thenReturn(Optional.empty());
        when(clocks.definition("T05")).thenReturn(clock(null, null, null).definition());
    }

    @Test
    void startsForTheRecipientAndHandsTheEndToTheModel() {
        parameters("PATIENT");
        when(step.optional("variable")).thenReturn(Optional.of("observationUntil"));
        when(clocks.start(caseId, "T05", "PATIENT", null, NOW)).thenReturn(clock("PATIENT", null, null));
        new StartClock(clocks).execute(step);
        verify(step).set("observationUntil", Date.from(NOW.plusSeconds(9)));
    }

    @Test
    void stopsAllRecipientsOrOne() {
        when(clocks.of(caseId))
                .thenReturn(List.of(
                        clock("PATIENT", null, null),
                        clock("GUARDIAN", null, null),
                        clock(null, UUID.randomUUID(), null)));
        parameters(null);
        new StopClock(clocks).execute(step);
        verify(clocks).stop(caseId, "T05", "PATIENT", null, "MET", NOW);
        verify(clocks).stop(caseId, "T05", "GUARDIAN", null, "MET", NOW);
        verify(clocks, never()).stop(caseId, "T05", null, null, "MET", NOW);
        org.mockito.Mockito.clearInvocations(clocks);
        parameters("GUARDIAN");
        new StopClock(clocks).execute(step);
        verify(clocks, never()).stop(caseId, "T05", "PATIENT", null, "MET", NOW);
        verify(clocks).stop(caseId, "T05", "GUARDIAN", null, "MET", NOW);
        assertThat(clocks.of(caseId)).hasSize(3);
    }
}
