package org.greenchannel.web;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Assets and the interceptor of languages. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    private final Languages languages;
    private final Idleness idleness;

    WebConfiguration(Languages languages, Idleness idleness) {
        this.languages = languages;
        this.idleness = idleness;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(languages).excludePathPatterns("/api/**", "/fhir/**", "/islands/**");
        registry.addInterceptor(idleness).excludePathPatterns("/api/**", "/fhir/**", "/islands/**");
    }

    /** Tells when sessions end, so that what they hold open ends with them. */
    @Bean
    HttpSessionEventPublisher sessionEvents() {
        return new HttpSessionEventPublisher();
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        // the names of chunks carry a digest of their content
        registry.addResourceHandler("/islands/chunk-*")
                .addResourceLocations("classpath:/static/islands/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
        // at the root, because a service worker serves only what lies under its own address
        registry.addResourceHandler("/sw.js")
                .addResourceLocations("classpath:/static/islands/")
                .setCacheControl(CacheControl.noCache());
        registry.addResourceHandler("/islands/**")
                .addResourceLocations("classpath:/static/islands/", "classpath:/static/web/")
                .setCacheControl(CacheControl.noCache());
    }
}
