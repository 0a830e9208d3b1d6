package org.greenchannel.platform;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Refuses to serve a database with keys that are not the ones it was written with. */
@Component
@DependsOnDatabaseInitialization
class KeyCheck implements InitializingBean {

    private final JdbcClient jdbc;
    private final KeyRing keys;
    private final PlatformProperties properties;

    KeyCheck(JdbcClient jdbc, KeyRing keys, PlatformProperties properties) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.properties = properties;
    }

    @Override
    public void afterPropertiesSet() {
        byte[] digest = keys.mac("fingerprint").doFinal("green-channel".getBytes(StandardCharsets.UTF_8));
        String ours = HexFormat.of().formatHex(digest, 0, 8);
        jdbc.sql("insert into platform.key_fingerprint (fingerprint) values (?) on conflict do nothing")
                .param(ours)
                .update();
        String stored = jdbc.sql("select fingerprint from platform.key_fingerprint")
                .query(String.class)
                .single();
        if (!stored.equals(ours)) {
            throw new DatabaseUnavailable(
                    "The database was written with other keys than those in " + properties.keys() + ".",
                    "Restore the key file that belongs to this database; GREENCHANNEL_KEY_FILE may name it.");
        }
    }
}
