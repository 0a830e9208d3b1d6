package org.greenchannel.notification;

import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/** How people want to be told, and where text messages and chat reach them. Everybody sees and changes only his own. */
public interface NoticePreferences {
    /**
     * Choices of an account.
     *
     * @param channels the channels that are on for each kind; {@code IN_APP} means that the bell rings
     * @param quietFrom start of the quiet hours, local time, or null for none; urgent notices go out in them too
     * @param quietUntil their end
     * @param digest whether what is not urgent goes out once a day
     * @param own false while the defaults of the city apply
     */
    record Choices(
            Map<NoticeKind, Set<Channel>> channels,
            @Nullable LocalTime quietFrom,
            @Nullable LocalTime quietUntil,
            boolean digest,
            boolean own) {

        /** Whether a kind goes out this way. */
        public boolean has(NoticeKind kind, Channel channel) {
            return channels.getOrDefault(kind, Set.of()).contains(channel);
        }
    }

    /**
     * Where a gateway reaches the account.
     *
     * @param shown the address with its middle hidden
     * @param verifiedAt when the code was entered; nothing is sent before
     */
    record Address(Channel channel, String shown, @Nullable Instant verifiedAt) {}

    /** The viewer's choices, or the defaults of the city. */
    Choices of(Viewer viewer);

    /** Keeps the viewer's choices; the bell stays on for deadlines. Problem {@code quiet-hours} when only one end is given. */
    Choices save(Choices wanted, Viewer viewer);

    /** Forgets the viewer's choices; those of the city apply. */
    Choices reset(Viewer viewer);

    /** Channels this installation can send by. */
    List<Channel> available();

    /** The viewer's addresses. */
    List<Address> addresses(Viewer viewer);

    /**
     * Keeps an address and sends a code to it; a mail box is used once it is confirmed, until then the account's own. Problems:
     * {@code channel-off}, {@code address-invalid}, {@code mail-invalid}, {@code mail-elsewhere}, {@code code-too-soon},
     * {@code gateway-silent}, {@code mail-silent}.
     */
    void address(Channel channel, String address, Viewer viewer);

    /** Confirms an address. Problems: {@code code-wrong}, {@code code-expired}, {@code code-tries}, {@code code-used}. */
    void verify(Channel channel, String code, Viewer viewer);

    /** Forgets an address. */
    void forget(Channel channel, Viewer viewer);
}
