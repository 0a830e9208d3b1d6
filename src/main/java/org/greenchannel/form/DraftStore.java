package org.greenchannel.form;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.platform.FieldCipher;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code form.draft}: one per viewer and scope, encrypted. */
@Component
class DraftStore {

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final CanonicalJson json;

    DraftStore(JdbcClient jdbc, FieldCipher cipher, JsonMapper json) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.json = new CanonicalJson(json);
    }

    void save(String scope, UUID accountId, Map<String, ? extends @Nullable Object> data, Instant at) {
        jdbc.sql(
                        "insert into form.draft (scope, account_id, saved_at, data) values (:scope, :account, :at, :data)"
                                + " on conflict (scope, account_id) do update set saved_at = excluded.saved_at, data = excluded.data")
                .param("scope", scope)
                .param("account", accountId)
                .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                .param("data", cipher.encrypt(json.write(data), place(scope, accountId)))
                .update();
    }

    Optional<Map<String, @Nullable Object>> find(String scope, UUID accountId) {
        return jdbc.sql("select data from form.draft where scope = :scope and account_id = :account")
                .param("scope", scope)
                .param("account", accountId)
                .query((row, n) -> row.getBytes("data"))
                .optional()
                .map(data -> json.read(cipher.decrypt(data, place(scope, accountId))));
    }

    void delete(String scope, UUID accountId) {
        jdbc.sql("delete from form.draft where scope = :scope and account_id = :account")
                .param("scope", scope)
                .param("account", accountId)
                .update();
    }

    private static String place(String scope, UUID accountId) {
        return "form.draft.data|" + scope + ":" + accountId;
    }
}
