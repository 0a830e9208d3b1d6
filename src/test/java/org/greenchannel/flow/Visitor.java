package org.greenchannel.flow;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody with a browser that runs no scripts: follows links, sends forms, keeps cookies. */
final class Visitor {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String base;

    Visitor(int port) {
        base = "http://127.0.0.1:" + port;
    }

    /** A page. */
    record Page(int status, String body, HttpResponse<byte[]> raw) {
        Page expect(int expected) {
            if (status != expected) {
                throw new AssertionError("expected " + expected + " but was " + status + ": "
                        + body.replaceAll("(?s).*<main", "<main").replaceAll("\\s+", " "));
            }
            return this;
        }

        String location() {
            return raw.headers().firstValue("Location").orElse("").replaceFirst("^https?://[^/]+", "");
        }

        /** Value of a hidden field. */
        String hidden(String name) {
            var found = Pattern.compile("name=\"" + name + "\"[^>]*value=\"([^\"]*)\"")
                    .matcher(body);
            if (!found.find()) {
                throw new AssertionError("no field " + name + " in " + body);
            }
            return found.group(1);
        }
    }

    Page get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    /** Sends a form with the token of the page it stands on. */
    Page post(String from, String path, Map<String, String> fields) {
        return post(get(from), path, fields);
    }

    Page post(Page from, String path, Map<String, String> fields) {
        var token = TOKEN.matcher(from.body());
        String body = (token.find() ? "_csrf=" + encoded(token.group(1)) + "&" : "")
                + fields.entrySet().stream()
                        .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
                        .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    Visitor signedIn(String user) {
        post("/login", "/login", Map.of("username", user, "password", Api.PASSWORD))
                .expect(302);
        // an account keeps the language that another test chose for it
        get("/verify?lang=zh").expect(200);
        return this;
    }

    boolean holds(String cookie) {
        return cookies.getCookieStore().getCookies().stream()
                .anyMatch(c -> c.getName().equals(cookie) && !c.getValue().isEmpty());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Page send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Page(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8), response);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
