package org.greenchannel.clock;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.SeedErrors;
import org.greenchannel.platform.SeedNode;
import org.greenchannel.platform.Seeds;
import org.springframework.stereotype.Component;

/** When a clock comes near its end: {@code near} of {@code seeds/clocks.yaml}, of a clock in it, and of the city's clocks. */
@Component
class NearRules {

    static final String NEAR = "near";
    private static final int WHOLE = 100;

    /** Ends that are nobody's failure. */
    private static final Set<String> WINDOWS = Set.of("WINDOW_CLOSES", "EARLIEST");

    /**
     * A warning.
     *
     * @param share part of the period that is left, in percent
     * @param most the warning comes at most so long before the end
     */
    record Level(int share, Duration most) {}

    private final Map<String, List<Level>> levels = new LinkedHashMap<>();

    NearRules(Seeds seeds, Organisations organisations) {
        var errors = new SeedErrors();
        SeedNode file = SeedNode.of(seeds, "clocks.yaml", errors);
        SeedNode city = SeedNode.of(seeds, "cities/" + organisations.city() + "/city.yaml", errors);
        List<Level> all = levels(file.get(NEAR));
        file.get("clocks").entries().forEach((id, node) -> {
            if (WINDOWS.contains(node.optional("then").orElse(""))) {
                return;
            }
            SeedNode own = city.get("clocks").get(id).get(NEAR);
            SeedNode said = own.present() ? own : node.get(NEAR);
            List<Level> found = said.present() ? levels(said) : all;
            if (!found.isEmpty()) {
                levels.put(id, found);
            }
        });
        errors.throwIfAny();
    }

    Map<String, List<Level>> levels() {
        return levels;
    }

    private static List<Level> levels(SeedNode list) {
        List<Level> levels = new ArrayList<>();
        for (SeedNode node : list.items()) {
            node.only("share", "most");
            var level = new Level(node.number("share"), most(node.get("most")));
            if (level.share() < 1 || level.share() >= WHOLE) {
                node.get("share").error("must be between 1 and 99");
            }
            if (!levels.isEmpty()) {
                Level before = levels.get(levels.size() - 1);
                if (level.share() >= before.share() || level.most().compareTo(before.most()) >= 0) {
                    node.error("must be later than the warning before");
                }
            }
            levels.add(level);
        }
        return List.copyOf(levels);
    }

    private static Duration most(SeedNode node) {
        try {
            Duration most = Duration.parse(node.text());
            if (!most.isNegative() && !most.isZero()) {
                return most;
            }
        } catch (DateTimeParseException e) {
            // told below
        }
        node.error("must be a duration such as PT2H or P3D");
        return Duration.ofDays(1);
    }
}
