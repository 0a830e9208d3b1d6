package org.greenchannel.notification;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code greenchannel.mail}; the server itself is {@code spring.mail.*}.
 *
 * @param enabled whether mails are sent at all
 * @param from sender address
 * @param domain domain of the accounts' mail boxes: {@code username@domain}
 * @param domains further domains in which people may have a box of their own
 */
@ConfigurationProperties("greenchannel.mail")
record MailSettings(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("green-channel@localhost") String from,
        @DefaultValue("localhost") String domain,
        @DefaultValue List<String> domains) {}
