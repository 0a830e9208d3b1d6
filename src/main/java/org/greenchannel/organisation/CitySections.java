package org.greenchannel.organisation;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.greenchannel.platform.SeedErrors;
import org.greenchannel.platform.SeedNode;
import org.greenchannel.platform.Seeds;

/** Checks the sections of {@code city.yaml} that have an order of their own. */
class CitySections {

    private static final Set<String> COLOURS = Set.of("RED", "ORANGE", "YELLOW", "GREEN", "BLUE", "GREY");
    private static final Set<String> AUTOMATIC = Set.of("AT_DISCHARGE");

    private final RoleBook roles;
    private final FunctionBook functions;
    private final Set<String> clocks;
    private final Set<String> indicators;
    private final Map<String, Area> areas;
    private final Map<String, Organisation> organisations;
    private final Map<String, Set<String>> holderTypes;

    CitySections(
            Seeds seeds,
            SeedErrors errors,
            RoleBook roles,
            FunctionBook functions,
            Set<String> clocks,
            Map<String, Area> areas,
            Map<String, Organisation> organisations,
            Map<String, Set<String>> holderTypes) {
        this.roles = roles;
        this.functions = functions;
        this.clocks = clocks;
        this.indicators = SeedNode.of(seeds, "indicators.yaml", errors)
                .get("indicators")
                .entries()
                .keySet();
        this.areas = areas;
        this.organisations = organisations;
        this.holderTypes = holderTypes;
    }

    void check(SeedNode settings) {
        if (!areas.containsKey(settings.at("demo.area").text())) {
            settings.at("demo.area").error("no such area");
        }
        funding(settings.get("funding"));
        for (SeedNode lead : settings.at("incentive.lead").items()) {
            function(lead, lead.text());
        }
        colours(settings);
        for (SeedNode schedule : settings.get("schedules").items()) {
            schedule(schedule, settings.at("case.prefixes").entries().keySet());
        }
        targets(settings.at("indicators.targets"));
        for (SeedNode prefix : settings.at("documents.prefix").entries().values()) {
            if (!organisations.containsKey(prefix.key())) {
                prefix.error("no such organisation");
            }
        }
    }

    private void funding(SeedNode funding) {
        Set<String> sources = funding.texts("sources");
        for (String part : List.of("thresholds", "caps")) {
            for (SeedNode amount : funding.get(part).entries().values()) {
                if (!sources.contains(amount.key())) {
                    amount.error("not among funding.sources");
                }
                if (!(amount.value() instanceof Number number) || number.doubleValue() < 0) {
                    amount.error("must be an amount");
                }
            }
        }
        for (SeedNode chain : funding.get("chains").entries().values()) {
            chain.only("chain", "payer", "publicity", "timeClock", "basis");
            if (!sources.contains(chain.key())) {
                chain.error("not among funding.sources");
            }
            for (String link : chain.text("chain").split(",")) {
                post(chain.get("chain"), link.strip());
            }
            post(chain.get("payer"), chain.text("payer"));
            chain.flag("publicity", false);
            String clock = chain.text("timeClock");
            if (!clocks.contains(clock) && !AUTOMATIC.contains(clock)) {
                chain.get("timeClock").error("no such clock: " + clock);
            }
            chain.get("basis").bilingual();
        }
    }

    /** {@code role@function}, held by somebody of a type whose accounts may have the role. */
    private void post(SeedNode node, String post) {
        int at = post.indexOf('@');
        if (at <= 0) {
            node.error("must be role@function: " + post);
            return;
        }
        RoleBook.Role role = roles.find(post.substring(0, at)).orElse(null);
        if (role == null || !role.signIn()) {
            node.error("no such role for accounts: " + post.substring(0, at));
        }
        String function = post.substring(at + 1);
        if (function(node, function) && role != null) {
            Set<String> held = new TreeSet<>(holderTypes.getOrDefault(function, Set.of()));
            held.retainAll(role.types());
            if (held.isEmpty()) {
                node.error("no organisation that holds " + function + " can have the role " + role.code());
            }
        }
    }

    private boolean function(SeedNode node, String function) {
        boolean known = functions.function(function).isPresent();
        if (!known) {
            node.error("no such function: " + function);
        }
        return known;
    }

    private void colours(SeedNode settings) {
        var set = new HashSet<String>();
        for (SeedNode colour : settings.at("colour.set").items()) {
            colour.only("code", "zh", "en", "intervalDays", "label");
            colour.bilingual();
            colour.get("label").bilingual();
            if (colour.number("intervalDays") < 1) {
                colour.get("intervalDays").error("must be at least 1");
            }
            String code = colour.text("code");
            if (!COLOURS.contains(code) || !set.add(code)) {
                colour.get("code").error("must be new and one of " + new TreeSet<>(COLOURS));
            }
        }
        for (SeedNode colour : settings.at("colour.lowerNeedsTeam").items()) {
            wanted(colour, set.contains(colour.text()), "not in colour.set");
        }
        settings.at("caseTeam.name").bilingual();
        for (SeedNode member : settings.at("caseTeam.members").items()) {
            post(member, member.text());
        }
        for (SeedNode team : settings.at("caseTeam.colours").entries().values()) {
            wanted(team, set.contains(team.key()), "not in colour.set");
            team.items().forEach(member -> post(member, member.text()));
        }
    }

    private void schedule(SeedNode schedule, Set<String> processes) {
        schedule.only("process", "every", "level", "facts");
        wanted(
                schedule.get("process"),
                processes.contains(schedule.text("process")),
                "no such process in case.prefixes");
        wanted(
                schedule.get("every"),
                CityKeys.periods().contains(schedule.text("every")),
                "must be one of " + new TreeSet<>(CityKeys.periods()));
        String level = schedule.text("level");
        wanted(
                schedule.get("level"),
                areas.values().stream().anyMatch(area -> area.level().equals(level)),
                "no area of this level");
        schedule.get("facts").entries().values().forEach(SeedNode::text);
    }

    private void targets(SeedNode list) {
        var seen = new HashSet<String>();
        for (SeedNode target : list.items()) {
            target.only("id", "floor", "goal", "baseline", "year", "area");
            String id = target.text("id");
            wanted(target.get("id"), indicators.contains(id), "no such indicator in indicators.yaml");
            for (String bound : List.of("floor", "goal")) {
                SeedNode number = target.get(bound);
                wanted(number, number.value() instanceof Number, number.present() ? "must be a number" : "missing");
            }
            int year = target.number("year");
            wanted(target.get("year"), year >= 2000 && year <= 2100, "must be a year");
            String area = target.text("area");
            wanted(target.get("area"), areas.containsKey(area), "no such area");
            wanted(target, seen.add(id + year + area), "a target of this indicator, year and area stands before");
        }
    }

    private static void wanted(SeedNode node, boolean right, String otherwise) {
        if (!right) {
            node.error(otherwise);
        }
    }
}
