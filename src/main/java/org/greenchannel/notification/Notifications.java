package org.greenchannel.notification;

import java.util.List;
import java.util.UUID;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/** What accounts were told, what people must still be told, and what could not be delivered. */
public interface Notifications {
    /** The viewer's notifications, newest first. */
    Page<Notification> list(Viewer viewer, boolean unreadOnly, int limit, @Nullable String cursor);

    /** How many the viewer has not read, counted up to 100. */
    int unread(Viewer viewer);

    /** Marks one as read; nothing happens when it is not the viewer's. */
    void markRead(UUID notificationId, Viewer viewer);

    /** Marks all as read. */
    void markAllRead(Viewer viewer);

    /** Duties to tell patient or guardian on a case, open ones first; the caller has checked access. */
    List<Duty> duties(UUID caseId);

    /**
     * Open duties that fall to the viewer, oldest first: those of messages that told his role at his organisation too, since
     * whoever learns of a decision that concerns people passes it on to them.
     */
    List<Duty> openDuties(Viewer viewer, int limit);

    /**
     * Closes a duty of the viewer's; problem {@code duty-unknown}, also when it falls to others, or conflict {@code duty-done}. A
     * person who was not reached stays to be
     * told: a new duty opens.
     *
     * @param result {@code REACHED}, {@code NOT_REACHED} or {@code IN_PERSON}
     */
    void finishDuty(UUID caseId, UUID dutyId, String result, Viewer viewer);

    /** Deliveries that failed three times or more or are given up, newest first; for those who may send them again. */
    List<FailedDelivery> failed(int limit, Viewer viewer);

    /** Tries a failed delivery again now; problem {@code delivery-unknown} when there is none, for those who may. */
    void retry(UUID deliveryId, Viewer viewer);
}
