package org.greenchannel.organisation;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.SeedErrors;
import org.greenchannel.platform.SeedNode;
import org.greenchannel.platform.Seeds;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** {@code seeds/access.yaml} in memory. What the file does not say is denied. */
@Component
class AccessTable implements AccessPolicy {

    static final String FILE = "access.yaml";

    private final Map<Relation, Map<String, Set<String>>> actions = new EnumMap<>(Relation.class);
    private final Map<Relation, Map<String, Map<String, Sight>>> sights = new EnumMap<>(Relation.class);
    private final Set<String> knownActions;
    private final Set<String> knownClasses;

    @Autowired
    AccessTable(Seeds seeds) {
        this(seeds, new SeedErrors());
    }

    AccessTable(Seeds seeds, SeedErrors errors) {
        Set<String> roles = RoleBook.read(seeds, errors).all().keySet();
        SeedNode file = SeedNode.of(seeds, FILE, errors);
        file.only("actions", "sets", "grants", "dataClasses", "sights");
        this.knownActions = Set.copyOf(file.get("actions").entries().keySet());
        this.knownClasses = Set.copyOf(file.get("dataClasses").entries().keySet());
        for (Relation relation : Relation.values()) {
            actions.put(relation, new HashMap<>());
            sights.put(relation, new HashMap<>());
        }
        file.get("grants").items().forEach(grant -> readGrant(grant, file.get("sets"), roles));
        file.get("sights").entries().values().forEach(one -> readSights(one, roles));
        errors.throwIfAny();
    }

    /** All actions of the table. */
    Set<String> actions() {
        return knownActions;
    }

    /** All data classes of the table. */
    Set<String> dataClasses() {
        return knownClasses;
    }

    @Override
    public boolean allows(Viewer viewer, String action, Relation relation) {
        return viewer.roles().stream().anyMatch(role -> allows(role, action, relation));
    }

    @Override
    public Sight sight(Viewer viewer, String dataClass, Relation relation) {
        return viewer.roles().stream()
                .map(role -> sight(role, dataClass, relation))
                .max(Enum::compareTo)
                .orElse(Sight.NONE);
    }

    /** What needs no case is allowed whatever the relation is. */
    boolean allows(String role, String action, Relation relation) {
        return granted(role, action, relation) || granted(role, action, Relation.NONE);
    }

    Sight sight(String role, String dataClass, Relation relation) {
        Sight here = sightIn(role, dataClass, relation);
        Sight anyhow = sightIn(role, dataClass, Relation.NONE);
        return here.compareTo(anyhow) > 0 ? here : anyhow;
    }

    private boolean granted(String role, String action, Relation relation) {
        return known(actions.get(relation)).getOrDefault(role, Set.of()).contains(action);
    }

    private Sight sightIn(String role, String dataClass, Relation relation) {
        return known(sights.get(relation)).getOrDefault(role, Map.of()).getOrDefault(dataClass, Sight.NONE);
    }

    private void readGrant(SeedNode grant, SeedNode sets, Set<String> roles) {
        grant.only("roles", "TASK", "PARTICIPANT", "AREA", "NONE");
        for (Relation relation : Relation.values()) {
            var allowed = new HashSet<String>();
            for (SeedNode item : grant.get(relation.name()).items()) {
                String code = item.text();
                if (code.startsWith("@")) {
                    Set<String> set = sets.texts(code.substring(1));
                    if (set.isEmpty()) {
                        item.error("no such set of actions: " + code);
                    }
                    allowed.addAll(set);
                } else {
                    allowed.add(code);
                }
            }
            if (!knownActions.containsAll(allowed)) {
                grant.get(relation.name()).error("names an action that is not in the list of actions");
            }
            for (String role : roles(grant, roles)) {
                known(actions.get(relation))
                        .computeIfAbsent(role, key -> new HashSet<>())
                        .addAll(allowed);
            }
        }
    }

    private void readSights(SeedNode roleClass, Set<String> roles) {
        roleClass.only("roles", "TASK", "PARTICIPANT", "AREA", "NONE");
        for (Relation relation : Relation.values()) {
            for (SeedNode cell : roleClass.get(relation.name()).entries().values()) {
                if (!knownClasses.contains(cell.key())) {
                    cell.error("no such data class");
                }
                Sight sight = sight(cell);
                for (String role : roles(roleClass, roles)) {
                    known(sights.get(relation))
                            .computeIfAbsent(role, key -> new HashMap<>())
                            .merge(cell.key(), sight, (a, b) -> a.compareTo(b) > 0 ? a : b);
                }
            }
        }
    }

    private static Sight sight(SeedNode cell) {
        try {
            return Sight.valueOf(cell.text().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            cell.error("must be NONE, MASKED, STATUS, READ or WRITE");
            return Sight.NONE;
        }
    }

    private static Set<String> roles(SeedNode node, Set<String> roles) {
        Set<String> named = node.texts("roles");
        if (!roles.containsAll(named)) {
            node.get("roles").error("names a role that is not in roles.yaml");
        }
        return named;
    }

    private static <T> T known(@org.jspecify.annotations.Nullable T value) {
        return java.util.Objects.requireNonNull(value);
    }
}
