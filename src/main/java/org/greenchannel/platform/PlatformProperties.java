package org.greenchannel.platform;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code greenchannel}.
 *
 * @param city code of the city pack this deployment serves
 * @param demo whether demonstration accounts and synthetic people exist
 * @param dataDir where everything that must survive lives; default {@code ~/.green-channel/<city>}
 * @param databaseUrl JDBC address of an outside PostgreSQL; without it one is started inside the data directory
 * @param databaseUser user of the outside database
 * @param databasePassword password of the outside database
 * @param databasePort preferred port of the inside database; another free one is taken when it is in use
 * @param seedsDir folder that replaces the built-in {@code seeds/}
 * @param keyFile file with the keys; default {@code <data-dir>/keys/keys.properties}
 */
@ConfigurationProperties("greenchannel")
record PlatformProperties(
        @DefaultValue("zhengzhou") String city,
        @DefaultValue("false") boolean demo,
        @Nullable Path dataDir,
        @Nullable String databaseUrl,
        @Nullable String databaseUser,
        @Nullable String databasePassword,
        @DefaultValue("15432") int databasePort,
        @Nullable Path seedsDir,
        @Nullable Path keyFile) {

    /** The data directory, absolute. */
    Path home() {
        if (dataDir != null && !dataDir.toString().isBlank()) {
            return dataDir.toAbsolutePath().normalize();
        }
        return Path.of(System.getProperty("user.home"), ".green-channel", city).toAbsolutePath();
    }

    /** The key file, absolute. */
    Path keys() {
        if (keyFile != null && !keyFile.toString().isBlank()) {
            return keyFile.toAbsolutePath().normalize();
        }
        return home().resolve("keys").resolve("keys.properties");
    }
}
