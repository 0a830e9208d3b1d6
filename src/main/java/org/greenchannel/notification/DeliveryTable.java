package org.greenchannel.notification;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of mails on their way. */
@Repository
class DeliveryTable {

    /** A mail to send. */
    record Due(UUID id, String username, String caseNumber, String template, int attempts) {}

    private final JdbcClient jdbc;

    DeliveryTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The next mail that is due, locked until the transaction ends; another node takes the one after it. */
    Optional<Due> next(Instant now) {
        return jdbc.sql(
                        """
                        select d.id, d.username, m.case_number, m.template, d.attempts
                          from notification.delivery d join notification.message m on m.id = d.message_id
                         where d.status = 'PENDING' and d.next_attempt_at <= ?
                         order by d.next_attempt_at limit 1 for update of d skip locked""")
                .param(Timestamp.from(now))
                .query((row, n) -> new Due(
                        row.getObject("id", UUID.class),
                        row.getString("username"),
                        row.getString("case_number"),
                        row.getString("template"),
                        row.getInt("attempts")))
                .optional();
    }

    void sent(UUID id, Instant at) {
        jdbc.sql(
                        """
                        update notification.delivery set status = 'SENT', sent_at = ?, attempts = attempts + 1,
                               last_error = null where id = ?""")
                .params(Timestamp.from(at), id)
                .update();
    }

    void failed(UUID id, String error, Instant next) {
        jdbc.sql(
                        """
                        update notification.delivery set attempts = attempts + 1, last_error = ?, next_attempt_at = ?
                         where id = ?""")
                .params(error, Timestamp.from(next), id)
                .update();
    }

    void dead(UUID id, String error) {
        jdbc.sql(
                        """
                        update notification.delivery set status = 'DEAD', attempts = attempts + 1, last_error = ?
                         where id = ?""")
                .params(error, id)
                .update();
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
                        select d.id, m.case_number, m.template, d.username, d.attempts, d.status, d.last_error, d.created_at
                          from notification.delivery d join notification.message m on m.id = d.message_id
                         where d.status <> 'SENT' and d.attempts >= ?
                         order by d.created_at desc limit ?""")
                .params(attention, limit)
                .query((row, n) -> new FailedDelivery(
                        row.getObject("id", UUID.class),
                        row.getString("case_number"),
                        row.getString("template"),
                        row.getString("username"),
                        row.getInt("attempts"),
                        row.getString("status").equals("DEAD"),
                        row.getString("last_error"),
                        row.getTimestamp("created_at").toInstant()))
                .list();
    }
}
