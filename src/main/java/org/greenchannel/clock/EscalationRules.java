package org.greenchannel.clock;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.greenchannel.platform.SeedNode;

/** The chains of {@code consequences}: the city's chain replaces the one for all. */
class EscalationRules {

    private static final String GROUP = "[a-z0-9-]+@[a-zA-Z]+";

    private final Map<String, List<EscalationLevel>> chains = new LinkedHashMap<>();

    EscalationRules(SeedNode all, SeedNode city, Set<String> consequences) {
        all.entries().forEach((name, node) -> chains.put(name, levels(node)));
        city.entries().forEach((name, node) -> {
            if (!chains.containsKey(name) && !consequences.contains(name)) {
                node.error("no such consequence or chain");
            }
            chains.put(name, levels(node));
        });
    }

    boolean has(String name) {
        return chains.containsKey(name);
    }

    List<EscalationLevel> chain(String name) {
        return chains.getOrDefault(name, List.of());
    }

    private static List<EscalationLevel> levels(SeedNode chain) {
        var levels = new ArrayList<EscalationLevel>();
        for (SeedNode node : chain.items()) {
            node.only("after", "to", "alert", "basis");
            EscalationLevel level = level(node);
            if (!levels.isEmpty()
                    && level.after().compareTo(levels.get(levels.size() - 1).after()) <= 0) {
                node.get("after").error("must be later than the level before");
            }
            levels.add(level);
        }
        return List.copyOf(levels);
    }

    private static EscalationLevel level(SeedNode node) {
        List<String> to = List.copyOf(node.texts("to"));
        if (to.isEmpty() || !to.stream().allMatch(group -> group.matches(GROUP))) {
            node.get("to").error("must be a list of role@function");
        }
        return new EscalationLevel(
                after(node.get("after")),
                to,
                node.optional("alert"),
                node.get("basis").present() ? Optional.of(node.get("basis").bilingual()) : Optional.empty());
    }

    private static Duration after(SeedNode node) {
        try {
            Duration after = Duration.parse(node.text());
            if (!after.isNegative()) {
                return after;
            }
        } catch (DateTimeParseException e) {
            // told below
        }
        node.error("must be a duration such as PT0S, PT2H or P1D");
        return Duration.ZERO;
    }
}
