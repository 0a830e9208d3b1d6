package org.greenchannel.worklist;

import java.sql.Array;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.FieldCipher;
import org.greenchannel.platform.Texts;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Verbs that tell people something: copy, nudge, comment. None of them gives anybody access he does not have. */
@Component
class Talking {

    /** A nudge is heard once an hour, whoever nudges. */
    static final Duration QUIET = Duration.ofHours(1);

    private static final int LONGEST = 2_000;
    private static final int MOST = 20;

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final Access access;
    private final VerbRules rules;
    private final HandlingTable handlings;
    private final VerbLog log;
    private final AuditLog audit;
    private final Texts texts;
    private final ApplicationEventPublisher events;

    Talking(
            JdbcClient jdbc,
            FieldCipher cipher,
            Access access,
            VerbRules rules,
            HandlingTable handlings,
            VerbLog log,
            AuditLog audit,
            Texts texts,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.access = access;
        this.rules = rules;
        this.handlings = handlings;
        this.log = log;
        this.audit = audit;
        this.texts = texts;
        this.events = events;
    }

    /** Calls people to an item, when the transaction has committed. */
    void call(WorkItem item, String kind, List<String> to, Viewer viewer) {
        List<String> others = to.stream()
                .filter(user -> !user.equals(viewer.username()))
                .distinct()
                .toList();
        if (!others.isEmpty()) {
            events.publishEvent(new WorkItemCall(UUID.randomUUID(), item.id(), item.caseId(), kind, others, log.now()));
        }
    }

    void copy(WorkItem item, List<String> to, VerbCall call, Viewer viewer) {
        List<String> people = people(to);
        people.forEach(user -> requireSight(item, user, "copy-no-access"));
        for (String user : people) {
            jdbc.sql(
                            """
                    insert into worklist.copy (work_item_id, username, copied_by, at) values (:id, :user, :by, :at)
                    on conflict (work_item_id, username) do update set copied_by = excluded.copied_by, at = excluded.at,
                      read_at = null
                    """)
                    .param("id", item.id())
                    .param("user", user)
                    .param("by", viewer.username())
                    .param("at", Timestamp.from(log.now()))
                    .update();
        }
        log.done("copy", item, viewer, null, String.join(",", people), blank(call.reason()));
        call(item, "copied", people, viewer);
    }

    /** Sent copies are read when their item is looked at. */
    void read(WorkItem item, Viewer viewer) {
        jdbc.sql(
                        """
                update worklist.copy set read_at = :at
                where work_item_id = :id and username = :user and read_at is null
                """)
                .param("id", item.id())
                .param("user", viewer.username())
                .param("at", Timestamp.from(log.now()))
                .update();
    }

    private List<String> people(List<String> to) {
        List<String> people = to.stream()
                .map(String::strip)
                .filter(user -> !user.isEmpty())
                .distinct()
                .toList();
        if (people.isEmpty() || people.size() > MOST) {
            throw Problem.invalid(
                    "people-missing", List.of(new FieldError("/to", "required", texts.of("worklist.people-missing"))));
        }
        return people;
    }

    private void requireSight(WorkItem item, String username, String problem) {
        if (!rules.enabled(username)) {
            throw Problem.conflict("person-unknown", username);
        }
        if (!access.visible(item, rules.viewer(username))) {
            throw Problem.conflict(problem, rules.name(username));
        }
    }

    void nudge(WorkItem item, VerbCall call, Viewer viewer) {
        if (!item.status().equals("OPEN")) {
            throw Problem.conflict("work-item-closed", item.closedBy() == null ? "" : rules.name(item.closedBy()));
        }
        Handling h = handlings.of(item.id());
        Instant now = log.now();
        if (h.nudgedAt() != null && now.isBefore(h.nudgedAt().plus(QUIET))) {
            long minutes =
                    Math.max(1, Duration.between(now, h.nudgedAt().plus(QUIET)).toMinutes());
            throw Problem.tooMany("nudged-already", minutes).with("minutes", minutes);
        }
        List<String> turn = turn(item, h);
        if (turn.contains(viewer.username())) {
            throw Problem.conflict("nudge-self");
        }
        handlings.save(new Handling(
                item.id(), h.owner(), h.mode(), h.round(), h.heldBy(), h.heldFor(), h.heldAt(), h.digest(), now));
        log.done("nudge", item, viewer, null, null, blank(call.reason()));
        call(item, "nudged", turn, viewer);
    }

    /** Whose turn it is: who must sign, else who has it, else all it is offered to. */
    private List<String> turn(WorkItem item, Handling h) {
        if (h.held()) {
            return handlings.signatures(item.id()).stream()
                    .filter(Signature::pending)
                    .map(Signature::signer)
                    .toList();
        }
        return item.assignee() != null ? List.of(item.assignee()) : rules.holders(item.groups());
    }

    WorkVerbs.Comment comment(WorkItem item, String text, List<String> mentions, Viewer viewer) {
        String body = text.strip();
        if (body.isEmpty() || body.length() > LONGEST) {
            throw Problem.invalid(
                    "comment-empty", List.of(new FieldError("/text", "required", texts.of("worklist.comment-empty"))));
        }
        List<String> people = mentions.isEmpty() ? List.of() : people(mentions);
        people.forEach(user -> requireSight(item, user, "mention-no-access"));
        UUID id = UUID.randomUUID();
        Instant now = log.now();
        jdbc.sql(
                        """
                insert into worklist.comment (comment_id, work_item_id, author, mentions, at, body)
                values (:id, :item, :author, :mentions, :at, :body)
                """)
                .param("id", id)
                .param("item", item.id())
                .param("author", viewer.username())
                .param("mentions", people.toArray(String[]::new))
                .param("at", Timestamp.from(now))
                .param("body", cipher.encrypt(body, place(id)))
                .update();
        audit.record(
                viewer,
                AuditEntry.done(
                        "workitem.comment",
                        item.caseId(),
                        "workitem:" + item.id(),
                        Map.of("task", item.taskKey(), "comment", id.toString())));
        log.told(
                "comment",
                "COMMENT",
                item,
                viewer,
                Map.of(
                        "task",
                        item.taskKey(),
                        "comment",
                        id.toString(),
                        "workItem",
                        item.id().toString()));
        call(item, "mentioned", people, viewer);
        return new WorkVerbs.Comment(id, viewer.username(), now, body, people);
    }

    List<WorkVerbs.Comment> comments(UUID item) {
        return jdbc.sql("select * from worklist.comment where work_item_id = :id order by position")
                .param("id", item)
                .query((row, index) -> {
                    UUID id = row.getObject("comment_id", UUID.class);
                    Array mentions = row.getArray("mentions");
                    return new WorkVerbs.Comment(
                            id,
                            row.getString("author"),
                            row.getTimestamp("at").toInstant(),
                            cipher.decrypt(row.getBytes("body"), place(id)),
                            List.of((String[]) mentions.getArray()));
                })
                .list();
    }

    private static String place(UUID id) {
        return "worklist.comment.body|" + id;
    }

    private static @org.jspecify.annotations.Nullable String blank(@org.jspecify.annotations.Nullable String reason) {
        return reason == null || reason.isBlank() ? null : reason.strip();
    }
}
