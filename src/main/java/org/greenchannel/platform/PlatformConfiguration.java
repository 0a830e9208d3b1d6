package org.greenchannel.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.TreeSet;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.Ordered;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** Technical beans every module may use. */
@Configuration(proxyBeanMethods = false)
@EnableTransactionManagement
class PlatformConfiguration {

    @Bean
    @ConditionalOnMissingBean(Clock.class)
    Clock systemClock() {
        return Clock.systemUTC();
    }

    /** The zone in which people read and the law counts. */
    @Bean
    ZoneId zone() {
        return ZoneId.of("Asia/Shanghai");
    }

    /** All bundles below {@code messages/}: Chinese is the default, English the other language. */
    @Bean
    MessageSource messageSource() {
        var source = new ResourceBundleMessageSource();
        source.setBasenames(bundles());
        source.setDefaultEncoding(StandardCharsets.UTF_8.name());
        source.setFallbackToSystemLocale(false);
        return source;
    }

    private static String[] bundles() {
        var names = new TreeSet<String>();
        try {
            for (var file :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:messages/*.properties")) {
                String name = String.valueOf(file.getFilename()).replaceFirst("(_en)?\\.properties$", "");
                names.add("messages/" + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names.toArray(String[]::new);
    }

    @Bean
    KeyRing keyRing(PlatformProperties properties) {
        return KeyRing.open(properties.keys());
    }

    @Bean
    FilterRegistrationBean<CorrelationFilter> correlationFilter() {
        var registration = new FilterRegistrationBean<>(new CorrelationFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }
}
