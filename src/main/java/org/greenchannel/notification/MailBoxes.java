package org.greenchannel.notification;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.greenchannel.platform.FieldCipher;
import org.springframework.stereotype.Component;

/**
 * Where mails to an account go: to the box its holder named and confirmed with a code, else to the one the city gives every
 * account. Mails name a case, so a box elsewhere is not taken.
 */
@Component
class MailBoxes {

    private static final Pattern ADDRESS =
            Pattern.compile("[a-z0-9._%+-]{1,64}@([a-z0-9](?:[a-z0-9.-]{0,120}[a-z0-9])?)");

    private final PreferenceTable table;
    private final FieldCipher cipher;
    private final MailSettings settings;

    MailBoxes(PreferenceTable table, FieldCipher cipher, MailSettings settings) {
        this.table = table;
        this.cipher = cipher;
        this.settings = settings;
    }

    String of(String username) {
        return table.address(username, Channel.MAIL)
                .filter(row -> row.verifiedAt() != null)
                .map(row -> cipher.decrypt(row.sealed(), WebhookDispatch.place(username, Channel.MAIL)))
                .orElse(username + "@" + settings.domain());
    }

    /** Domains a box may be in. */
    List<String> domains() {
        return Stream.concat(Stream.of(settings.domain()), settings.domains().stream())
                .map(domain -> domain.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    /** Whether it is written like an address. */
    static boolean written(String address) {
        return ADDRESS.matcher(address).matches();
    }

    /** Whether it is in one of the domains. */
    boolean ours(String address) {
        return domains().contains(address.substring(address.indexOf('@') + 1));
    }
}
