package org.greenchannel.casefile;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of links between cases. */
@Component
class LinkTable {

    private static final int MOST = 200;

    private final JdbcClient jdbc;

    LinkTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The later case follows, is part of or was caused by the earlier one. */
    void add(UUID later, UUID origin, String kind, Instant at) {
        jdbc.sql(
                        """
                insert into casefile.case_link (case_file_id, origin_id, kind, at) values (:later, :origin, :kind, :at)
                on conflict do nothing
                """)
                .param("later", later)
                .param("origin", origin)
                .param("kind", kind)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Links in both directions, oldest first. */
    List<CaseLink> of(UUID caseId) {
        return jdbc.sql(
                        """
                select c.case_file_id, c.number, c.process_key, l.kind, l.origin, l.at
                from (
                    select origin_id as other, kind, true as origin, at from casefile.case_link where case_file_id = :id
                    union all
                    select case_file_id, kind, false, at from casefile.case_link where origin_id = :id
                ) l join casefile.case_file c on c.case_file_id = l.other
                order by l.at, c.number
                limit :most
                """)
                .param("id", caseId)
                .param("most", MOST)
                .query((row, index) -> new CaseLink(
                        row.getObject("case_file_id", UUID.class),
                        row.getString("number"),
                        row.getString("process_key"),
                        row.getString("kind"),
                        row.getBoolean("origin"),
                        row.getTimestamp("at").toInstant()))
                .list();
    }
}
