package org.greenchannel.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.greenchannel.platform.TestDatabase;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Gives each application context a database and a data directory of its own. */
public class FreshDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var database = TestDatabase.fresh();
        TestDatabase.closeFirst(context);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "fresh-database",
                        Map.of(
                                "greenchannel.database-url", database.url(),
                                "greenchannel.database-user", database.user(),
                                "greenchannel.database-password", database.password(),
                                "greenchannel.data-dir", dataDir().toString())));
    }

    private static Path dataDir() {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "data-");
            return folder.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
