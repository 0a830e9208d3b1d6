package org.greenchannel.organisation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.greenchannel.platform.SeedErrors;
import org.greenchannel.platform.SeedNode;
import org.greenchannel.platform.Seeds;
import org.jspecify.annotations.Nullable;

/**
 * Checks the settings of a city against {@code seeds/city-keys.yaml}, and turns those that are lengths of legal clocks
 * into overrides of these clocks, so that a period is written in one place only.
 */
class CityKeys {

    static final String FILE = "city-keys.yaml";

    private static final Map<String, Integer> PERIODS = Map.of("MONTH", 1, "QUARTER", 3, "HALF_YEAR", 6, "YEAR", 12);

    private final SeedNode file;
    private final Set<String> clocks;
    private final Map<String, Object> lengths = new LinkedHashMap<>();

    CityKeys(Seeds seeds, SeedErrors errors) {
        this.file = SeedNode.of(seeds, FILE, errors);
        this.clocks = SeedNode.of(seeds, "clocks.yaml", errors)
                .get("clocks")
                .entries()
                .keySet();
        file.only("keys");
    }

    /** Names of the periods a city may choose. */
    static Set<String> periods() {
        return PERIODS.keySet();
    }

    /** Ids of the legal clocks. */
    Set<String> clocks() {
        return clocks;
    }

    /** Notes everything that is missing or wrong; the clocks as the city wants them, by id. */
    Map<String, Object> check(SeedNode settings) {
        overrides(settings.get("clocks"));
        for (SeedNode rule : file.get("keys").entries().values()) {
            rule.only("type", "min", "max", "choices", "clock", "clocks", "perYear", "zh", "en");
            rule.bilingual();
            SeedNode value = settings.at(rule.key());
            if (value.present()) {
                check(rule, value, settings);
            } else {
                value.error("missing: " + rule.text("en"));
            }
        }
        return Map.copyOf(lengths);
    }

    private void overrides(SeedNode node) {
        for (SeedNode clock : node.entries().values()) {
            // kind, roll and chain are read and checked where clocks are counted
            if (!clocks.contains(clock.key())) {
                clock.error("no such clock");
            }
            if (clock.get("amount").present()) {
                int amount = clock.number("amount");
                if (amount < 1) {
                    clock.get("amount").error("must be at least 1");
                }
                lengths.put(clock.key(), Map.of("amount", amount));
            }
        }
    }

    private void check(SeedNode rule, SeedNode value, SeedNode settings) {
        switch (rule.text("type")) {
            case "text" -> value.text();
            case "day" -> value.day();
            case "flag" -> wanted(value, value.value() instanceof Boolean, "must be true or false");
            case "amount" ->
                wanted(
                        value,
                        value.value() instanceof Number n && n.doubleValue() >= 0,
                        "must be a number, not below 0");
            case "map" -> value.entries();
            case "list" -> wanted(value, !value.items().isEmpty(), "must have an entry");
            case "choice" ->
                wanted(value, rule.texts("choices").contains(value.text()), "must be one of " + rule.texts("choices"));
            case "period" -> period(rule, value, settings);
            case "number" -> number(rule, value, settings);
            case "days" -> days(rule, value, settings);
            default -> rule.get("type").error("no such type");
        }
    }

    private static boolean wanted(SeedNode value, boolean right, String otherwise) {
        if (!right) {
            value.error(otherwise);
        }
        return right;
    }

    private void period(SeedNode rule, SeedNode value, SeedNode settings) {
        Integer months = PERIODS.get(value.text());
        if (wanted(value, months != null, "must be one of MONTH, QUARTER, HALF_YEAR, YEAR")) {
            rule.optional("clock").ifPresent(clock -> length(value, clock, months, settings));
        }
    }

    private void number(SeedNode rule, SeedNode value, SeedNode settings) {
        int min = rule.number("min");
        int max = rule.number("max");
        boolean right = value.value() instanceof Integer number && number >= min && number <= max;
        if (wanted(value, right, "must be a whole number from " + min + " to " + max)) {
            int amount = (Integer) java.util.Objects.requireNonNull(value.value());
            int length = rule.flag("perYear", false) ? 12 / amount : amount;
            rule.optional("clock").ifPresent(clock -> length(value, clock, length, settings));
        }
    }

    private void days(SeedNode rule, SeedNode value, SeedNode settings) {
        List<SeedNode> wanted = rule.get("clocks").items();
        List<SeedNode> items = value.items();
        if (!wanted(value, items.size() == wanted.size(), "must have " + wanted.size() + " numbers")) {
            return;
        }
        int before = 0;
        for (int i = 0; i < items.size(); i++) {
            SeedNode item = items.get(i);
            if (item.value() instanceof Integer day && day > before) {
                before = day;
                length(item, wanted.get(i).text(), day, settings);
            } else {
                item.error("must be a whole number above " + before);
            }
        }
    }

    private void length(SeedNode value, String clock, @Nullable Integer amount, SeedNode settings) {
        if (!clocks.contains(clock)) {
            value.error("sets a clock that does not exist: " + clock);
        } else if (lengths.containsKey(clock)) {
            settings.at("clocks." + clock).error("this clock is set by " + value.path());
        } else if (amount != null) {
            lengths.put(clock, Map.of("amount", amount));
        }
    }
}
