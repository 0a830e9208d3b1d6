package org.greenchannel.notification;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts to the gateways of the city, signed after the Standard Webhooks specification: {@code webhook-id},
 * {@code webhook-timestamp} and {@code webhook-signature} ({@code v1,} and the Base64 of HMAC-SHA-256 over
 * {@code id.timestamp.body}). A redirect is a failure and is never followed.
 */
@Component
class WebhookGateway {

    /** The gateway did not take it; the message is a code without addresses. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final boolean silent;

        Refused(String code, boolean silent) {
            super(code);
            this.silent = silent;
        }

        /** True when there was no answer at all: the next call will not have one either. */
        boolean silent() {
            return silent;
        }
    }

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final int OK = 200;
    private static final int NOT_OK = 300;

    private final WebhookSettings settings;
    private final JsonMapper json;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    WebhookGateway(WebhookSettings settings, JsonMapper json, Clock clock) {
        this.settings = settings;
        this.json = json;
        this.clock = clock;
    }

    boolean enabled(Channel channel) {
        return settings.of(channel) != null;
    }

    /**
     * Sends one text.
     *
     * @param id the same for every attempt, so that the gateway knows what it has
     * @param content what the gateway gets beside the channel
     */
    void send(Channel channel, String id, Map<String, String> content) throws Refused {
        var gateway = settings.of(channel);
        if (gateway == null) {
            throw new Refused("NotConfigured", true);
        }
        var fields = new TreeMap<>(content);
        fields.put("channel", channel.name());
        String body = json.writeValueAsString(fields);
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        HttpRequest request = HttpRequest.newBuilder(gateway.url())
                .timeout(gateway.timeout())
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Idempotency-Key", id)
                .header("webhook-id", id)
                .header("webhook-timestamp", timestamp)
                .header("webhook-key-id", gateway.keyId())
                .header("webhook-signature", "v1," + signature(gateway.secret(), id + "." + timestamp + "." + body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        int status = status(request, gateway.timeout());
        if (status < OK || status >= NOT_OK) {
            throw new Refused("HTTP-" + status, false);
        }
    }

    /** The time limit is for the whole answer; one that drips does not hold anything up. */
    private int status(HttpRequest request, Duration timeout) throws Refused {
        checkPlace(request.uri().getHost());
        var answer = http.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode();
        } catch (TimeoutException slow) {
            answer.cancel(true);
            throw new Refused("Timeout", true);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new Refused(cause.getClass().getSimpleName(), true);
        } catch (InterruptedException stop) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new Refused("Interrupted", true);
        }
    }

    /** A name that suddenly stands for the metadata service of a cloud, or for everybody, is no gateway. */
    private static void checkPlace(String host) throws Refused {
        try {
            for (InetAddress place : InetAddress.getAllByName(host)) {
                if (place.isLinkLocalAddress() || place.isAnyLocalAddress() || place.isMulticastAddress()) {
                    throw new Refused("PlaceNotAllowed", true);
                }
            }
        } catch (UnknownHostException unknown) {
            throw new Refused("UnknownHost", true);
        }
    }

    static String signature(String secret, String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
