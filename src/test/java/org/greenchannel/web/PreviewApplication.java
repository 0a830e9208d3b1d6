package org.greenchannel.web;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** The pages over {@link PageStubs}: started by tests, or by hand to look at them in a browser. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class},
        excludeName = {
            "org.springframework.modulith.events.config.EventPublicationAutoConfiguration",
            "org.springframework.modulith.events.jdbc.JdbcEventPublicationAutoConfiguration"
        })
@ComponentScan(
        basePackageClasses = Frame.class,
        excludeFilters =
                @ComponentScan.Filter(
                        type = org.springframework.context.annotation.FilterType.REGEX,
                        pattern = ".*(Tests|Stubs|Preview).*"))
@Import(PageStubs.class)
class PreviewApplication {
    public static void main(String[] args) {
        SpringApplication.run(
                PreviewApplication.class,
                "--greenchannel.demo=true",
                "--server.port=" + (args.length > 0 ? args[0] : "8095"));
    }
}
