package org.greenchannel.web;

import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Assets and the interceptor of languages. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    private final Languages languages;

    WebConfiguration(Languages languages) {
        this.languages = languages;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(languages).excludePathPatterns("/api/**", "/fhir/**", "/islands/**");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        // the names of chunks carry a digest of their content
        registry.addResourceHandler("/islands/chunk-*")
                .addResourceLocations("classpath:/static/islands/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
        registry.addResourceHandler("/islands/**")
                .addResourceLocations("classpath:/static/islands/", "classpath:/static/web/")
                .setCacheControl(CacheControl.noCache());
    }
}
