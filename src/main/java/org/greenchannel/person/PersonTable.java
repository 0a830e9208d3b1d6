package org.greenchannel.person;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.greenchannel.platform.FieldCipher;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Table {@code person.person} and the serials of unknown people. */
@Component
class PersonTable {

    /**
     * A row, decrypted.
     *
     * @param tempId day and serial of a person without a number
     * @param mergedInto the entry that counts instead of this one
     */
    record Row(
            UUID id,
            @Nullable String tempId,
            String identityStatus,
            int version,
            @Nullable UUID mergedInto,
            Map<String, String> values) {}

    /** Which blind indexes rows have. */
    static final int INDEXES = 1;

    private static final int MOST_FOUND = 50;

    /** One index each: conditions joined by "or" over two tables would read all people. */
    static final String FOUND = "id in (select id from person.person where id_no_index = :number"
            + " union select id from person.person where name_index = :name"
            + " union select id from person.person where phone_index = :phone"
            + " union select person_id from person.guardian where phone_index = :phone)";

    private static final String INDEXED = "id_no_index = :numberIndex, name_index = :nameIndex,"
            + " phone_index = :phoneIndex, birth_index = :birthIndex, index_version = " + INDEXES;

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final SealedColumns sealed;

    PersonTable(JdbcClient jdbc, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.sealed = new SealedColumns(cipher, "person.person", PersonCheck.PERSON);
    }

    /** Rows as they stand, merged or not. */
    List<Row> find(Collection<UUID> ids) {
        return ids.isEmpty() ? List.of() : rows("id in (:ids)", Map.of("ids", ids));
    }

    /** By the id asked for, the row that counts: its own, or the one it was merged into. */
    Map<UUID, Row> current(Collection<UUID> ids) {
        var known = new HashMap<UUID, Row>();
        Collection<UUID> missing = ids;
        while (!missing.isEmpty()) {
            find(missing).forEach(row -> known.put(row.id(), row));
            missing = known.values().stream()
                    .map(Row::mergedInto)
                    .flatMap(Stream::ofNullable)
                    .filter(id -> !known.containsKey(id))
                    .distinct()
                    .toList();
        }
        var current = new LinkedHashMap<UUID, Row>();
        for (UUID id : ids) {
            Row row = known.get(id);
            while (row != null && row.mergedInto() != null) {
                row = known.get(row.mergedInto());
            }
            if (row != null) {
                current.put(id, row);
            }
        }
        return current;
    }

    /** All ids of the people, with those merged into theirs and those theirs were merged into. */
    Set<UUID> same(Collection<UUID> ids) {
        return ids.isEmpty()
                ? Set.of()
                : Set.copyOf(jdbc.sql(
                                """
                                with recursive up as (
                                  select id, merged_into from person.person where id in (:ids)
                                  union select p.id, p.merged_into from person.person p join up on p.id = up.merged_into),
                                down as (
                                  select id from up where merged_into is null
                                  union select p.id from person.person p join down on p.merged_into = down.id)
                                select id from down""")
                        .param("ids", ids)
                        .query(UUID.class)
                        .list());
    }

    /** The row that counts for the id, locked until the end of the transaction. */
    Optional<Row> lock(UUID id) {
        Optional<Row> row = lockRow(id);
        UUID into = row.map(Row::mergedInto).orElse(null);
        return into == null ? row : lock(into);
    }

    /** The row itself, merged or not, locked until the end of the transaction. */
    Optional<Row> lockRow(UUID id) {
        return rows("id = :id for update", Map.of("id", id)).stream().findFirst();
    }

    /** Says which entry counts instead of the row; null: the row itself. */
    void mergedInto(UUID id, @Nullable UUID into) {
        jdbc.sql("update person.person set merged_into = :into where id = :id")
                .param("id", id)
                .param("into", into, java.sql.Types.OTHER)
                .update();
    }

    /** The number became known later than the person. */
    void identified(UUID id, Instant at) {
        jdbc.sql("update person.person set identified_at = :at where id = :id and identified_at is null")
                .param("id", id)
                .param("at", time(at))
                .update();
    }

