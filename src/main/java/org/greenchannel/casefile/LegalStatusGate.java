package org.greenchannel.casefile;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.platform.Seeds;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The state machine of C9, read from {@code seeds/legal-status.yaml}: the single gate for changes of legal status. */
@Component
class LegalStatusGate {

    private static final String BEFORE = "-";

    private final Map<String, Text> names = new LinkedHashMap<>();
    private final Set<String> inHospital = new HashSet<>();
    private final Map<String, Set<String>> allowed = new LinkedHashMap<>();
    private final Map<String, Set<String>> byCourt = new LinkedHashMap<>();

    LegalStatusGate(Seeds seeds) {
        Map<String, Object> file = seeds.read("legal-status.yaml");
        map(file.get("statuses")).forEach((code, text) -> {
            names.put(
                    code,
                    new Text(
                            String.valueOf(map(text).get("zh")),
                            String.valueOf(map(text).get("en"))));
            if (Boolean.TRUE.equals(map(text).get("inHospital"))) {
                inHospital.add(code);
            }
        });
        Map<String, Object> families = map(file.get("families"));
        for (Object entry : list(file.get("transitions"))) {
            Map<String, Object> transition = map(entry);
            Set<String> targets = new HashSet<>();
            list(transition.get("to")).forEach(to -> targets.addAll(expand(String.valueOf(to), families)));
            Map<String, Set<String>> table = transition.containsKey("by") ? byCourt : allowed;
            for (String from : expand(String.valueOf(transition.get("from")), families)) {
                table.computeIfAbsent(from, key -> new HashSet<>()).addAll(targets);
            }
        }
    }

    /** Problem {@code legal-status} when the law does not know the transition, or knows it only for a court. */
    void check(@Nullable String from, String to) {
        if (!names.containsKey(to)
                || !allowed.getOrDefault(from == null ? BEFORE : from, Set.of()).contains(to)) {
            throw Problem.conflict(
                            "legal-status", name(from == null ? BEFORE : from).zh(), name(to).zh())
                    .with("from", from == null ? BEFORE : from)
                    .with("to", to);
        }
    }

    /** Whether a person of this status is a patient of a hospital, on the ward or away from it. */
    boolean inHospital(@Nullable String status) {
        return status != null && inHospital.contains(status);
    }

    /** Name of a status for people. */
    Text name(String status) {
        return names.getOrDefault(status, Text.same(status));
    }

    private List<String> expand(String name, Map<String, Object> families) {
        if (name.equals("any")) {
            return names.keySet().stream()
                    .filter(status -> !status.equals("CLOSED"))
                    .toList();
        }
        Object family = families.get(name);
        return family == null
                ? List.of(name)
                : list(family).stream().map(String::valueOf).toList();
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
