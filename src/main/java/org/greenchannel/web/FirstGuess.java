package org.greenchannel.web;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Organisation;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.web.QuickField.Option;
import org.springframework.stereotype.Component;

/** What a person at the scene need not type: the places of the own beat come first, a police officer reports from 110. */
@Component
class FirstGuess {

    private static final String AREA = "areaCode";
    private static final String CHANNEL = "channel";

    private final Organisations organisations;

    FirstGuess(Organisations organisations) {
        this.organisations = organisations;
    }

    /** The fields of an empty form with what can be guessed; the person sees and may change it. */
    List<QuickField> fill(List<QuickField> fields, Viewer viewer) {
        List<QuickField> guessed = new ArrayList<>();
        for (QuickField field : order(fields, viewer)) {
            String guess = field.values().isEmpty() ? guess(field, viewer) : "";
            guessed.add(guess.isEmpty() ? field : field.with(List.of(guess), field.options()));
        }
        return guessed;
    }

    private String guess(QuickField field, Viewer viewer) {
        if (field.key().equals(CHANNEL) && viewer.roles().contains("police-officer")) {
            return "110";
        }
        if (!field.key().equals(AREA)) {
            return "";
        }
        List<Option> own = field.options().stream()
                .filter(near(viewer))
                .filter(option -> !option.value().endsWith("000"))
                .toList();
        return own.size() == 1 ? own.get(0).value() : "";
    }

    /** Places of the viewer's own area before all others. */
    List<QuickField> order(List<QuickField> fields, Viewer viewer) {
        return fields.stream()
                .map(field -> field.key().equals(AREA) ? field.with(field.values(), nearFirst(field, viewer)) : field)
                .toList();
    }

    private List<Option> nearFirst(QuickField field, Viewer viewer) {
        Predicate<Option> near = near(viewer);
        List<Option> sorted = new ArrayList<>(field.options().stream()
                .filter(near.and(option -> !option.value().endsWith("000")))
                .toList());
        field.options().stream().filter(option -> !sorted.contains(option)).forEach(sorted::add);
        return sorted;
    }

    private Predicate<Option> near(Viewer viewer) {
        String area = organisations
                .find(viewer.organisation())
                .map(Organisation::area)
                .orElse("");
        String prefix = area.replaceAll("0+$", "");
        return option -> !prefix.isEmpty() && option.value().startsWith(prefix);
    }
}
