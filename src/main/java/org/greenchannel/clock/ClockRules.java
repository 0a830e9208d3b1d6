package org.greenchannel.clock;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.SeedErrors;
import org.greenchannel.platform.SeedNode;
import org.greenchannel.platform.Seeds;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The clocks of {@code seeds/clocks.yaml} with the city's overrides ({@code clocks} and {@code time} of the pack). */
@Component
class ClockRules {

    private static final Set<String> KINDS =
            Set.of("MINUTE", "HOUR", "CAL_CIVIL", "CAL_CPL", "WORKDAY", "MONTH", "IMMEDIATE", "PROMPT");
    private static final Set<String> TAGS = Set.of("L", "R", "S", "M", "D", "V");
    private static final Set<String> CONSEQUENCES = Set.of(
            "ESCALATE",
            "UNLAWFUL_STAY",
            "LIBERTY_RISK",
            "RIGHT_DELAYED",
            "PROCEDURE_DELAYED",
            "LATE_RECORD",
            "LATE_PAYMENT",
            "CARE_GAP",
            "WINDOW_CLOSES",
            "EARLIEST");

    /**
     * A definition and how it is counted.
     *
     * @param roll whether a last day that is a rest day moves on to the next working day
     */
    record Rule(ClockDefinition definition, boolean roll) {

        /** A period somebody may use or has to wait for: its end is nobody's failure. */
        boolean window() {
            return Set.of("WINDOW_CLOSES", "EARLIEST").contains(definition.consequence());
        }
    }

    private final Map<String, Rule> rules = new LinkedHashMap<>();
    private final boolean rollCivil;

    ClockRules(Seeds seeds, Organisations organisations) {
        var errors = new SeedErrors();
        SeedNode file = SeedNode.of(seeds, "clocks.yaml", errors);
        file.only("time", "clocks");
        this.rollCivil = Boolean.parseBoolean(organisations.setting(
                "time.rollOnRestDay", String.valueOf(file.get("time").flag("rollOnRestDay", true))));
        Map<String, SeedNode> nodes = file.get("clocks").entries();
        Map<String, Object> overrides = organisations.settings("clocks");
        nodes.forEach((id, node) -> rules.put(id, rule(node, overrides.get(id), rollCivil)));
        overrides.keySet().stream()
                .filter(id -> !nodes.containsKey(id))
                .forEach(id -> errors.add(
                        "seeds/cities/" + organisations.city() + "/city.yaml clocks." + id + ": no such clock"));
        errors.throwIfAny();
    }

    Rule rule(String id) {
        Rule rule = rules.get(id);
        if (rule == null) {
            throw Problem.notFound("clock-unknown", id);
        }
        return rule;
    }

    Optional<Rule> find(String id) {
        return Optional.ofNullable(rules.get(id));
    }

    /** Whether periods of civil and administrative law roll over rest days in this city. */
    boolean rollCivil() {
        return rollCivil;
    }

    List<ClockDefinition> definitions() {
        return rules.values().stream().map(Rule::definition).toList();
    }

    /** The definition of a stored clock, whatever has become of it since. */
    ClockDefinition stored(String id) {
        Rule rule = rules.get(id);
        return rule != null
                ? rule.definition()
                : new ClockDefinition(id, Text.same(id), "HOUR", 0, Text.same(""), "D", "ESCALATE");
    }

    private static Rule rule(SeedNode node, @Nullable Object override, boolean rollCivil) {
        node.only("kind", "amount", "roll", "family", "zh", "en", "basis", "tag", "then");
        var definition = new ClockDefinition(
                node.key(),
                node.bilingual(),
                choice(node.get("kind"), KINDS),
                amount(node, override),
                node.get("basis").bilingual(),
                choice(node.get("tag"), TAGS),
                choice(node.get("then"), CONSEQUENCES));
        if (definition.amount() < 1) {
            node.get("amount").error("must be at least 1");
        }
        String family =
                definition.kind().equals("MONTH") ? node.optional("family").orElse("CAL_CIVIL") : definition.kind();
        boolean roll = node.flag("roll", true) && (family.equals("CAL_CPL") || family.equals("CAL_CIVIL") && rollCivil);
        return new Rule(definition, roll);
    }

    private static int amount(SeedNode node, @Nullable Object override) {
        int amount = node.number("amount");
        if (override == null) {
            return amount;
        }
        if (override instanceof Map<?, ?> map && map.size() == 1 && map.get("amount") instanceof Integer changed) {
            return changed;
        }
        node.error("the city pack may change the amount only: clocks." + node.key() + ": {amount: …}");
        return amount;
    }

    private static String choice(SeedNode node, Set<String> known) {
        String value = node.text();
        if (node.present() && !known.contains(value)) {
            node.error("must be one of " + new TreeSet<>(known));
        }
        return value;
    }
}
