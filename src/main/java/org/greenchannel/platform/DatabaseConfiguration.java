package org.greenchannel.platform;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Connects to the outside PostgreSQL that is configured, or starts one in the data directory. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PlatformProperties.class)
class DatabaseConfiguration {

    private record Details(String url, @Nullable String user, @Nullable String password)
            implements JdbcConnectionDetails {
        @Override
        public String getJdbcUrl() {
            return url;
        }

        @Override
        public @Nullable String getUsername() {
            return user;
        }

        @Override
        public @Nullable String getPassword() {
            return password;
        }

        @Override
        public String toString() {
            return url;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(IsOutside.class)
    static class Outside {
        @Bean
        JdbcConnectionDetails outsideDatabase(PlatformProperties properties) {
            String url = java.util.Objects.requireNonNull(properties.databaseUrl());
            if (!url.startsWith("jdbc:postgresql:")) {
                throw new DatabaseUnavailable(
                        "The database address " + url.replaceAll("//.*@", "//…@") + " is not one of PostgreSQL.",
                        "Give --database-url an address like jdbc:postgresql://host:5432/greenchannel.");
            }
            return new Details(url, properties.databaseUser(), properties.databasePassword());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(IsInside.class)
    static class Inside {
        /** The pool depends on the details and these on the server, so the pool is closed first. */
        @Bean(destroyMethod = "close")
        EmbeddedPostgres embeddedPostgres(PlatformProperties properties) {
            Path home = properties.home().resolve("postgres");
            return EmbeddedPostgres.start(PostgresOptions.durable(home, properties.databasePort(), "greenchannel"));
        }

        @Bean
        JdbcConnectionDetails insideDatabase(EmbeddedPostgres server) {
            return new Details(server.url(), EmbeddedPostgres.ROLE, server.password());
        }
    }

    static class IsOutside implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty("greenchannel.database-url"));
        }
    }

    static class IsInside extends IsOutside {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !super.matches(context, metadata);
        }
    }
}
