package org.greenchannel.organisation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.greenchannel.platform.SeedErrors;
import org.greenchannel.platform.SeedNode;
import org.greenchannel.platform.Seeds;

/** Reads and checks the files of a city pack. */
class PackReader {

    /** A pack begins with a city, or with a county-level one, whose towns are directly below it. */
    private static final Map<String, Set<String>> PARENT_LEVELS =
            Map.of("CITY", Set.of(), "DISTRICT", Set.of("CITY"), "TOWN", Set.of("DISTRICT"), "VILLAGE", Set.of("TOWN"));

    private static final Set<String> ROOTS = Set.of("CITY", "DISTRICT");

    private final Seeds seeds;
    private final RoleBook roles;
    private final SeedErrors errors;

    PackReader(Seeds seeds, RoleBook roles, SeedErrors errors) {
        this.seeds = seeds;
        this.roles = roles;
        this.errors = errors;
    }

    Pack read(String city) {
        String folder = "cities/" + city + "/";
        SeedNode settings = SeedNode.of(seeds, folder + "city.yaml", errors);
        if (!settings.text("city").equals(city)) {
            settings.get("city").error("must be the name of the folder, " + city);
        }
        settings.get("name").bilingual();
        FunctionBook functions = FunctionBook.read(seeds, roles, errors);
        Map<String, Area> areas = areas(SeedNode.of(seeds, folder + "areas.yaml", errors));
        SeedNode file = SeedNode.of(seeds, folder + "organisations.yaml", errors);
        file.only("organisations", "services", "functions", "rings");
        Map<String, Organisation> organisations = organisations(file, areas.keySet());
        var bindings = new ArrayList<Pack.Binding>();
        var checks = new PackChecks(functions, areas, organisations, bindings);
        bindings(file, areas.keySet(), organisations.keySet(), bindings, checks);
        LocalDate first = settings.get("rules").day("effectiveFrom");
        if (first != null) {
            checks.gaps(file.get("functions"), first);
        }
        List<Pack.RingEntry> rings = rings(file, areas.keySet(), organisations.keySet(), checks);
        checks.targets(file.get("rings"));
        var keys = new CityKeys(seeds, errors);
        var content = new LinkedHashMap<>(seeds.read(folder + "city.yaml"));
        content.put("clocks", keys.check(settings));
        new CitySections(seeds, errors, roles, functions, keys.clocks(), areas, organisations, checks.holderTypes())
                .check(settings);
        return new Pack(
                city,
                content,
                List.copyOf(areas.values()),
                List.copyOf(organisations.values()),
                List.copyOf(bindings),
                rings);
    }

    private Map<String, Area> areas(SeedNode file) {
        file.only("areas");
        var areas = new LinkedHashMap<String, Area>();
        for (SeedNode node : file.get("areas").entries().values()) {
            node.only("zh", "en", "parent", "level");
            var area = new Area(
                    node.key(), node.bilingual(), node.optional("parent").orElse(null), node.text("level"));
            checkPlace(node, area, areas);
            areas.put(area.code(), area);
        }
        return areas;
    }

    private static void checkPlace(SeedNode node, Area area, Map<String, Area> before) {
        if (!area.code().matches("[0-9]{12}")) {
            node.error("the code must have twelve digits");
            return;
        }
        Set<String> wanted = PARENT_LEVELS.get(area.level());
        if (wanted == null) {
            node.get("level").error("must be CITY, DISTRICT, TOWN or VILLAGE");
            return;
        }
        boolean first = before.isEmpty();
        Area parent = area.parent() == null ? null : before.get(area.parent());
        if (first) {
            if (area.parent() != null || !ROOTS.contains(area.level())) {
                node.error("the first area is the whole: a CITY or a DISTRICT without a parent");
            }
        } else if (parent == null || !wanted.contains(parent.level())) {
            node.get("parent").error("must be a " + String.join(" or ", wanted) + " named before");
        } else if (!area.code().startsWith(Pack.prefix(parent))) {
            node.error("the code must start with " + Pack.prefix(parent));
        }
        if (!area.code().substring(Pack.prefix(area).length()).matches("0*")) {
            node.error("the digits below the level must be zero");
        }
    }

    private Map<String, Organisation> organisations(SeedNode file, Set<String> areas) {
        var result = new LinkedHashMap<String, Organisation>();
        for (SeedNode node : file.get("organisations").entries().values()) {
            node.only("zh", "en", "type", "area", "phone", "traits");
            var organisation = new Organisation(
                    node.key(),
                    node.bilingual(),
                    node.text("type"),
                    node.text("area"),
                    node.optional("phone").orElse(null),
                    node.texts("traits"));
            if (!organisation.code().matches("[a-z][a-z0-9-]{1,39}")) {
                node.error("the code must be short, in small letters, digits and hyphens");
            }
            if (!roles.types().contains(organisation.type())) {
                node.get("type").error("no role of roles.yaml belongs to this type");
            }
            known(node.get("area"), areas, "area");
            result.put(organisation.code(), organisation);
        }
        return result;
    }

    private static void bindings(
            SeedNode file, Set<String> areas, Set<String> organisations, List<Pack.Binding> result, PackChecks checks) {
        Set<String> services = file.texts("services");
        for (SeedNode node : file.get("functions").items()) {
            node.only("function", "organisation", "area", "from", "until", "fallback");
            String function = node.text("function");
            var binding = new Pack.Binding(
                    function,
                    known(node.get("organisation"), organisations, "organisation"),
                    known(node.get("area"), areas, "area"),
                    Objects.requireNonNullElse(node.day("from"), Pack.ALWAYS),
                    Objects.requireNonNullElse(node.day("until"), Pack.NEVER),
                    services.contains(function) || node.flag("fallback", false));
            if (!binding.from().isBefore(binding.until())) {
                node.error("from must be before until");
            }
            checks.binding(node, binding, result);
            result.add(binding);
        }
    }

    private static List<Pack.RingEntry> rings(
            SeedNode file, Set<String> areas, Set<String> organisations, PackChecks checks) {
        var result = new ArrayList<Pack.RingEntry>();
        for (SeedNode target : file.get("rings").entries().values()) {
            for (SeedNode list : target.entries().values()) {
                if (!areas.contains(list.key())) {
                    list.error("no such area");
                }
                var seen = new HashSet<String>();
                for (SeedNode item : list.items()) {
                    if (!seen.add(known(item, organisations, "organisation"))) {
                        item.error("named twice");
                    }
                    checks.ring(item, target.key(), item.text());
                    result.add(new Pack.RingEntry(target.key(), list.key(), item.text()));
                }
            }
        }
        return result;
    }

    private static String known(SeedNode node, Set<String> codes, String what) {
        String code = node.text();
        if (node.present() && !codes.contains(code)) {
            node.error("no such " + what + ": " + code);
        }
        return code;
    }
}
