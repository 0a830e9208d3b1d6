package org.greenchannel.note;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.platform.FieldCipher;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of notes and their encrypted versions. */
@Repository
class NoteTable {

    private static final String COLUMNS =
            "note_id, position, case_file_id, kind, author, organisation, created_at, withdrawn_at, withdrawn_why";

    private final JdbcClient jdbc;
    private final FieldCipher cipher;

    NoteTable(JdbcClient jdbc, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    private record Row(Note head, long position) {}

    private record Saying(UUID note, Note.Version version) {}

    void add(Note note) {
        jdbc.sql(
                        """
                insert into note.note (note_id, case_file_id, kind, author, organisation, created_at)
                values (:id, :caseId, :kind, :author, :organisation, :at)
                """)
                .param("id", note.id())
                .param("caseId", note.caseId())
                .param("kind", note.kind().name())
                .param("author", note.author())
                .param("organisation", note.organisation())
                .param("at", Timestamp.from(note.at()))
                .update();
        note.versions().forEach(version -> say(note.id(), version));
    }

    /** Adds a version; false when there is one with this number. */
    boolean say(UUID note, Note.Version version) {
        return jdbc.sql(
                                """
                insert into note.version (note_id, version, at, mentions, body)
                values (:id, :version, :at, :mentions, :body)
                on conflict do nothing
                """)
                        .param("id", note)
                        .param("version", version.number())
                        .param("at", Timestamp.from(version.at()))
                        .param("mentions", version.mentions().toArray(String[]::new))
                        .param("body", cipher.encrypt(version.text(), place(note, version.number())))
                        .update()
                == 1;
    }

    boolean withdraw(UUID id, String why, Instant at) {
        return jdbc.sql(
                                """
                update note.note set withdrawn_at = :at, withdrawn_why = :why
                where note_id = :id and withdrawn_at is null
                """)
                        .param("id", id)
                        .param("at", Timestamp.from(at))
                        .param("why", why)
                        .update()
                == 1;
    }

    Page<Note> page(UUID caseId, int limit, @Nullable String cursor) {
        List<Row> rows = jdbc.sql("select " + COLUMNS
                        + " from note.note where case_file_id = :caseId and position < :before"
                        + " order by position desc limit :limit")
                .param("caseId", caseId)
                .param("before", position(cursor))
                .param("limit", limit + 1)
                .query(this::row)
                .list();
        List<Row> shown = rows.size() > limit ? rows.subList(0, limit) : rows;
        String next = rows.size() > limit ? Long.toString(shown.get(limit - 1).position()) : null;
        return new Page<>(full(shown.stream().map(Row::head).toList()), next);
    }

    List<Note> find(UUID caseId, Collection<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : full(jdbc
                        .sql("select " + COLUMNS + " from note.note where case_file_id = :caseId and note_id in (:ids)")
                        .param("caseId", caseId)
                        .param("ids", ids)
                        .query(this::row)
                        .list()
                        .stream()
                        .map(Row::head)
                        .toList());
    }

    /** One note, locked until the end of the transaction. */
    Optional<Note> lock(UUID caseId, UUID id) {
        return jdbc.sql("select " + COLUMNS
                        + " from note.note where case_file_id = :caseId and note_id = :id for update")
                .param("caseId", caseId)
                .param("id", id)
                .query(this::row)
                .optional()
                .map(row -> full(List.of(row.head())).get(0));
    }

    private List<Note> full(List<Note> heads) {
        if (heads.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<Note.Version>> versions = jdbc
                .sql("select * from note.version where note_id in (:ids) order by version")
                .param("ids", heads.stream().map(Note::id).toList())
                .query(this::saying)
                .list()
                .stream()
                .collect(Collectors.groupingBy(Saying::note, Collectors.mapping(Saying::version, Collectors.toList())));
        return heads.stream()
                .map(n -> new Note(
                        n.id(),
                        n.caseId(),
                        n.kind(),
                        n.author(),
                        n.organisation(),
                        n.at(),
                        versions.getOrDefault(n.id(), List.of()),
                        n.withdrawnAt(),
                        n.withdrawnWhy()))
                .toList();
    }

    private Saying saying(ResultSet row, int n) throws SQLException {
        UUID id = row.getObject("note_id", UUID.class);
        int number = row.getInt("version");
        return new Saying(
                id,
                new Note.Version(
                        number,
                        row.getTimestamp("at").toInstant(),
                        cipher.decrypt(row.getBytes("body"), place(id, number)),
                        List.of((String[]) row.getArray("mentions").getArray())));
    }

    private Row row(ResultSet row, int n) throws SQLException {
        Timestamp withdrawn = row.getTimestamp("withdrawn_at");
        return new Row(
                new Note(
                        row.getObject("note_id", UUID.class),
                        row.getObject("case_file_id", UUID.class),
                        NoteKind.valueOf(row.getString("kind")),
                        row.getString("author"),
                        row.getString("organisation"),
                        row.getTimestamp("created_at").toInstant(),
                        List.of(),
                        withdrawn == null ? null : withdrawn.toInstant(),
                        row.getString("withdrawn_why")),
                row.getLong("position"));
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

    private static String place(UUID note, int version) {
        return "note.version.body|" + note + "|" + version;
    }
}
