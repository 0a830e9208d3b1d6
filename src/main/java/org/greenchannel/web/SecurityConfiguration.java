package org.greenchannel.web;

import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Who may knock at which door, and with which headers the doors answer. {@link AccountSignIn} is the one provider of the
 * application; naming it again for a chain would ask it twice for each failure.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Nothing inline, nothing from elsewhere. form-js draws its icons as data addresses, hence {@code img-src data:}. */
    static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String PERMISSIONS = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()";

    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http, BasicSignIn basic, Refused refused) throws Exception {
        return common(http)
                .securityMatcher(Routes.API.toArray(String[]::new))
                .authorizeHttpRequests(a -> a.anyRequest().authenticated())
                // no cookie is ever read here, so there is nothing to forge
                .csrf(c -> c.disable())
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(c -> c.disable())
                .logout(l -> l.disable())
                .addFilterAfter(basic, SecurityContextHolderFilter.class)
                .exceptionHandling(e -> e.authenticationEntryPoint(refused).accessDeniedHandler(refused))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain apiDocs(HttpSecurity http, BasicSignIn basic, Refused refused) throws Exception {
        return common(http)
                .securityMatcher(Routes.API_DOCS.toArray(String[]::new))
                .authorizeHttpRequests(a -> a.anyRequest().authenticated())
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .requestCache(c -> c.disable())
                .addFilterAfter(basic, SecurityContextHolderFilter.class)
                .exceptionHandling(e -> e.authenticationEntryPoint(refused).accessDeniedHandler(refused))
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain pages(HttpSecurity http, SignInTrail trail, Refused refused) throws Exception {
        return common(http)
                .authorizeHttpRequests(a -> a.dispatcherTypeMatchers(
                                DispatcherType.FORWARD, DispatcherType.ERROR, DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers(Routes.OPEN.toArray(String[]::new))
                        .permitAll()
                        .requestMatchers(Routes.SIGNED_IN.toArray(String[]::new))
                        .authenticated()
                        .anyRequest()
                        .denyAll())
                .formLogin(f -> f.loginPage("/login")
                        .successHandler(trail)
                        .failureHandler(trail)
                        .permitAll())
                .logout(l ->
                        l.addLogoutHandler(trail).logoutSuccessUrl("/login?out").deleteCookies("gc-session"))
                .addFilterBefore(new SameSiteFilter(), SecurityContextHolderFilter.class)
                .exceptionHandling(e -> e.authenticationEntryPoint(refused).accessDeniedHandler(refused))
                .build();
    }

    private static HttpSecurity common(HttpSecurity http) throws Exception {
        return http.headers(h -> h.contentSecurityPolicy(c -> c.policyDirectives(CONTENT_POLICY))
                        .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                        .referrerPolicy(r -> r.policy(ReferrerPolicy.NO_REFERRER))
                        .crossOriginOpenerPolicy(c -> c.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(c -> c.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                        .httpStrictTransportSecurity(s -> s.maxAgeInSeconds(31_536_000))
                        .permissionsPolicyHeader(p -> p.policy(PERMISSIONS)))
                .httpBasic(b -> b.disable())
                .anonymous(a -> a.principal("anonymous"));
    }
}
