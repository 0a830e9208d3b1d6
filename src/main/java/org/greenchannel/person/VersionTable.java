package org.greenchannel.person;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.platform.FieldCipher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code person.version}: what stood there before each change. */
@Component
class VersionTable {

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final JsonMapper json;

    VersionTable(JdbcClient jdbc, FieldCipher cipher, JsonMapper json) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.json = json;
    }

    void insert(
            String subject,
            UUID subjectId,
            int number,
            Collection<String> changed,
            Map<String, String> before,
            Instant at,
            String username) {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into person.version (id, subject, subject_id, number, at, username, changed, data)"
                        + " values (:id, :subject, :subjectId, :number, :at, :username, :changed, :data)")
                .param("id", id)
                .param("subject", subject)
                .param("subjectId", subjectId)
                .param("number", number)
                .param("at", PersonTable.time(at))
                .param("username", username)
                .param("changed", changed.toArray(String[]::new))
                .param("data", cipher.encrypt(json.writeValueAsString(before), "person.version.data|" + id))
                .update();
    }

    /** What stood there before a change. */
    record Row(String subject, Instant at, String username, List<String> changed, Map<String, String> before) {}

    /** Changes of these people and guardians, newest first. */
    List<Row> of(Collection<UUID> subjects, int most) {
        return subjects.isEmpty()
                ? List.of()
                : jdbc.sql("select id, subject, at, username, changed, data from person.version"
                                + " where subject_id in (:subjects) order by at desc, number desc limit :most")
                        .param("subjects", subjects)
                        .param("most", most)
                        .query((row, n) -> new Row(
                                row.getString("subject"),
                                row.getTimestamp("at").toInstant(),
                                row.getString("username"),
                                List.of((String[]) row.getArray("changed").getArray()),
                                values(row.getBytes("data"), row.getObject("id", UUID.class))))
                        .list();
    }

    private Map<String, String> values(byte[] data, UUID id) {
        return json.readValue(cipher.decrypt(data, "person.version.data|" + id), new TypeReference<>() {});
    }
}
