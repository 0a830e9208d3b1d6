package org.greenchannel.casefile;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Submission;
import org.greenchannel.organisation.Account;
import org.greenchannel.organisation.Accounts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is on record in a case, as the expressions of {@code seeds/legal-status.yaml} see it: stored submissions only. */
@Component
class StatusEvidence {

    private static final Pattern PLACE = Pattern.compile("\\b(form|signed)\\[\"([A-Za-z0-9-]+)\"]");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern MOMENT = Pattern.compile(DAY + "T[0-9:.]+(Z|[+-]\\d\\d:\\d\\d)");

    private final Forms forms;
    private final Accounts accounts;
    private final ZoneId zone;

    StatusEvidence(Forms forms, Accounts accounts, ZoneId zone) {
        this.forms = forms;
        this.accounts = accounts;
        this.zone = zone;
    }

    /** FEEL has no brackets for keys that are no names. */
    static String readable(String expression) {
        return PLACE.matcher(expression).replaceAll("$1.`$2`");
    }

    /** The pieces of evidence that these expressions name; those that do not exist are null. */
    Map<String, @Nullable Object> of(
            UUID caseId, Map<String, LegalStatusTable.Source> sources, List<String> expressions) {
        Map<String, Optional<Submission>> read = new HashMap<>();
        String all = String.join("\n", expressions);
        Map<String, @Nullable Object> evidence = new HashMap<>();
        sources.forEach((name, source) -> {
            if (Pattern.compile("\\b" + name + "\\b").matcher(all).find()) {
                evidence.put(name, newest(caseId, source, read));
            }
        });
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        Map<String, @Nullable Object> signed = new LinkedHashMap<>();
        for (String form : named(all)) {
            Submission submission = latest(caseId, form, read).orElse(null);
            data.put(form, submission == null ? null : data(submission));
            signed.put(form, submission == null ? null : signature(submission));
        }
        evidence.put("form", data);
        evidence.put("signed", signed);
        return evidence;
    }

    /** Present status, stay and time. */
    Map<String, @Nullable Object> when(StatusHistory history, Instant now) {
        Map<String, @Nullable Object> status = new HashMap<>();
        status.put("code", history.code());
        status.put("since", feel(history.since()));
        status.put("previous", history.previous());
        Map<String, @Nullable Object> stay = new HashMap<>();
        stay.put("since", feel(history.staySince()));
        Map<String, @Nullable Object> when = new HashMap<>();
        when.put("status", status);
        when.put("stay", stay);
        when.put("now", feel(now));
        return when;
    }

    private static Set<String> named(String expressions) {
        Set<String> names = new LinkedHashSet<>();
        var places = PLACE.matcher(expressions);
        while (places.find()) {
            names.add(places.group(2));
        }
        return names;
    }

    private @Nullable Object newest(
            UUID caseId, LegalStatusTable.Source source, Map<String, Optional<Submission>> read) {
        return source.forms().stream()
                .map(form -> latest(caseId, form, read))
                .flatMap(Optional::stream)
                .filter(submission -> source.with() == null || submission.data().get(source.with()) != null)
                .max(Comparator.comparing(Submission::at))
                .map(submission -> {
                    Map<String, @Nullable Object> piece = new HashMap<>(signature(submission));
                    piece.put("form", submission.formId());
                    piece.put("data", data(submission));
                    return piece;
                })
                .orElse(null);
    }

    private Optional<Submission> latest(UUID caseId, String form, Map<String, Optional<Submission>> read) {
        return read.computeIfAbsent(form, id -> forms.latest(caseId, id));
    }

    private Map<String, @Nullable Object> signature(Submission submission) {
        Optional<Account> signer = accounts.find(submission.username());
        Map<String, @Nullable Object> signature = new HashMap<>();
        signature.put("at", feel(submission.at()));
        signature.put("by", submission.username());
        signature.put(
                "licences",
                signer.map(account -> List.copyOf(account.licences())).orElse(List.of()));
        signature.put(
                "roles", signer.map(account -> List.copyOf(account.roles())).orElse(List.of()));
        return signature;
    }

    private Map<String, @Nullable Object> data(Submission submission) {
        Map<String, @Nullable Object> data = new HashMap<>();
        submission.data().forEach((key, value) -> data.put(key, feel(value)));
        return data;
    }

    private @Nullable Object feel(@Nullable Object value) {
        if (value instanceof Instant at) {
            return at.atZone(zone);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(feel(item)));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new HashMap<>();
            map.forEach((key, item) -> copy.put(Objects.toString(key), feel(item)));
            return copy;
        }
        return value instanceof String text ? moment(text) : value;
    }

    /** Answers are stored as text; what looks like a date is one. */
    private Object moment(String text) {
        try {
            if (MOMENT.matcher(text).matches()) {
                return OffsetDateTime.parse(text).atZoneSameInstant(zone);
            }
            return DAY.matcher(text).matches() ? LocalDate.parse(text) : text;
        } catch (DateTimeException e) {
            return text;
        }
    }
}
