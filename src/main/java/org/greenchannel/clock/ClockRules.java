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
     * @param chain name of the chain of those who are told of a breach, the consequence if the clock names no other
     * @param restarts whether the period begins anew when its task is done again
     * @param pauses codes of the reasons for which somebody may let it stand still, none where the law knows none
     */
    record Rule(ClockDefinition definition, boolean roll, String chain, boolean restarts, List<String> pauses) {

        /** One that goes on and is never paused by people. */
        Rule(ClockDefinition definition, boolean roll, String chain) {
            this(definition, roll, chain, false, List.of());
        }

        /** A period somebody may use or has to wait for: its end is nobody's failure. */
        boolean window() {
            return Set.of("WINDOW_CLOSES", "EARLIEST").contains(definition.consequence());
        }
    }

    private final Map<String, Rule> rules = new LinkedHashMap<>();
    private final boolean rollCivil;

    private final EscalationRules escalations;

    ClockRules(Seeds seeds, Organisations organisations) {
        var errors = new SeedErrors();
        SeedNode file = SeedNode.of(seeds, "clocks.yaml", errors);
        SeedNode city = SeedNode.of(seeds, "cities/" + organisations.city() + "/city.yaml", errors);
        file.only("time", "near", "clocks", "consequences");
        this.rollCivil = Boolean.parseBoolean(organisations.setting(
                "time.rollOnRestDay", String.valueOf(file.get("time").flag("rollOnRestDay", true))));
        Map<String, SeedNode> nodes = file.get("clocks").entries();
        Map<String, SeedNode> overrides = city.get("clocks").entries();
        // lengths may come from settings with names of their own, such as observation.maxHours
        Map<String, Object> lengths = organisations.settings("clocks");
        nodes.forEach((id, node) -> rules.put(id, rule(node, overrides.get(id), lengths.get(id), rollCivil)));
        overrides.forEach((id, node) -> {
            if (!nodes.containsKey(id)) {
                node.error("no such clock");
            }
        });
        this.escalations = new EscalationRules(file.get("consequences"), city.get("consequences"), CONSEQUENCES);
        nodes.forEach((id, node) -> {
            Rule rule = rules.get(id);
            if (rule != null && !rule.window() && !escalations.has(rule.chain())) {
                of(node, overrides.get(id), "chain").error("no such chain: " + rule.chain());
            }
        });
        errors.throwIfAny();
    }

    /** Who is told of a breach, in the order of time; empty when nobody is. */
    List<EscalationLevel> chain(String id) {
        return find(id).map(rule -> escalations.chain(rule.chain())).orElse(List.of());
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

    private static Rule rule(SeedNode node, @Nullable SeedNode override, @Nullable Object length, boolean rollCivil) {
        node.only(
                "kind",
                "amount",
                "roll",
                "family",
                "zh",
                "en",
                "basis",
                "tag",
                "then",
                "chain",
                "again",
                "pauses",
                NearRules.NEAR);
        if (override != null) {
            override.only("kind", "amount", "roll", "chain", NearRules.NEAR);
        }
        SeedNode kind = of(node, override, "kind");
        SeedNode amount = of(node, override, "amount");
        SeedNode rolls = of(node, override, "roll");
        var definition = new ClockDefinition(
                node.key(),
                node.bilingual(),
                choice(kind, KINDS),
                length instanceof Map<?, ?> map && map.get("amount") instanceof Integer set && set >= 1
                        ? set
                        : number(amount),
                node.get("basis").bilingual(),
                choice(node.get("tag"), TAGS),
                choice(node.get("then"), CONSEQUENCES));
        String family =
                definition.kind().equals("MONTH") ? node.optional("family").orElse("CAL_CIVIL") : definition.kind();
        if (rolls.present() && !(rolls.value() instanceof Boolean)) {
            rolls.error("must be true or false");
        }
        boolean roll = !Boolean.FALSE.equals(rolls.value())
                && (family.equals("CAL_CPL") || family.equals("CAL_CIVIL") && rollCivil);
        SeedNode chain = of(node, override, "chain");
        // a duty that is due at once begins when somebody learns of it; a period of the law began once
        boolean restarts = node.flag("again", Set.of("IMMEDIATE", "PROMPT").contains(definition.kind()));
        return new Rule(
                definition,
                roll,
                chain.present() ? chain.text() : definition.consequence(),
                restarts,
                List.copyOf(node.get("pauses").present() ? node.texts("pauses") : Set.of()));
    }

    /** What the city says, else what is said for all. */
    private static SeedNode of(SeedNode node, @Nullable SeedNode override, String key) {
        return override != null && override.get(key).present() ? override.get(key) : node.get(key);
    }

    private static int number(SeedNode amount) {
        if (amount.value() instanceof Integer number && number >= 1) {
            return number;
        }
        amount.error("must be a whole number of at least 1");
        return 1;
    }

    private static String choice(SeedNode node, Set<String> known) {
        String value = node.text();
        if (node.present() && !known.contains(value)) {
            node.error("must be one of " + new TreeSet<>(known));
        }
        return value;
    }
}
