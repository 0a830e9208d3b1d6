package org.greenchannel.web;

import java.util.List;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Organisation;
import org.greenchannel.organisation.Organisations;
import org.springframework.stereotype.Component;

/** What a person at the scene need not type: a police officer reports from 110, a beat of one community is that one. */
@Component
class FirstGuess {

    private final Organisations organisations;

    FirstGuess(Organisations organisations) {
        this.organisations = organisations;
    }

    /** The fields of an empty form with what can be guessed; the person sees and may change it. */
    List<QuickField> fill(List<QuickField> fields, Viewer viewer) {
        return fields.stream()
                .map(field -> field.values().isEmpty() ? field.with(guess(field, viewer)) : field)
                .toList();
    }

    private List<String> guess(QuickField field, Viewer viewer) {
        return switch (field.key()) {
            case "channel" -> viewer.roles().contains("police-officer") ? List.of("110") : List.of();
            case "areaCode" -> {
                List<String> own = own(field, viewer);
                yield own.size() == 1 ? own : List.of();
            }
            default -> List.of();
        };
    }

    private List<String> own(QuickField field, Viewer viewer) {
        String area = organisations
                .find(viewer.organisation())
                .map(Organisation::area)
                .orElse("");
        String prefix = area.replaceAll("0+$", "");
        return field.options().stream()
                .map(QuickField.Option::value)
                .filter(code -> !prefix.isEmpty() && code.startsWith(prefix))
                .toList();
    }
}
