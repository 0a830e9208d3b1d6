package org.greenchannel.casefile;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.greenchannel.organisation.AccessPolicy.Sight;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What those see of a case who may know only its state: in hospital or not, voluntary or not (D16 {@code status}).
 * Never the ground of an admission, which says what a person did or wanted to do.
 */
@Component
class CoarseState {

    /** Masked is full here: what is masked for auditors is who the person is, which no case shows unmasked. */
    private static final Set<String> FULL = Set.of("READ", "WRITE", "MASKED");

    /** Kinds of the story that carry the ground of a decision. */
    private static final Set<String> GROUNDS = Set.of("STATUS", "OUTCOME");

    private final Texts texts;

    CoarseState(Texts texts) {
        this.texts = texts;
    }

    CaseSummary seen(CaseSummary file, Sight sight) {
        if (FULL.contains(sight.name())) {
            return file;
        }
        boolean nothing = sight == Sight.NONE;
        return new CaseSummary(
                file.id(),
                file.number(),
                file.processKey(),
                file.personId(),
                file.areaCode(),
                nothing ? null : coarse(file.legalStatus()),
                nothing ? null : coarse(file.admissionType()),
                file.stage(),
                nothing ? null : coarse(file.outcome()),
                file.hospital(),
                file.openedBy(),
                file.openedAt(),
                file.closedAt(),
                file.version());
    }

    /** The entry, a coarser one, or none. */
    Optional<TimelineEntry> seen(TimelineEntry entry, Sight sight) {
        if (FULL.contains(sight.name())) {
            return Optional.of(entry);
        }
        if (entry.kind().equals("DECISION") || (sight == Sight.NONE && GROUNDS.contains(entry.kind()))) {
            return Optional.empty();
        }
        if (!GROUNDS.contains(entry.kind())) {
            return Optional.of(entry);
        }
        String state = coarse(entry.detail().getOrDefault("to", entry.detail().get("outcome")));
        return Optional.of(new TimelineEntry(
                entry.id(),
                entry.caseId(),
                entry.at(),
                entry.kind(),
                texts.of("casefile.coarse." + state),
                "",
                entry.actor(),
                state == null ? Map.of() : Map.of("to", state)));
    }

    static @Nullable String coarse(@Nullable String code) {
        if (code == null) {
            return null;
        }
        if (code.startsWith("ADMITTED_")) {
            return "ADMITTED";
        }
        if (code.startsWith("RELEASED")) {
            return "RELEASED";
        }
        if (code.startsWith("INVOLUNTARY_")) {
            return "INVOLUNTARY";
        }
        return code.startsWith("VOLUNTARY") ? "VOLUNTARY" : code;
    }
}
