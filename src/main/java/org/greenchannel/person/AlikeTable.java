package org.greenchannel.person;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Table {@code person.alike}: entries that may be the same person, compared by blind indexes only. */
@Component
class AlikeTable {

    /** Two entries. */
    record Row(UUID first, UUID second, List<String> reasons, Instant foundAt) {}

    /** A number or telephone shared by more than this says nothing about people. */
    private static final int MOST = 20;

    private static final String FIND =
            """
            with me as (select id, id_no_index, birth_index, phone_index, identified_at from person.person
                         where id = :id and merged_into is null),
                 phones as (select phone_index from me where phone_index is not null
                             union select phone_index from person.guardian
                                    where person_id = :id and phone_index is not null)
            (select p.id, case when coalesce(p.identified_at, me.identified_at) is null then 'NUMBER' else 'IDENTITY_FOUND' end as reason
               from person.person p join me on p.id_no_index = me.id_no_index
              where p.id <> :id and p.merged_into is null limit :most)
            union all
            (select p.id, 'NAME_BIRTH' from person.person p join me on p.birth_index = me.birth_index
              where p.id <> :id and p.merged_into is null limit :most)
            union all
            (select p.id, 'PHONE' from person.person p join phones on p.phone_index = phones.phone_index cross join me
              where p.id <> :id and p.merged_into is null
                and (p.id_no_index is null or me.id_no_index is null or p.id_no_index = me.id_no_index) limit :most)
            union all
            (select p.id, 'PHONE' from person.guardian g join phones on g.phone_index = phones.phone_index
               join person.person p on p.id = g.person_id cross join me
              where p.id <> :id and p.merged_into is null
                and (p.id_no_index is null or me.id_no_index is null or p.id_no_index = me.id_no_index) limit :most)
            """;

    private final JdbcClient jdbc;

    AlikeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Looks anew for those who may be the same person as this one. */
    void refresh(UUID id, Instant at) {
        var found = new TreeMap<UUID, Set<String>>();
        jdbc.sql(FIND)
                .param("id", id)
                .param("most", MOST)
                .query((row, n) -> found.computeIfAbsent(row.getObject("id", UUID.class), other -> new TreeSet<>())
                        .add(row.getString("reason")))
                .list();
        for (Row row : of(id)) {
            if (!found.containsKey(row.first().equals(id) ? row.second() : row.first())) {
                jdbc.sql("delete from person.alike where first = :first and second = :second")
                        .param("first", row.first())
                        .param("second", row.second())
                        .update();
            }
        }
        found.forEach((other, reasons) -> jdbc.sql(
                        """
                        insert into person.alike (first, second, reasons, found_at)
                        values (least(:one, :other), greatest(:one, :other), :reasons, :at)
                        on conflict (first, second) do update set reasons = excluded.reasons""")
                .param("one", id)
                .param("other", other)
                .param("reasons", reasons.toArray(String[]::new))
                .param("at", PersonTable.time(at))
                .update());
    }

    /** Pairs with this person, newest first. */
    List<Row> of(UUID id) {
        return rows("first = :id or second = :id order by found_at desc, first, second limit 100", Map.of("id", id));
    }

    /** Pairs of everybody, newest first, after the one given. */
    List<Row> page(@Nullable Row after, int limit) {
        return after == null
                ? rows("true order by found_at desc, first, second limit :limit", Map.of("limit", limit))
                : rows(
                        "(found_at < :at or found_at = :at and (first, second) > (:first, :second))"
                                + " order by found_at desc, first, second limit :limit",
                        Map.of(
                                "at",
                                PersonTable.time(after.foundAt()),
                                "first",
                                after.first(),
                                "second",
                                after.second(),
                                "limit",
                                limit));
    }

    private List<Row> rows(String condition, Map<String, ?> params) {
        return jdbc.sql("select first, second, reasons, found_at from person.alike where " + condition)
                .params(params)
                .query((row, n) -> new Row(
                        row.getObject("first", UUID.class),
                        row.getObject("second", UUID.class),
                        List.of((String[]) row.getArray("reasons").getArray()),
                        row.getTimestamp("found_at").toInstant()))
                .list();
    }

    /** Pairs whose entries were both there. */
    static Collection<UUID> ids(List<Row> rows) {
        var ids = new TreeSet<UUID>();
        rows.forEach(row -> {
            ids.add(row.first());
            ids.add(row.second());
        });
        return ids;
    }
}
