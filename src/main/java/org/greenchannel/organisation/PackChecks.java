package org.greenchannel.organisation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.greenchannel.platform.SeedNode;

/** Whether the functions and rings of a pack fit together: nobody is missing, nobody is asked for what he cannot do. */
class PackChecks {

    private final FunctionBook book;
    private final Map<String, Area> areas;
    private final Map<String, Organisation> organisations;
    private final List<Pack.Binding> bindings;

    PackChecks(
            FunctionBook book,
            Map<String, Area> areas,
            Map<String, Organisation> organisations,
            List<Pack.Binding> bindings) {
        this.book = book;
        this.areas = areas;
        this.organisations = organisations;
        this.bindings = bindings;
    }

    /** The organisation may hold the function, and holds it alone where only one may. */
    void binding(SeedNode node, Pack.Binding binding, List<Pack.Binding> before) {
        FunctionBook.Function function = book.function(binding.function()).orElse(null);
        if (function == null) {
            node.get("function").error("no such function in functions.yaml: " + binding.function());
            return;
        }
        Organisation organisation = organisations.get(binding.organisation());
        if (organisation != null && !function.types().contains(organisation.type())) {
            node.get("organisation")
                    .error("an organisation of type " + organisation.type() + " cannot hold " + function.code());
        }
        for (Pack.Binding other : before) {
            boolean same = other.organisation().equals(binding.organisation());
            if (overlap(other, binding) && (same || !function.several())) {
                node.error(
                        same
                                ? "overlaps an earlier line for the same organisation, function and area"
                                : "overlaps: " + other.organisation() + " holds this function in the same area until "
                                        + other.until());
                return;
            }
        }
    }

    private static boolean overlap(Pack.Binding a, Pack.Binding b) {
        return a.function().equals(b.function())
                && a.area().equals(b.area())
                && a.from().isBefore(b.until())
                && b.from().isBefore(a.until());
    }

    /** Somebody holds every needed function in every area on every day from the first day of the rules. */
    void gaps(SeedNode node, LocalDate first) {
        for (FunctionBook.Function function : book.functions().values()) {
            var told = new HashSet<String>();
            for (Area area : areas.values()) {
                boolean above = area.parent() != null && told.contains(area.parent());
                if (above) {
                    told.add(area.code());
                } else if (function.needed().contains(area.level()) && gap(node, function.code(), area, first)) {
                    told.add(area.code());
                }
            }
        }
    }

    private boolean gap(SeedNode node, String function, Area area, LocalDate first) {
        var holders = new ArrayList<Pack.Binding>();
        var days = new TreeSet<>(Set.of(first));
        Set<String> places = upwards(area);
        for (Pack.Binding binding : bindings) {
            if (binding.function().equals(function) && places.contains(binding.area())) {
                holders.add(binding);
                days.add(binding.from());
                days.add(binding.until());
            }
        }
        days.remove(Pack.NEVER);
        for (LocalDate day : days.tailSet(first)) {
            if (holders.stream().noneMatch(binding -> binding.on(day))) {
                node.error("nobody holds " + function + " in " + area.code() + " from " + day);
                return true;
            }
        }
        return false;
    }

    private Set<String> upwards(Area area) {
        var path = new HashSet<String>();
        Area at = area;
        while (at != null && path.add(at.code())) {
            at = at.parent() == null ? null : areas.get(at.parent());
        }
        return path;
    }

    /** The organisation of a ring has what the target needs. */
    void ring(SeedNode item, String target, String organisation) {
        FunctionBook.Target rule = book.target(target).orElse(null);
        Organisation named = organisations.get(organisation);
        if (rule != null && named != null && !rule.lacks(named).isEmpty()) {
            item.error(organisation + " lacks what " + target + " needs: " + rule.lacks(named));
        }
    }

    /** Every target has a ring that serves the whole city. */
    void targets(SeedNode rings) {
        var roots = areas.values().stream()
                .filter(area -> area.parent() == null)
                .map(Area::code)
                .toList();
        for (String target : book.targets().keySet()) {
            if (roots.stream()
                    .noneMatch(root -> !rings.at(target).get(root).items().isEmpty())) {
                rings.at(target).error("no organisation for the whole city: missing list of " + roots);
            }
        }
        for (SeedNode target : rings.entries().values()) {
            if (book.target(target.key()).isEmpty()) {
                target.error("no such target in functions.yaml");
            }
        }
    }

    /** Types of the organisations that hold the function somewhere and go on holding it. */
    Map<String, Set<String>> holderTypes() {
        var types = new LinkedHashMap<String, Set<String>>();
        for (Pack.Binding binding : bindings) {
            Organisation organisation = organisations.get(binding.organisation());
            if (organisation != null && binding.until().equals(Pack.NEVER)) {
                types.computeIfAbsent(binding.function(), key -> new TreeSet<>())
                        .add(organisation.type());
            }
        }
        return types;
    }
}
