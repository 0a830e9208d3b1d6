package org.greenchannel.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.greenchannel.Application;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole application for one city on a random port with a database of its own, closed when the test is done. */
public final class CityApp implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private CityApp(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts the application.
     *
     * @param seeds folder that replaces the reference data, or null for those of the repository
     */
    public static CityApp start(String city, @Nullable Path seeds) {
        List<String> arguments = new ArrayList<>(List.of(
                "--greenchannel.city=" + city,
                "--greenchannel.demo=true",
                "--server.port=0",
                "--spring.datasource.hikari.maximum-pool-size=6",
                "--spring.jmx.enabled=false"));
        if (seeds != null) {
            arguments.add("--greenchannel.seeds-dir=" + seeds);
        }
        return new CityApp(new SpringApplicationBuilder(Application.class, TestClockConfiguration.class)
                .initializers(new FreshDatabase(), context -> context.getBeanFactory()
                        .registerSingleton("noTestBeans", new NoTestBeans()))
                .registerShutdownHook(false)
                .run(arguments.toArray(String[]::new)));
    }

    /** Port of the web server. */
    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** A part of the application. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
