package org.greenchannel.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of messages, inboxes and duties. */
@Repository
class NotificationTable {

    /**
     * What was told.
     *
     * @param groups {@code role@organisation} it was told to; duties of the message fall to them
     */
    record Message(UUID id, UUID caseId, String caseNumber, String template, List<String> groups, Instant createdAt) {}

    /** A message in somebody's inbox. */
    record Entry(Message message, @Nullable Instant readAt) {}

    /** How and when a message goes outside; a digest waits for others. */
    record Way(Channel channel, Instant when, boolean digest) {}

    /** A duty without its text. */
    record DutyRow(
            UUID id,
            UUID caseId,
            String caseNumber,
            List<String> groups,
            String recipient,
            String template,
            Instant createdAt,
            @Nullable Instant doneAt,
            @Nullable String doneBy,
            @Nullable String result) {}

    private static final int COUNTED = 100;
    private static final String DUTY =
            """
            select d.id, d.case_id, m.case_number, m.told, d.recipient, d.template, d.created_at, d.done_at, d.done_by,
                   d.result
              from notification.duty d join notification.message m on m.id = d.message_id
            """;

    private final JdbcClient jdbc;

    NotificationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the message is there already. */
    boolean add(Message message) {
        return jdbc.sql(
                                """
                        insert into notification.message (id, case_id, case_number, template, told, created_at)
                        values (?, ?, ?, ?, ?, ?) on conflict do nothing""")
                        .params(
                                message.id(),
                                message.caseId(),
                                message.caseNumber(),
                                message.template(),
                                message.groups().toArray(String[]::new),
                                Timestamp.from(message.createdAt()))
                        .update()
                == 1;
    }

    void addToInbox(Message message, String username) {
        jdbc.sql(
                        """
                        insert into notification.inbox (message_id, username, created_at) values (?, ?, ?)
                        on conflict do nothing""")
                .params(message.id(), username, Timestamp.from(message.createdAt()))
                .update();
    }

    void addDelivery(UUID id, Message message, String username, Way way) {
        jdbc.sql(
                        """
                        insert into notification.delivery
                               (id, message_id, username, channel, status, next_attempt_at, digest, created_at)
                        values (?, ?, ?, ?, 'PENDING', ?, ?, ?) on conflict do nothing""")
                .params(
                        id,
                        message.id(),
                        username,
                        way.channel().name(),
                        Timestamp.from(way.when()),
                        way.digest(),
                        Timestamp.from(message.createdAt()))
                .update();
    }

    void addDuty(Message message, String recipient) {
        jdbc.sql(
                        """
                        insert into notification.duty (id, message_id, case_id, recipient, template, created_at)
                        values (?, ?, ?, ?, ?, ?) on conflict do nothing""")
                .params(
                        UUID.randomUUID(),
                        message.id(),
                        message.caseId(),
                        recipient,
                        message.template(),
                        Timestamp.from(message.createdAt()))
                .update();
    }

    List<Entry> inbox(String username, boolean unreadOnly, int limit, @Nullable Instant before, @Nullable UUID id) {
        return jdbc.sql(
                        """
                        select m.id, m.case_id, m.case_number, m.template, m.told, m.created_at, i.read_at
                          from notification.inbox i join notification.message m on m.id = i.message_id
                         where i.username = :username and (not :unread or i.read_at is null)
                           and (cast(:before as timestamptz) is null
                                or (i.created_at, i.message_id) < (cast(:before as timestamptz), cast(:id as uuid)))
                         order by i.created_at desc, i.message_id desc limit :limit""")
                .param("username", username)
                .param("unread", unreadOnly)
                .param("before", before == null ? null : Timestamp.from(before))
                .param("id", id)
                .param("limit", limit)
                .query((row, n) -> new Entry(message(row), instant(row, "read_at")))
                .list();
    }

    int unread(String username) {
        return jdbc.sql(
                        """
                        select count(*) from (select 1 from notification.inbox
                         where username = ? and read_at is null limit ?) few""")
                .params(username, COUNTED)
                .query(Integer.class)
                .single();
    }

    void read(UUID messageId, String username, Instant at) {
        jdbc.sql("update notification.inbox set read_at = ? where message_id = ? and username = ? and read_at is null")
                .params(Timestamp.from(at), messageId, username)
                .update();
    }

    void readAll(String username, Instant at) {
        jdbc.sql("update notification.inbox set read_at = ? where username = ? and read_at is null")
                .params(Timestamp.from(at), username)
                .update();
    }

    List<DutyRow> duties(UUID caseId) {
        return jdbc.sql(DUTY + "where d.case_id = ? order by d.done_at nulls first, d.created_at desc")
                .param(caseId)
                .query(NotificationTable::duty)
                .list();
    }

    List<DutyRow> openDuties(Collection<String> groups, int limit) {
        return jdbc.sql(DUTY
                        + "where d.done_at is null and m.told && cast(? as text[]) order by d.created_at, d.id limit ?")
                .params(groups.toArray(String[]::new), limit)
                .query(NotificationTable::duty)
                .list();
    }

    Optional<DutyRow> duty(UUID caseId, UUID id) {
        return jdbc.sql(DUTY + "where d.id = ? and d.case_id = ?")
                .params(id, caseId)
                .query(NotificationTable::duty)
                .optional();
    }

    /** False when somebody closed it before. */
    boolean finish(UUID dutyId, String result, String username, Instant at) {
        return jdbc.sql(
                                "update notification.duty set done_at = ?, done_by = ?, result = ? where id = ? and done_at is null")
                        .params(Timestamp.from(at), username, result, dutyId)
                        .update()
                == 1;
    }

    private static Message message(ResultSet row) throws SQLException {
        return new Message(
                row.getObject("id", UUID.class),
                row.getObject("case_id", UUID.class),
                row.getString("case_number"),
                row.getString("template"),
                told(row),
                row.getTimestamp("created_at").toInstant());
    }

    private static DutyRow duty(ResultSet row, int n) throws SQLException {
        return new DutyRow(
                row.getObject("id", UUID.class),
                row.getObject("case_id", UUID.class),
                row.getString("case_number"),
                told(row),
                row.getString("recipient"),
                row.getString("template"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "done_at"),
                row.getString("done_by"),
                row.getString("result"));
    }

    private static List<String> told(ResultSet row) throws SQLException {
        return List.of((String[]) row.getArray("told").getArray());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }
}
