package org.greenchannel.form;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.FieldCipher;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code form.draft}: one per viewer and scope, encrypted. */
@Component
class DraftStore {

    /** How long a draft nobody goes on with is kept. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final String SELECT =
            "select scope, account_id, saved_at, version, username, data from form.draft where scope = :scope";

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final CanonicalJson json;
    private final Clock clock;

    DraftStore(JdbcClient jdbc, FieldCipher cipher, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.json = new CanonicalJson(json);
        this.clock = clock;
    }

    /** The new version, or nothing when another one than the one seen is there. */
    Optional<Integer> save(
            String scope,
            Viewer viewer,
            Map<String, ? extends @Nullable Object> data,
            @Nullable Integer seen,
            Instant at) {
        return jdbc.sql("insert into form.draft as old (scope, account_id, saved_at, username, data)"
                        + " values (:scope, :account, :at, :username, :data)"
                        + " on conflict (scope, account_id) do update set saved_at = excluded.saved_at,"
                        + " data = excluded.data, username = excluded.username, version = old.version + 1"
                        + " where cast(:seen as integer) is null or old.version = :seen returning version")
                .param("scope", scope)
                .param("account", viewer.accountId())
                .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                .param("username", viewer.username())
                .param("data", cipher.encrypt(json.write(data), place(scope, viewer.accountId())))
                .param("seen", seen, java.sql.Types.INTEGER)
                .query(Integer.class)
                .optional();
    }

    Optional<Draft> find(String scope, UUID accountId) {
        return jdbc.sql(SELECT + " and account_id = :account")
                .param("scope", scope)
                .param("account", accountId)
                .query((row, n) -> draft(row))
                .optional();
    }

    Map<String, Instant> saved(Collection<String> scopes, UUID accountId) {
        Map<String, Instant> saved = new HashMap<>();
        jdbc.sql("select scope, saved_at from form.draft where scope = any(:scopes) and account_id = :account")
                .param("scopes", scopes.toArray(String[]::new))
                .param("account", accountId)
                .query(row -> {
                    saved.put(
                            row.getString("scope"),
                            row.getObject("saved_at", OffsetDateTime.class).toInstant());
                });
        return saved;
    }

    Optional<Draft> last(String scope) {
        return jdbc.sql(SELECT + " order by saved_at desc limit 1")
                .param("scope", scope)
                .query((row, n) -> draft(row))
                .optional();
    }

    private Draft draft(ResultSet row) throws SQLException {
        String place = place(row.getString("scope"), row.getObject("account_id", UUID.class));
        return new Draft(
                json.read(cipher.decrypt(row.getBytes("data"), place)),
                row.getObject("saved_at", OffsetDateTime.class).toInstant(),
                row.getInt("version"),
                row.getString("username"));
    }

    void delete(String scope, UUID accountId) {
        jdbc.sql("delete from form.draft where scope = :scope and account_id = :account")
                .param("scope", scope)
                .param("account", accountId)
                .update();
    }

    void delete(String scope) {
        jdbc.sql("delete from form.draft where scope = :scope")
                .param("scope", scope)
                .update();
    }

    @Scheduled(fixedDelayString = "PT6H", initialDelayString = "PT7M")
    void forgetOld() {
        jdbc.sql("delete from form.draft where saved_at < :before")
                .param("before", OffsetDateTime.ofInstant(clock.instant().minus(KEPT), ZoneOffset.UTC))
                .update();
    }

    private static String place(String scope, UUID accountId) {
        return "form.draft.data|" + scope + ":" + accountId;
    }
}
