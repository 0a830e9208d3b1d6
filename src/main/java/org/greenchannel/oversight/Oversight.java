package org.greenchannel.oversight;

import java.util.List;
import java.util.UUID;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/**
 * What supervisors and auditors see: alerts, breached clocks, the history of all cases. Everything is limited to the areas
 * the viewer is responsible for; problem {@code forbidden} without the right of the access table.
 */
public interface Oversight {
    /** Alerts of the viewer's areas and those addressed to his groups, newest first. @param open only those nobody took note of */
    Page<Alert> alerts(boolean open, Viewer viewer, int limit, @Nullable String cursor);

    /** Takes note of an alert; a second time changes nothing. Problem {@code alert-unknown} when there is none. */
    Alert see(UUID alertId, Viewer viewer);

    /** The history of all cases, newest first; the look is audited. Action {@code history.read}. */
    Page<HistoryEntry> history(HistoryQuery query, Viewer viewer);

    /** Clocks past their end, newest breach first. Action {@code oversight.read}. */
    List<BreachedClock> breached(Viewer viewer, int limit);

    /** The register of delayed discharges, longest delay first. Action {@code oversight.read}. */
    List<DelayedDischarge> delayed(Viewer viewer, int limit);
}
