package org.greenchannel.casefile;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.greenchannel.kernel.Text;
import org.greenchannel.platform.Seeds;
import org.jspecify.annotations.Nullable;

/** Content of {@code seeds/legal-status.yaml}. {@link IllegalStateException} with what is wrong when it contradicts itself. */
record LegalStatusTable(
        Map<String, Text> names,
        Set<String> inHospital,
        Map<String, Source> evidence,
        Map<String, Requirement> requirements,
        Map<String, Map<String, Transition>> transitions) {

    /** The time before the first status. */
    static final String BEFORE = "-";

    private static final String FILE = "legal-status.yaml";
    private static final String PREVIOUS = "previous";
    private static final String CLOSED = "CLOSED";

    /** Forms whose newest submission is one piece of evidence. @param with answer it must have, or null */
    record Source(List<String> forms, @Nullable String with) {}

    /** What must be on record. @param valid FEEL @param rule id of the rule of the domain */
    record Requirement(String id, String rule, String valid, Text message, String basis) {}

    /** A change the law knows. @param requires ids of requirements */
    record Transition(String from, String to, List<String> requires, String basis) {}

    /** The listed transition; to return from an absence is only possible to the status before it. */
    Optional<Transition> transition(String from, String to, @Nullable String previous) {
        Map<String, Transition> row = transitions.getOrDefault(from, Map.of());
        Transition listed = row.get(to);
        return Optional.ofNullable(listed == null && to.equals(previous) ? row.get(PREVIOUS) : listed);
    }

    List<Requirement> required(Transition transition) {
        return transition.requires().stream().map(requirements::get).toList();
    }

    static LegalStatusTable read(Seeds seeds) {
        Map<String, Object> file = seeds.read(FILE);
        Map<String, Text> names = new LinkedHashMap<>();
        Set<String> inHospital = new LinkedHashSet<>();
        map(file.get("statuses")).forEach((code, entry) -> {
            names.put(code, text(entry));
            if (Boolean.TRUE.equals(map(entry).get("inHospital"))) {
                inHospital.add(code);
            }
        });
        Map<String, Source> evidence = new LinkedHashMap<>();
        map(file.get("evidence")).forEach((name, entry) -> {
            Object with = map(entry).get("with");
            evidence.put(name, new Source(texts(map(entry).get("forms")), with == null ? null : with.toString()));
        });
        Map<String, Requirement> requirements = new LinkedHashMap<>();
        map(file.get("requirements")).forEach((id, entry) -> {
            Map<String, Object> each = map(entry);
            requirements.put(
                    id,
                    new Requirement(
                            id,
                            String.valueOf(each.getOrDefault("rule", id)),
                            String.valueOf(each.get("valid")),
                            text(each.get("message")),
                            String.valueOf(each.getOrDefault("basis", ""))));
        });
        Map<String, Map<String, Transition>> transitions = new HashMap<>();
        Map<String, Object> families = map(file.get("families"));
        list(file.get("transitions")).forEach(entry -> add(transitions, map(entry), families, names, requirements));
        return new LegalStatusTable(names, inHospital, evidence, requirements, transitions);
    }

    private static void add(
            Map<String, Map<String, Transition>> transitions,
            Map<String, Object> entry,
            Map<String, Object> families,
            Map<String, Text> names,
            Map<String, Requirement> requirements) {
        List<String> requires = texts(entry.get("requires"));
        requires.stream().filter(id -> !requirements.containsKey(id)).forEach(id -> {
            throw new IllegalStateException("seeds/" + FILE + ": no requirement is named " + id);
        });
        for (String from : expand(String.valueOf(entry.get("from")), families, names)) {
            for (Object target : list(entry.get("to"))) {
                for (String to : expand(String.valueOf(target), families, names)) {
                    if (from.equals(to)) {
                        continue;
                    }
                    var transition = new Transition(from, to, requires, String.valueOf(entry.get("basis")));
                    if (transitions
                                    .computeIfAbsent(from, key -> new HashMap<>())
                                    .put(to, transition)
                            != null) {
                        throw new IllegalStateException("seeds/" + FILE + ": twice from " + from + " to " + to);
                    }
                }
            }
        }
    }

    private static List<String> expand(String name, Map<String, Object> families, Map<String, Text> names) {
        if (name.equals("any")) {
            var all = new LinkedHashSet<>(names.keySet());
            all.remove(CLOSED);
            all.add(BEFORE);
            return List.copyOf(all);
        }
        List<String> members = families.containsKey(name) ? texts(families.get(name)) : List.of(name);
        members.forEach(member -> {
            if (!names.containsKey(member) && !member.equals(BEFORE) && !member.equals(PREVIOUS)) {
                throw new IllegalStateException("seeds/" + FILE + ": no status is named " + member);
            }
        });
        return members;
    }

    private static Text text(@Nullable Object value) {
        Map<String, Object> both = map(value);
        return new Text(String.valueOf(both.get("zh")), String.valueOf(both.get("en")));
    }

    private static List<String> texts(@Nullable Object value) {
        return list(value).stream().map(String::valueOf).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(@Nullable Object value) {
        return value == null ? List.of() : (List<Object>) value;
    }
}
