package org.greenchannel.notification;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of what is on its way outside: mails, text messages, chat. */
@Repository
class DeliveryTable {

    /** One to send. */
    record Due(UUID id, String username, String caseNumber, String template, int attempts, boolean digest) {}

    private final JdbcClient jdbc;

    DeliveryTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The next one that is due, locked until the transaction ends; another node takes the one after it. */
    Optional<Due> next(Instant now, Channel channel) {
        return jdbc.sql(
                        """
                        select d.id, d.username, m.case_number, m.template, d.attempts, d.digest
                          from notification.delivery d join notification.message m on m.id = d.message_id
                         where d.status = 'PENDING' and d.channel = ? and d.next_attempt_at <= ?
                         order by d.next_attempt_at, d.created_at, d.id limit 1 for update of d skip locked""")
                .params(channel.name(), Timestamp.from(now))
                .query((row, n) -> new Due(
                        row.getObject("id", UUID.class),
                        row.getString("username"),
                        row.getString("case_number"),
                        row.getString("template"),
                        row.getInt("attempts"),
                        row.getBoolean("digest")))
                .optional();
    }

    /** This one and, when it may wait for others, all of the account that are due and may wait too; locked. */
    List<UUID> together(Due due, Channel channel, Instant now) {
        if (!due.digest()) {
            return List.of(due.id());
        }
        return jdbc.sql(
                        """
                        select id from notification.delivery
                         where status = 'PENDING' and digest and username = ? and channel = ? and next_attempt_at <= ?
                         order by created_at limit 200 for update skip locked""")
                .params(due.username(), channel.name(), Timestamp.from(now))
                .query(UUID.class)
                .list();
    }

    void sent(List<UUID> ids, Instant at) {
        jdbc.sql(
                        """
                        update notification.delivery set status = 'SENT', sent_at = ?, attempts = attempts + 1,
                               last_error = null where id = any(?)""")
                .params(Timestamp.from(at), array(ids))
                .update();
    }

    /** Waits longer after every failure; after the last one nothing tries it any more until somebody asks for it. */
    void failed(List<UUID> ids, int attempts, String error, Instant now) {
        if (attempts >= MailDispatch.RETRIES.size()) {
            dead(ids, error);
            return;
        }
        jdbc.sql(
                        """
                        update notification.delivery set attempts = attempts + 1, last_error = ?, next_attempt_at = ?
                         where id = any(?)""")
                .params(error, Timestamp.from(now.plus(MailDispatch.RETRIES.get(attempts))), array(ids))
                .update();
    }

    void dead(List<UUID> ids, String error) {
        jdbc.sql(
                        """
                        update notification.delivery set status = 'DEAD', attempts = attempts + 1, last_error = ?
                         where id = any(?)""")
                .params(error, array(ids))
                .update();
    }

    private static UUID[] array(List<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }

    /** Starts a failed one over; false when it is not failed. */
    boolean again(UUID id, Instant now) {
        return jdbc.sql(
                                """
                                update notification.delivery set status = 'PENDING', attempts = 0, next_attempt_at = ?
                                 where id = ? and status <> 'SENT'""")
                        .params(Timestamp.from(now), id)
                        .update()
                == 1;
    }

    List<FailedDelivery> failing(int attention, int limit) {
        return jdbc.sql(
                        """
                        select d.id, m.case_number, m.template, d.username, d.channel, d.attempts, d.status,
                               d.last_error, d.created_at
                          from notification.delivery d join notification.message m on m.id = d.message_id
                         where (d.status <> 'SENT' and d.attempts >= ? or d.status = 'DEAD')
                         order by d.created_at desc limit ?""")
                .params(attention, limit)
                .query((row, n) -> new FailedDelivery(
                        row.getObject("id", UUID.class),
                        row.getString("case_number"),
                        row.getString("template"),
                        row.getString("username"),
                        Channel.valueOf(row.getString("channel")),
                        row.getInt("attempts"),
                        row.getString("status").equals("DEAD"),
                        row.getString("last_error"),
                        row.getTimestamp("created_at").toInstant()))
                .list();
    }
}
