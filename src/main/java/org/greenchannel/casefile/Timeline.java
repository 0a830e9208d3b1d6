package org.greenchannel.casefile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The story of a case: lines are added, never changed. */
@Component
class Timeline {

    private static final int MOST = 200;

    private final PersonalActs acts;
    private final JdbcClient jdbc;
    private final JsonMapper json;

    Timeline(PersonalActs acts, JdbcClient jdbc, JsonMapper json) {
        this.acts = acts;
        this.jdbc = jdbc;
        this.json = json;
    }

    void add(
            UUID caseId,
            Instant at,
            String kind,
            Text title,
            String basis,
            @Nullable String actor,
            Map<String, String> detail) {
        jdbc.sql(
                        """
                insert into casefile.timeline (timeline_id, case_file_id, at, kind, title_zh, title_en, basis, actor, detail)
                values (:id, :caseId, :at, :kind, :zh, :en, :basis, :actor, :detail::jsonb)
                """)
                .param("id", UUID.randomUUID())
                .param("caseId", caseId)
                .param("at", Timestamp.from(at))
                .param("kind", kind)
                .param("zh", title.zh())
                .param("en", title.en())
                .param("basis", basis)
                .param("actor", actor)
                .param("detail", json.writeValueAsString(acts.with(caseId, kind, actor, detail)))
                .update();
    }

    private record Line(TimelineEntry entry, long position) {}

    Page<TimelineEntry> page(UUID caseId, StoryFilter filter, int limit, @Nullable String cursor) {
        int size = Math.max(1, Math.min(limit, MOST));
        Set<String> kinds = filter.kinds();
        var lines = jdbc.sql(
                        """
                select timeline_id, case_file_id, at, position, kind, title_zh, title_en, basis, actor, detail::text as detail
                from casefile.timeline
                where case_file_id = :caseId and (:kinds::text[] is null or kind = any(:kinds::text[]))
                    and (:actor::text is null or actor = :actor)
                    and (:step::text is null or detail ->> 'task' = :step) and position < :before
                order by position desc
                limit :limit
                """)
                .param("caseId", caseId)
                .param("kinds", kinds == null ? null : kinds.toArray(String[]::new))
                .param("actor", filter.actor())
                .param("step", filter.step())
                .param("before", position(cursor))
                .param("limit", size + 1)
                .query((row, index) -> new Line(entry(row), row.getLong("position")))
                .list();
        boolean more = lines.size() > size;
        List<Line> shown = more ? lines.subList(0, size) : lines;
        String next = more ? Long.toString(shown.get(size - 1).position()) : null;
        return new Page<>(shown.stream().map(Line::entry).toList(), next);
    }

    Map<String, Integer> actors(UUID caseId) {
        Map<String, Integer> actors = new LinkedHashMap<>();
        jdbc.sql(
                        """
                select actor, count(*) as times from casefile.timeline
                where case_file_id = :caseId and actor is not null
                group by actor order by times desc, actor limit 100
                """)
                .param("caseId", caseId)
                .query((row, index) -> actors.put(row.getString("actor"), row.getInt("times")))
                .list();
        return actors;
    }

    Map<String, List<String>> signers(UUID caseId) {
        Map<String, List<String>> signers = new LinkedHashMap<>();
        jdbc.sql(
                        """
                select detail ->> 'task' as task, actor
                from casefile.timeline
                where case_file_id = :caseId and kind = 'TASK_DONE' and actor is not null
                order by position
                """)
                .param("caseId", caseId)
                .query((row, index) -> Map.entry(row.getString("task"), row.getString("actor")))
                .list()
                .forEach(entry -> signers.computeIfAbsent(entry.getKey(), key -> new java.util.ArrayList<>())
                        .add(entry.getValue()));
        return signers;
    }

    private static long position(@Nullable String cursor) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw Problem.badRequest("cursor-invalid");
        }
    }

    private TimelineEntry entry(ResultSet row) throws SQLException {
        return new TimelineEntry(
                row.getObject("timeline_id", UUID.class),
                row.getObject("case_file_id", UUID.class),
                row.getTimestamp("at").toInstant(),
                row.getString("kind"),
                new Text(row.getString("title_zh"), row.getString("title_en")),
                row.getString("basis"),
                row.getString("actor"),
                json.readValue(row.getString("detail"), new TypeReference<Map<String, String>>() {}));
    }
}
