package org.greenchannel.person;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.platform.FieldCipher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Table {@code person.guardian}. */
@Component
class GuardianTable {

    /** A row, decrypted. */
    record Row(UUID id, int version, Map<String, String> values) {}

    private final JdbcClient jdbc;
    private final SealedColumns sealed;

    GuardianTable(JdbcClient jdbc, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.sealed = new SealedColumns(cipher, "person.guardian", PersonCheck.GUARDIAN);
    }

    /** The first guardian. */
    Optional<Row> first(UUID personId) {
        return jdbc.sql("select id, version, " + sealed.list()
                        + " from person.guardian where person_id = :person order by ordinal limit 1")
                .param("person", personId)
                .query((row, n) -> {
                    UUID id = row.getObject("id", UUID.class);
                    return new Row(id, row.getInt("version"), sealed.open(row, id));
                })
                .optional();
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
        jdbc.sql("update person.guardian set version = :version, updated_at = :at, updated_by = :by, "
                        + sealed.assignments() + " where id = :id")
                .param("id", id)
                .param("version", version)
                .param("at", PersonTable.time(at))
                .param("by", username)
                .params(sealed.seal(id, values))
                .update();
    }
}
