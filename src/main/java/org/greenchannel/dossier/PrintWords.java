package org.greenchannel.dossier;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.organisation.Organisation;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Codes, times and names in the words of the print. */
@Component
class PrintWords {

    private final Organisations organisations;
    private final Accounts accounts;
    private final Texts texts;
    private final ZoneId zone;

    PrintWords(Organisations organisations, Accounts accounts, Texts texts, ZoneId zone) {
        this.organisations = organisations;
        this.accounts = accounts;
        this.texts = texts;
        this.zone = zone;
    }

    String said(String key, Locale locale) {
        return texts.of(key).in(locale);
    }

    String said(String key, Locale locale, Object... args) {
        return texts.of(key, args).in(locale);
    }

    String time(Instant at) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").format(at.atZone(zone));
    }

    String account(@Nullable String username, Locale locale) {
        return username == null
                ? said("dossier.print.system", locale)
                : accounts.displayNames(Set.of(username)).getOrDefault(username, username);
    }

    String accounts(Collection<String> usernames, Locale locale) {
        return usernames.stream()
                .map(name -> account(name, locale))
                .collect(Collectors.joining(said("dossier.print.separator", locale)));
    }

    String organisation(String code, Locale locale) {
        return organisations
                .find(code)
                .map(Organisation::name)
                .map(name -> name.in(locale))
                .orElse(code);
    }
}
