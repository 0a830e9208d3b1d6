package org.greenchannel.person;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.platform.FieldCipher;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Table {@code person.guardian}. */
@Component
class GuardianTable {

    /** A row, decrypted. */
    record Row(UUID id, int version, Map<String, String> values) {}

    private static final String INDEXED = "phone_index = :phoneIndex, index_version = " + PersonTable.INDEXES;

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final SealedColumns sealed;

    GuardianTable(JdbcClient jdbc, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.sealed = new SealedColumns(cipher, "person.guardian", PersonCheck.GUARDIAN);
    }

    /** The first guardian. */
    Optional<Row> first(UUID personId) {
        return rows("person_id = :person order by ordinal limit 1", Map.of("person", personId)).stream()
                .findFirst();
    }

    /** Guardians of these people. */
    List<Row> of(Collection<UUID> people) {
        return people.isEmpty()
                ? List.of()
                : rows("person_id in (:people) order by ordinal, id", Map.of("people", people));
    }

    /** Makes the indexes of at most so many rows that lack them; how many there were. */
    int index(int most) {
        List<Row> rows = rows(
                "index_version < " + PersonTable.INDEXES + " order by id limit :most for update skip locked",
                Map.of("most", most));
        rows.forEach(row -> jdbc.sql("update person.guardian set " + INDEXED + " where id = :id")
                .param("phoneIndex", phone(row.values()))
                .param("id", row.id())
                .update());
        return rows.size();
    }

    private List<Row> rows(String condition, Map<String, ?> params) {
        return jdbc.sql("select id, version, " + sealed.list() + " from person.guardian where " + condition)
                .params(params)
                .query((row, n) -> {
                    UUID id = row.getObject("id", UUID.class);
                    return new Row(id, row.getInt("version"), sealed.open(row, id));
                })
                .list();
    }

    private byte @Nullable [] phone(Map<String, String> values) {
        String phone = PersonCheck.phone(values.getOrDefault("phone", ""));
        return phone.isEmpty() ? null : PersonTable.phoneIndex(cipher, phone);
    }

    void insert(UUID id, UUID personId, Instant at, String username) {
        jdbc.sql("insert into person.guardian (id, person_id, ordinal, version, updated_at, updated_by)"
                        + " values (:id, :person, 1, 0, :at, :by)")
                .param("id", id)
                .param("person", personId)
                .param("at", PersonTable.time(at))
                .param("by", username)
                .update();
    }

    void update(UUID id, int version, Map<String, String> values, Instant at, String username) {
        jdbc.sql("update person.guardian set version = :version, updated_at = :at, updated_by = :by, " + INDEXED + ", "
                        + sealed.assignments() + " where id = :id")
                .param("id", id)
                .param("version", version)
                .param("at", PersonTable.time(at))
                .param("by", username)
                .param("phoneIndex", phone(values))
                .params(sealed.seal(id, values))
                .update();
    }
}
