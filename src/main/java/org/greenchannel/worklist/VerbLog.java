package org.greenchannel.worklist;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.FieldCipher;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** History of the items: each verb is one line here, one in the audit log and one in the story of its case. */
@Component
class VerbLog {

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final AuditLog audit;
    private final CaseFiles cases;
    private final Texts texts;
    private final Clock clock;

    VerbLog(JdbcClient jdbc, FieldCipher cipher, AuditLog audit, CaseFiles cases, Texts texts, Clock clock) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.audit = audit;
        this.cases = cases;
        this.texts = texts;
        this.clock = clock;
    }

    java.time.Instant now() {
        return clock.instant();
    }

    /** Reasons stay here, encrypted; log and story carry codes. @param actedFor principal of a deputy */
    void done(
            String verb,
            WorkItem item,
            Viewer viewer,
            @Nullable String actedFor,
            @Nullable String target,
            @Nullable String reason) {
        UUID id = line(verb, item, viewer, actedFor, target, reason);
        Map<String, String> detail =
                new HashMap<>(Map.of("task", item.taskKey(), "verb", verb, "entry", id.toString()));
        if (actedFor != null) {
            detail.put("for", actedFor);
        }
        if (target != null) {
            detail.put("target", target);
        }
        audit.record(
                viewer,
                AuditEntry.done("workitem." + verb, item.caseId(), "workitem:" + item.id(), Map.copyOf(detail)));
        detail.put("workItem", item.id().toString());
        told(verb, "TASK_VERB", item, viewer, Map.copyOf(detail));
    }

    /** A line of the story only. */
    void told(String verb, String kind, WorkItem item, Viewer viewer, Map<String, String> detail) {
        cases.tell(
                item.caseId(),
                clock.instant(),
                kind,
                texts.of("worklist.verb.told", texts.of("worklist.verb." + verb), item.name()),
                "",
                viewer.username(),
                detail);
    }

    /** A line of the history only. */
    UUID line(
            String verb,
            WorkItem item,
            Viewer viewer,
            @Nullable String actedFor,
            @Nullable String target,
            @Nullable String reason) {
        UUID id = UUID.randomUUID();
        jdbc.sql(
                        """
                insert into worklist.verb (verb_id, work_item_id, case_file_id, verb, actor, acted_for, target, at, reason)
                values (:id, :item, :caseId, :verb, :actor, :for, :target, :at, :reason)
                """)
                .param("id", id)
                .param("item", item.id())
                .param("caseId", item.caseId())
                .param("verb", verb)
                .param("actor", viewer.username())
                .param("for", actedFor)
                .param("target", target)
                .param("at", Timestamp.from(clock.instant()))
                .param("reason", reason == null ? null : cipher.encrypt(reason, place(id)), java.sql.Types.BINARY)
                .update();
        return id;
    }

    List<VerbEntry> of(UUID item) {
        return jdbc.sql("select * from worklist.verb where work_item_id = :id order by position")
                .param("id", item)
                .query(this::entry)
                .list();
    }

    private VerbEntry entry(ResultSet row, int index) throws SQLException {
        UUID id = row.getObject("verb_id", UUID.class);
        byte[] reason = row.getBytes("reason");
        return new VerbEntry(
                id,
                row.getString("verb"),
                row.getString("actor"),
                row.getString("acted_for"),
                row.getString("target"),
                row.getTimestamp("at").toInstant(),
                reason == null ? null : cipher.decrypt(reason, place(id)));
    }

    private static String place(UUID id) {
        return "worklist.verb.reason|" + id;
    }
}
