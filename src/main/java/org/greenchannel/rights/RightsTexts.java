package org.greenchannel.rights;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    private final Map<String, Standing> statuses = new LinkedHashMap<>();
    private final Map<String, Dated> dates = new LinkedHashMap<>();
    private final List<Way> ways = new ArrayList<>();
    private final List<RightsDesk.Phone> phones = new ArrayList<>();

    /** What a status means for a holder, and by which articles. */
    record Meaning(Text plain, String basis) {}

    /** Words for the patient, and those for others where they differ. */
    record Words(Text patient, Map<Holder, Text> others) {

        Text of(Holder holder) {
            return others.getOrDefault(holder, patient);
        }

        static Words read(SeedNode node) {
            var others = new EnumMap<Holder, Text>(Holder.class);
            for (Holder holder : List.of(Holder.GUARDIAN, Holder.LAWYER)) {
                SeedNode own = node.get(holder.name().toLowerCase(Locale.ROOT));
                if (own.present()) {
                    others.put(holder, own.bilingual());
                }
            }
            return new Words(node.bilingual(), others);
        }
    }

    /** A status. */
    private record Standing(Words words, String basis) {}

    /** A clock. @param line clocks with the same are one line of the page */
    private record Dated(Words words, String line) {}

    /** A way to object. @param statuses where it is open; none: always @param single not twice at a time */
    record Way(
            String id,
            Text title,
            Words text,
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
            node.only("zh", "en", "guardian", "lawyer", "basis");
            statuses.put(
                    code, new Standing(Words.read(node), node.optional("basis").orElse("")));
        });
        file.get("dates").entries().forEach((clock, node) -> {
            node.only("zh", "en", "guardian", "lawyer", "line");
            dates.put(clock, new Dated(Words.read(node), node.optional("line").orElse(clock)));
        });
        for (SeedNode node : file.get("remedies").items()) {
            node.only("id", "title", "text", "basis", "statuses", "form", "single");
            ways.add(new Way(
                    node.text("id"),
                    node.get("title").bilingual(),
                    Words.read(node.get("text")),
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

    Meaning meaning(@Nullable String status, Holder holder) {
        Standing known = statuses.get(status == null ? NONE : status);
        Standing standing = known == null ? statuses.get(NONE) : known;
        return standing == null
                ? new Meaning(Text.same(""), "")
                : new Meaning(standing.words().of(holder), standing.basis());
    }

    /** Whether a clock is shown at all. */
    boolean dated(String clock) {
        return dates.containsKey(clock);
    }

    /** Clocks of the same line are shown together. */
    String line(String clock) {
        Dated known = dates.get(clock);
        return known == null ? clock : known.line();
    }

    Text date(String clock, Holder holder) {
        Dated known = dates.get(clock);
        return known == null ? Text.same(clock) : known.words().of(holder);
    }

    List<Way> ways() {
        return List.copyOf(ways);
    }

    List<RightsDesk.Phone> phones() {
        return List.copyOf(phones);
    }
}
