package org.greenchannel.organisation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The loaded pack in memory, with what earlier packs knew: it does not change until the next start. */
class Directory {

    private final Map<String, Area> areas = new LinkedHashMap<>();
    private final Map<String, Organisation> organisations = new LinkedHashMap<>();
    private final Set<String> inactive;
    private final List<Pack.Binding> bindings;
    private final List<Pack.RingEntry> rings;

    /**
     * @param inactive codes of organisations that the pack no longer names
     */
    Directory(
            List<Area> areas,
            List<Organisation> organisations,
            Set<String> inactive,
            List<Pack.Binding> bindings,
            List<Pack.RingEntry> rings) {
        areas.forEach(area -> this.areas.put(area.code(), area));
        organisations.forEach(one -> this.organisations.put(one.code(), one));
        this.inactive = Set.copyOf(inactive);
        this.bindings = List.copyOf(bindings);
        this.rings = List.copyOf(rings);
    }

    Map<String, Area> areas() {
        return areas;
    }

    @Nullable
    Organisation organisation(String code) {
        return organisations.get(code);
    }

    List<Organisation> active() {
        return organisations.values().stream()
                .filter(one -> !inactive.contains(one.code()))
                .toList();
    }

    List<Organisation> holders(String function, String area, LocalDate on) {
        for (String place : upwards(area)) {
            var codes = new LinkedHashSet<String>();
            for (Pack.Binding binding : bindings) {
                if (binding.function().equals(function) && binding.area().equals(place) && binding.on(on)) {
                    codes.add(binding.organisation());
                }
            }
            if (!codes.isEmpty()) {
                return named(codes);
            }
        }
        return List.of();
    }

    List<Organisation> ring(String target, String area) {
        for (String place : upwards(area)) {
            var codes = new LinkedHashSet<String>();
            for (Pack.RingEntry entry : rings) {
                if (entry.target().equals(target) && entry.area().equals(place)) {
                    codes.add(entry.organisation());
                }
            }
            if (!codes.isEmpty()) {
                return named(codes);
            }
        }
        return List.of();
    }

    /** Prefixes of the areas the organisation is responsible for; an area inside another one is left out. */
    Set<String> responsibility(String organisation, LocalDate on) {
        var prefixes = new TreeSet<String>();
        for (Pack.Binding binding : bindings) {
            Area area = areas.get(binding.area());
            if (!binding.service() && area != null && binding.organisation().equals(organisation) && binding.on(on)) {
                prefixes.add(Pack.prefix(area));
            }
        }
        var outermost = new TreeSet<String>();
        for (String prefix : prefixes) {
            if (outermost.stream().noneMatch(prefix::startsWith)) {
                outermost.add(prefix);
            }
        }
        return outermost;
    }

    private List<Organisation> named(Set<String> codes) {
        var result = new ArrayList<Organisation>();
        for (String code : codes) {
            Organisation organisation = organisations.get(code);
            if (organisation != null && !inactive.contains(code)) {
                result.add(organisation);
            }
        }
        return result;
    }

    private List<String> upwards(String code) {
        var path = new ArrayList<String>();
        Area area = areas.get(code);
        while (area != null && path.size() < 8) {
            path.add(area.code());
            area = area.parent() == null ? null : areas.get(area.parent());
        }
        return path;
    }
}
