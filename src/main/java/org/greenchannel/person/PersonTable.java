package org.greenchannel.person;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
     */
    record Row(UUID id, @Nullable String tempId, String identityStatus, int version, Map<String, String> values) {}

    private static final int MOST_FOUND = 50;

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final SealedColumns sealed;

    PersonTable(JdbcClient jdbc, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.sealed = new SealedColumns(cipher, "person.person", PersonCheck.PERSON);
    }

    List<Row> find(Collection<UUID> ids) {
        return ids.isEmpty() ? List.of() : rows("id in (:ids)", Map.of("ids", ids));
    }

    /** One row, locked until the end of the transaction. */
    Optional<Row> lock(UUID id) {
        return rows("id = :id for update", Map.of("id", id)).stream().findFirst();
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

    /** People with that number or that name. */
    List<Row> search(String term) {
        return rows(
                "id_no_index = :number or name_index = :name order by created_at desc, id limit " + MOST_FOUND,
                Map.of("number", index(PersonCheck.number(term)), "name", nameIndex(term)));
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
        String number = values.get("idNo");
        String name = values.get("name");
        jdbc.sql("update person.person set identity_status = :status, version = :version, updated_at = :at,"
                        + " updated_by = :by, id_no_index = :numberIndex, name_index = :nameIndex, "
                        + sealed.assignments() + " where id = :id")
                .param("id", id)
                .param("status", identityStatus)
                .param("version", version)
                .param("at", time(at))
                .param("by", username)
                .param("numberIndex", number == null ? null : index(number))
                .param("nameIndex", name == null ? null : nameIndex(name))
                .params(sealed.seal(id, values))
                .update();
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
        return jdbc.sql("select id, temp_id, identity_status, version, " + sealed.list() + " from person.person where "
                        + condition)
                .params(params)
                .query((row, n) -> {
                    UUID id = row.getObject("id", UUID.class);
                    return new Row(
                            id,
                            row.getString("temp_id"),
                            row.getString("identity_status"),
                            row.getInt("version"),
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
