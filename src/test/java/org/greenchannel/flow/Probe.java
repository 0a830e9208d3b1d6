package org.greenchannel.flow;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests as an attacker would: any method, any header, any body, any credentials. */
final class Probe {

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final String base;

    Probe(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    /** What came back. */
    record Reply(int status, String type, String body, JsonNode json, HttpResponse<byte[]> raw) {

        /** The slug of the problem. */
        String problem() {
            return json.path("type").asString("");
        }

        String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }
    }

    /** A request under construction. */
    final class Call {
        private final HttpRequest.Builder request;
        private final String method;
        private @Nullable String body;

        private Call(String method, String path) {
            this.method = method;
            this.request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
        }

        Call as(String user) {
            return as(user, Api.PASSWORD);
        }

        Call as(String user, String password) {
            String token = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
            return header("Authorization", "Basic " + token);
        }

        Call header(String name, String value) {
            request.setHeader(name, value);
            return this;
        }

        Call language(String tag) {
            return header("Accept-Language", tag);
        }

        /** A body as it is. */
        Call text(String contentType, String text) {
            body = text;
            return contentType.isEmpty() ? this : header("Content-Type", contentType);
        }

        Call json(Object value) {
            return text("application/json", value instanceof String text ? text : json.writeValueAsString(value));
        }

        Call data(Map<String, ?> data) {
            return json(Map.of("data", data));
        }

        Reply send() {
            request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
            try {
                HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
                String text = new String(response.body(), StandardCharsets.UTF_8);
                String type = response.headers().firstValue("Content-Type").orElse("");
                JsonNode tree = json.readTree(type.contains("json") && !text.isEmpty() ? text : "null");
                return new Reply(response.statusCode(), type, text, tree, response);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    Call get(String path) {
        return new Call("GET", path);
    }

    Call post(String path) {
        return new Call("POST", path);
    }

    Call call(String method, String path) {
        return new Call(method, path);
    }

    JsonMapper mapper() {
        return json;
    }
}
