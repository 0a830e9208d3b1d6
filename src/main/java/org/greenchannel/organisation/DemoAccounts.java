package org.greenchannel.organisation;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/** Stores the accounts of the demonstration; without the demonstration it closes those that an earlier start made. */
@Component
class DemoAccounts {

    private static final String NAME = "demo-accounts";

    private final JdbcClient jdbc;
    private final Clock clock;

    DemoAccounts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param content null when there is no demonstration */
    void load(DemoAccountReader.@Nullable Content content, PackStore store) {
        if (content == null) {
            close(store);
            return;
        }
        String checksum = SeedLoader.digest(content + content.password());
        if (checksum.equals(store.checksum(NAME).orElse(""))) {
            return;
        }
        jdbc.sql("update organisation.account set enabled = false where demo").update();
        // the password is public and common to all, so one hash serves all of them and the start stays quick
        String hash = encoder().encode(content.password());
        for (DemoAccountReader.Entry entry : content.accounts()) {
            write(entry, hash);
        }
        store.loaded(NAME, checksum);
    }

    private void close(PackStore store) {
        int closed = jdbc.sql(
                        "update organisation.account set enabled = false, password_hash = null where demo and enabled")
                .update();
        if (closed > 0) {
            store.loaded(NAME, "closed");
        }
    }

    private void write(DemoAccountReader.Entry entry, @Nullable String hash) {
        UUID id = UUID.nameUUIDFromBytes(("demo:" + entry.username()).getBytes(StandardCharsets.UTF_8));
        jdbc.sql(
                        """
                        insert into organisation.account
                          (id, username, display_name, organisation, enabled, demo, password_hash, created_at)
                        values (:id, :username, :name, :organisation, true, true, :hash, :at)
                        on conflict (id) do update set display_name = excluded.display_name,
                          organisation = excluded.organisation, enabled = true, password_hash = excluded.password_hash""")
                .param("id", id)
                .param("username", entry.username())
                .param("name", entry.name())
                .param("organisation", entry.organisation())
                .param("hash", hash)
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
        jdbc.sql("delete from organisation.account_role where account = :id")
                .param("id", id)
                .update();
        jdbc.sql("delete from organisation.account_licence where account = :id")
                .param("id", id)
                .update();
        for (String role : entry.roles()) {
            jdbc.sql(
                            "insert into organisation.account_role (account, role, admin) select :id, code, admin from organisation.role where code = :role")
                    .param("id", id)
                    .param("role", role)
                    .update();
        }
        for (String licence : entry.licences()) {
            jdbc.sql(
                            "insert into organisation.account_licence (account, licence, valid_from, valid_until) values (:id, :licence, :from, :until)")
                    .param("id", id)
                    .param("licence", licence)
                    .param("from", Pack.ALWAYS)
                    .param("until", Pack.NEVER)
                    .update();
        }
    }

    /** Argon2id with 19 MiB, two passes, one lane. */
    static Argon2PasswordEncoder encoder() {
        return new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);
    }
}
