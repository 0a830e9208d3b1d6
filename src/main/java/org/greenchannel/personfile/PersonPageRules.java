package org.greenchannel.personfile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.greenchannel.platform.SeedErrors;
import org.greenchannel.platform.SeedNode;
import org.greenchannel.platform.Seeds;
import org.springframework.stereotype.Component;

/** Content of {@code seeds/person-page.yaml}; a mistake in it stops the start. */
@Component
class PersonPageRules {

    static final String FILE = "person-page.yaml";

    private final Map<String, Set<String>> medicines = new LinkedHashMap<>();
    private final int mostForms;
    private final Set<String> exclusive;
    private final Set<String> tell;
    private final int lapseDays;

    PersonPageRules(Seeds seeds) {
        var errors = new SeedErrors();
        SeedNode file = SeedNode.of(seeds, FILE, errors);
        file.only("medicines", "mostForms", "merge");
        file.get("medicines")
                .entries()
                .keySet()
                .forEach(form -> medicines.put(form, file.get("medicines").texts(form)));
        mostForms = file.number("mostForms");
        SeedNode merge = file.get("merge");
        merge.only("exclusive", "tell", "lapseDays");
        exclusive = merge.texts("exclusive");
        tell = merge.texts("tell");
        lapseDays = merge.number("lapseDays");
        errors.throwIfAny();
    }

    /** Keys of answers about medicines, by form. */
    Map<String, Set<String>> medicines() {
        return medicines;
    }

    int mostForms() {
        return mostForms;
    }

    /** Statuses a person cannot have twice at a time. */
    Set<String> exclusive() {
        return exclusive;
    }

    /** Roles told of a proposal. */
    Set<String> tell() {
        return tell;
    }

    /** Days after which an open proposal no longer stands. */
    int lapseDays() {
        return lapseDays;
    }
}
