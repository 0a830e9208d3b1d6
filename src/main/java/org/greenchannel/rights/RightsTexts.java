package org.greenchannel.rights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.greenchannel.kernel.Text;
import org.greenchannel.platform.SeedErrors;
import org.greenchannel.platform.SeedNode;
import org.greenchannel.platform.Seeds;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Content of {@code seeds/rights.yaml}; a mistake in it stops the start. */
@Component
class RightsTexts {

    private static final String NONE = "NONE";

    private final Map<String, Meaning> statuses = new LinkedHashMap<>();
    private final Map<String, Text> dates = new LinkedHashMap<>();
    private final List<Way> ways = new ArrayList<>();
    private final List<RightsDesk.Phone> phones = new ArrayList<>();

    /** What a status means, and by which articles. */
    record Meaning(Text plain, String basis) {}

    /** A way to object. @param statuses where it is open; none: always @param single not twice at a time */
    record Way(
            String id,
            Text title,
            Text text,
            String basis,
            Set<String> statuses,
            @Nullable String form,
            boolean single) {

        boolean open(@Nullable String status) {
            return statuses.isEmpty() || status != null && statuses.contains(status);
        }
    }

    RightsTexts(Seeds seeds) {
        var errors = new SeedErrors();
        SeedNode file = SeedNode.of(seeds, "rights.yaml", errors);
        file.only("status", "dates", "remedies", "phones");
        file.get("status").entries().forEach((code, node) -> {
            node.only("zh", "en", "basis");
            statuses.put(
                    code, new Meaning(node.bilingual(), node.optional("basis").orElse("")));
        });
        file.get("dates").entries().forEach((clock, node) -> dates.put(clock, node.bilingual()));
        for (SeedNode node : file.get("remedies").items()) {
            node.only("id", "title", "text", "basis", "statuses", "form", "single");
            ways.add(new Way(
                    node.text("id"),
                    node.get("title").bilingual(),
                    node.get("text").bilingual(),
                    node.text("basis"),
                    node.texts("statuses"),
                    node.optional("form").orElse(null),
                    node.flag("single", false)));
        }
        for (SeedNode node : file.get("phones").items()) {
            phones.add(new RightsDesk.Phone(node.bilingual(), node.text("phone")));
        }
        if (!statuses.containsKey(NONE)) {
            file.get("status").error("says nothing for NONE");
        }
        errors.throwIfAny();
    }

    Meaning meaning(@Nullable String status) {
        Meaning known = statuses.get(status == null ? NONE : status);
        return known == null ? statuses.getOrDefault(NONE, new Meaning(Text.same(""), "")) : known;
    }

    Optional<Text> date(String clock) {
        return Optional.ofNullable(dates.get(clock));
    }

    List<Way> ways() {
        return List.copyOf(ways);
    }

    List<RightsDesk.Phone> phones() {
        return List.copyOf(phones);
    }
}
