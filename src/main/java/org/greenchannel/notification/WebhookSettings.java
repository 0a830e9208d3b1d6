package org.greenchannel.notification;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code greenchannel.webhook}: the gateways of the city. Only these addresses are ever called; nothing a
 * person enters becomes part of one.
 *
 * @param sms gateway for text messages, or null
 * @param chat gateway of the government's chat, or null
 */
@ConfigurationProperties("greenchannel.webhook")
record WebhookSettings(@Nullable Gateway sms, @Nullable Gateway chat) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final int SHORTEST_SECRET = 32;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /**
     * A gateway.
     *
     * @param url where to post: https, or http on this machine
     * @param keyId name of the secret, so that the gateway can hold an old and a new one
     * @param secret shared secret of the signature, at least 32 bytes
     * @param timeout how long the whole answer may take, at most 20 seconds
     */
    record Gateway(URI url, @DefaultValue("1") String keyId, String secret, @DefaultValue("PT5S") Duration timeout) {
        Gateway {
            check(url);
            require(secret.getBytes(StandardCharsets.UTF_8).length >= SHORTEST_SECRET, "secret has less than 32 bytes");
            require(keyId.matches("[A-Za-z0-9._-]{1,40}"), "key-id must be letters, digits, dots and dashes");
            require(
                    !timeout.isNegative() && !timeout.isZero() && timeout.compareTo(LONGEST) <= 0,
                    "timeout must be between 1 ms and 20 s");
        }

        @Override
        public String toString() {
            return "Gateway[" + url.getHost() + ", key " + keyId + "]";
        }
    }

    @Nullable
    Gateway of(Channel channel) {
        return switch (channel) {
            case SMS -> sms;
            case CHAT -> chat;
            case MAIL, IN_APP -> null;
        };
    }

    private static void check(URI url) {
        String host = url.getHost();
        require(
                host != null && url.getUserInfo() == null && url.getFragment() == null,
                "url must be plain: scheme, host, path");
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        require(
                scheme.equals("https") || scheme.equals("http") && LOOPBACK.contains(String.valueOf(host)),
                "url must be https unless it is on this machine");
    }

    private static void require(boolean fine, String message) {
        if (!fine) {
            throw new IllegalArgumentException("greenchannel.webhook: " + message);
        }
    }
}
