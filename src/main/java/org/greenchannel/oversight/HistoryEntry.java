package org.greenchannel.oversight;

import java.time.Instant;
import java.util.UUID;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/** Who did what when under which article on which case. */
public record HistoryEntry(
        UUID id,
        String caseNumber,
        String processKey,
        String areaCode,
        Instant at,
        String kind,
        Text title,
        String basis,
        @Nullable String actor) {}
