package org.greenchannel.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.greenchannel.notification.NoticePreferences.Choices;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of choices and addresses. */
@Repository
class PreferenceTable {

    /** An address, encrypted. */
    record AddressRow(
            Channel channel,
            byte[] sealed,
            byte @Nullable [] code,
            @Nullable Instant codeExpiresAt,
            int tries,
            Instant askedAt,
            @Nullable Instant verifiedAt) {}

    private final JdbcClient jdbc;

    PreferenceTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Choices> choices(String username) {
        return jdbc.sql(
                        "select choices, quiet_from, quiet_until, digest from notification.preference where username = ?")
                .param(username)
                .query((row, n) -> new Choices(
                        parsed(Arrays.asList((String[]) row.getArray("choices").getArray())),
                        row.getObject("quiet_from", LocalTime.class),
                        row.getObject("quiet_until", LocalTime.class),
                        row.getBoolean("digest"),
                        true))
                .optional();
    }

    void save(String username, Choices choices, Instant now) {
        jdbc.sql(
                        """
                        insert into notification.preference (username, choices, quiet_from, quiet_until, digest, updated_at)
                        values (:username, :choices, :from, :until, :digest, :now)
                        on conflict (username) do update set choices = excluded.choices, quiet_from = excluded.quiet_from,
                               quiet_until = excluded.quiet_until, digest = excluded.digest,
                               updated_at = excluded.updated_at""")
                .param("username", username)
                .param("choices", words(choices.channels()).toArray(String[]::new))
                .param("from", choices.quietFrom())
                .param("until", choices.quietUntil())
                .param("digest", choices.digest())
                .param("now", Timestamp.from(now))
                .update();
    }

    void reset(String username) {
        jdbc.sql("delete from notification.preference where username = ?")
                .param(username)
                .update();
    }

    Optional<AddressRow> address(String username, Channel channel) {
        return addresses(username).stream()
                .filter(row -> row.channel() == channel)
                .findFirst();
    }

    List<AddressRow> addresses(String username) {
        return jdbc.sql("select * from notification.address where username = ? order by channel desc")
                .param(username)
                .query(PreferenceTable::address)
                .list();
    }

    void address(String username, Channel channel, byte[] sealed, byte[] code, Instant expires, Instant now) {
        jdbc.sql(
                        """
                        insert into notification.address
                               (username, channel, sealed, code_digest, code_expires_at, code_tries, asked_at)
                        values (?, ?, ?, ?, ?, 0, ?)
                        on conflict (username, channel) do update set sealed = excluded.sealed,
                               code_digest = excluded.code_digest, code_expires_at = excluded.code_expires_at,
                               code_tries = 0, asked_at = excluded.asked_at, verified_at = null""")
                .params(username, channel.name(), sealed, code, Timestamp.from(expires), Timestamp.from(now))
                .update();
    }

    /** Counts a try before the code is compared, so that guesses at the same time all count; false when none is left. */
    boolean attempt(String username, Channel channel, int most, Instant now) {
        return jdbc.sql(
                                """
                                update notification.address set code_tries = code_tries + 1
                                 where username = ? and channel = ? and code_tries < ? and code_expires_at > ?""")
                        .params(username, channel.name(), most, Timestamp.from(now))
                        .update()
                == 1;
    }

    void verified(String username, Channel channel, Instant now) {
        jdbc.sql(
                        """
                        update notification.address set verified_at = ?, code_digest = null, code_expires_at = null
                         where username = ? and channel = ?""")
                .params(Timestamp.from(now), username, channel.name())
                .update();
    }

    boolean forget(String username, Channel channel) {
        return jdbc.sql("delete from notification.address where username = ? and channel = ?")
                        .params(username, channel.name())
                        .update()
                == 1;
    }

    private static AddressRow address(ResultSet row, int n) throws SQLException {
        return new AddressRow(
                Channel.valueOf(row.getString("channel")),
                row.getBytes("sealed"),
                row.getBytes("code_digest"),
                instant(row, "code_expires_at"),
                row.getInt("code_tries"),
                row.getTimestamp("asked_at").toInstant(),
                instant(row, "verified_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    private static List<String> words(Map<NoticeKind, Set<Channel>> channels) {
        return channels.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(channel -> entry.getKey() + ":" + channel))
                .sorted()
                .toList();
    }

    private static Map<NoticeKind, Set<Channel>> parsed(Collection<String> words) {
        var channels = new EnumMap<NoticeKind, Set<Channel>>(NoticeKind.class);
        for (String word : words) {
            String[] parts = word.split(":", 2);
            channels.computeIfAbsent(NoticeKind.valueOf(parts[0]), kind -> EnumSet.noneOf(Channel.class))
                    .add(Channel.valueOf(parts[1]));
        }
        return channels;
    }
}
