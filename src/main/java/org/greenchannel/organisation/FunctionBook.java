package org.greenchannel.organisation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.greenchannel.kernel.Text;
import org.greenchannel.platform.SeedErrors;
import org.greenchannel.platform.SeedNode;
import org.greenchannel.platform.Seeds;

/** The functions that models ask for and the targets of hospital routing: {@code seeds/functions.yaml}. */
class FunctionBook {

    static final String FILE = "functions.yaml";

    private static final List<String> LEVELS = List.of("CITY", "DISTRICT", "TOWN", "VILLAGE");

    /**
     * A function.
     *
     * @param types organisation types that may hold it
     * @param several whether several organisations may hold it in one area on one day
     * @param needed levels of areas in which somebody must hold it
     */
    record Function(String code, Text name, Set<String> types, boolean several, List<String> needed) {}

    /**
     * A target of hospital routing.
     *
     * @param any types or traits of which an organisation of the ring needs one; empty for any
     * @param all traits that it needs
     */
    record Target(String code, Text name, Set<String> any, Set<String> all) {

        /** What the organisation lacks; empty when it may stand in a ring of this target. */
        Set<String> lacks(Organisation organisation) {
            var has = new TreeSet<>(organisation.traits());
            has.add(organisation.type());
            var missing = new TreeSet<>(all);
            missing.removeAll(has);
            if (!any.isEmpty() && any.stream().noneMatch(has::contains)) {
                missing.addAll(any);
            }
            return missing;
        }
    }

    private final Map<String, Function> functions = new LinkedHashMap<>();
    private final Map<String, Target> targets = new LinkedHashMap<>();

    static FunctionBook read(Seeds seeds, RoleBook roles, SeedErrors errors) {
        var book = new FunctionBook();
        SeedNode file = SeedNode.of(seeds, FILE, errors);
        file.only("functions", "targets");
        for (SeedNode node : file.get("functions").entries().values()) {
            node.only("zh", "en", "types", "several", "needed");
            book.functions.put(node.key(), function(node, roles));
        }
        for (SeedNode node : file.get("targets").entries().values()) {
            node.only("zh", "en", "any", "all");
            var target = new Target(node.key(), node.bilingual(), node.texts("any"), node.texts("all"));
            book.targets.put(target.code(), target);
        }
        return book;
    }

    private static Function function(SeedNode node, RoleBook roles) {
        Set<String> types = node.texts("types");
        if (types.isEmpty() || !roles.types().containsAll(types)) {
            node.get("types").error("each must be an organisation type of roles.yaml");
        }
        String needed = node.optional("needed").orElse("");
        int from = needed.equals("ALL") ? 0 : LEVELS.indexOf(needed);
        if (!needed.isEmpty() && from < 0) {
            node.get("needed").error("must be ALL or one of " + LEVELS);
        }
        List<String> levels = needed.isEmpty() || from < 0 ? List.of() : LEVELS.subList(from, LEVELS.size());
        return new Function(node.key(), node.bilingual(), types, node.flag("several", false), levels);
    }

    Optional<Function> function(String code) {
        return Optional.ofNullable(functions.get(code));
    }

    Optional<Target> target(String code) {
        return Optional.ofNullable(targets.get(code));
    }

    Map<String, Function> functions() {
        return functions;
    }

    Map<String, Target> targets() {
        return targets;
    }
}
