package org.greenchannel.notification;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code greenchannel.mail}; the server itself is {@code spring.mail.*}.
 *
 * @param enabled whether mails are sent at all
 * @param from sender address
 * @param domain domain of the accounts' mail boxes: {@code username@domain}
 */
@ConfigurationProperties("greenchannel.mail")
record MailSettings(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("green-channel@localhost") String from,
        @DefaultValue("localhost") String domain) {}
