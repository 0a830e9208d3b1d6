package org.greenchannel.web;

import java.util.List;

/** Every address the application answers. What is not written here does not exist: deny by default. */
final class Routes {

    /** For anybody: the sign-in page, assets, the check of an official paper, the rights page behind its code, health. */
    static final List<String> OPEN = List.of(
            "/login",
            "/islands/**",
            "/favicon.ico",
            "/verify",
            "/verify/**",
            "/error",
            "/sw.js",
            "/manifest.webmanifest",
            "/offline",
            "/rights",
            "/rights/**",
            "/actuator/health/**");

    /** For the signed-in; which of them may see what is decided by the modules. */
    static final List<String> SIGNED_IN = List.of(
            "/",
            "/logout",
            "/events",
            "/session",
            "/start/**",
            "/work-items/**",
            "/cases/**",
            "/persons/**",
            "/notifications/**",
            "/deputies/**",
            "/community/**",
            "/oversight/**",
            "/problems/**",
            "/help",
            "/help/**");

    /** The REST API, HTTP Basic and stateless. */
    static final List<String> API = List.of("/api/**", "/fhir/**");

    /** Description of the API, for sessions and HTTP Basic. */
    static final List<String> API_DOCS = List.of("/v3/api-docs/**");

    private Routes() {}
}
