package org.greenchannel.organisation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/** Who acts for whom while somebody is away. A deputy uses his own account, roles and licences; he gets none of his principal's. */
public interface Deputies {

    /**
     * One appointment.
     *
     * @param principal who is away
     * @param deputy who acts for him
     * @param from first day
     * @param to last day
     * @param active whether the deputy acts today
     */
    record Deputy(
            UUID id,
            String principal,
            String deputy,
            LocalDate from,
            LocalDate to,
            Instant createdAt,
            @Nullable Instant revokedAt,
            boolean active) {}

    /**
     * The viewer appoints a deputy. Problems {@code deputy-self}, {@code deputy-dates} (the range is empty, over, or longer
     * than a year) and {@code deputy-unqualified} (not of the same organisation, or without a role in common).
     */
    Deputy appoint(String deputy, LocalDate from, LocalDate to, Viewer viewer);

    /** Ends an appointment now: the principal takes it back or the deputy declines. Problem {@code deputy-unknown} otherwise. */
    Deputy revoke(UUID id, Viewer viewer);

    /** Appointments by the viewer and of the viewer, the newest first. */
    List<Deputy> of(Viewer viewer);

    /** Those for whom the account acts today. */
    Set<String> principals(String username);

    /** Accounts the viewer may appoint. */
    List<Account> candidates(Viewer viewer);
}