    /** People with that number, oldest first; the number stays locked until the end of the transaction. */
    Optional<Row> lockByNumber(String number) {
        byte[] index = index(number);
        jdbc.sql("select 1 from pg_advisory_xact_lock(:key)")
                .param("key", java.nio.ByteBuffer.wrap(index).getLong())
                .query(Integer.class)
                .single();
        return rows("id_no_index = :index order by created_at, id limit 1", Map.of("index", index)).stream()
                .findFirst();
    }

    /** People with that number, that name, or that telephone of their own or of a guardian. */
    List<Row> search(String term) {
        return rows(
                FOUND + " order by created_at desc, id limit " + MOST_FOUND,
                Map.of(
                        "number",
                        index(PersonCheck.number(term)),
                        "name",
                        nameIndex(term),
                        "phone",
                        phoneIndex(cipher, PersonCheck.phone(term))));
    }

    /** Makes the indexes of at most so many rows that lack them; how many there were. */
    int index(int most) {
        List<Row> rows = rows(
                "index_version < " + INDEXES + " order by id limit :most for update skip locked", Map.of("most", most));
        rows.forEach(row -> indexes(jdbc.sql("update person.person set " + INDEXED + " where id = :id"), row.values())
                .param("id", row.id())
                .update());
        return rows.size();
    }

    void insert(UUID id, String tempId, Instant at, String username) {
        jdbc.sql("insert into person.person (id, temp_id, identity_status, version, created_at, updated_at, updated_by)"
                        + " values (:id, :tempId, 'UNKNOWN', 0, :at, :at, :by)")
                .param("id", id)
                .param("tempId", tempId)
                .param("at", time(at))
                .param("by", username)
                .update();
    }

    /** Writes all values of the next version. */
    void update(UUID id, String identityStatus, int version, Map<String, String> values, Instant at, String username) {
        indexes(
                        jdbc.sql("update person.person set identity_status = :status, version = :version,"
                                + " updated_at = :at, updated_by = :by, " + INDEXED + ", " + sealed.assignments()
                                + " where id = :id"),
                        values)
                .param("id", id)
                .param("status", identityStatus)
                .param("version", version)
                .param("at", time(at))
                .param("by", username)
                .params(sealed.seal(id, values))
                .update();
    }

    private JdbcClient.StatementSpec indexes(JdbcClient.StatementSpec update, Map<String, String> values) {
        String number = values.get("idNo");
        String name = values.get("name");
        String birth = values.get("birthDate");
        String phone = PersonCheck.phone(values.getOrDefault("phone", ""));
        return update.param("numberIndex", number == null ? null : index(number))
                .param("nameIndex", name == null ? null : nameIndex(name))
                .param("phoneIndex", phone.isEmpty() ? null : phoneIndex(cipher, phone))
                .param(
                        "birthIndex",
                        name == null || birth == null
                                ? null
                                : cipher.blindIndex(PersonCheck.name(name) + "|" + birth, "person/name-birth/v1"));
    }

    /** The same for people and guardians, so that one finds the other. */
    static byte[] phoneIndex(FieldCipher cipher, String phone) {
        return cipher.blindIndex(phone, "person/phone/v1");
    }

    /** The next serial of the day. */
    int serial(LocalDate day) {
        return jdbc.sql("insert into person.day_serial (day, last) values (:day, 1)"
                        + " on conflict (day) do update set last = person.day_serial.last + 1 returning last")
                .param("day", day)
                .query(Integer.class)
                .single();
    }

    private List<Row> rows(String condition, Map<String, ?> params) {
        return jdbc.sql("select id, temp_id, identity_status, version, merged_into, " + sealed.list()
                        + " from person.person where " + condition)
                .params(params)
                .query((row, n) -> {
                    UUID id = row.getObject("id", UUID.class);
                    return new Row(
                            id,
                            row.getString("temp_id"),
                            row.getString("identity_status"),
                            row.getInt("version"),
                            row.getObject("merged_into", UUID.class),
                            sealed.open(row, id));
                })
                .list();
    }

    private byte[] index(String number) {
        return cipher.blindIndex(number, "person/idno/v1");
    }

    private byte[] nameIndex(String name) {
        return cipher.blindIndex(PersonCheck.name(name), "person/name/v1");
    }

    static OffsetDateTime time(Instant at) {
        return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
