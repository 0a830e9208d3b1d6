package org.greenchannel.oversight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.engine.DecisionInfo;
import org.greenchannel.engine.Decisions;
import org.greenchannel.engine.ProcessInfo;
import org.greenchannel.engine.Processes;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.platform.SeedErrors;
import org.greenchannel.platform.SeedNode;
import org.greenchannel.platform.Seeds;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code seeds/traceability.yaml}, with names from the files it points to. */
@Component
class SeededTraceability implements Traceability {

    static final String ACTION = "traceability.read";
    static final String FILE = "traceability.yaml";

    /** Kinds of things that serve a mechanism, in the order they are shown. */
    static final List<String> KINDS =
            List.of("processes", "decisions", "clocks", "papers", "roles", "indicators", "settings", "pages");

    private static final Set<String> MARKS = Set.of("C", "S", "R", "O");

    private final List<SourceDocument> sources = new ArrayList<>();
    private final List<Mechanism> mechanisms = new ArrayList<>();
    private final Map<String, Text> names = new ConcurrentHashMap<>();
    private volatile Map<String, String> decisionNames = Map.of();
    private final Processes processes;
    private final Decisions decisions;
    private final LegalClocks clocks;
    private final AccessPolicy access;
    private final AuditLog audit;

    SeededTraceability(
            Seeds seeds,
            Processes processes,
            Decisions decisions,
            LegalClocks clocks,
            AccessPolicy access,
            AuditLog audit) {
        this.processes = processes;
        this.decisions = decisions;
        this.clocks = clocks;
        this.access = access;
        this.audit = audit;
        var errors = new SeedErrors();
        SeedNode file = SeedNode.of(seeds, FILE, errors);
        file.only("sources", "mechanisms");
        for (SeedNode node : file.get("sources").entries().values()) {
            sources.add(new SourceDocument(node.key(), node.bilingual(), node.text("city")));
        }
        file.get("mechanisms").entries().values().forEach(node -> mechanisms.add(read(node)));
        named(seeds, errors, "indicators", "indicators.yaml", "indicators");
        named(seeds, errors, "settings", "city-keys.yaml", "keys");
        errors.throwIfAny();
    }

    private Mechanism read(SeedNode node) {
        String source = node.text("source");
        if (sources.stream().noneMatch(one -> one.code().equals(source))) {
            node.get("source").error("no such source");
        }
        String mark = node.text("mark");
        if (!MARKS.contains(mark)) {
            node.get("mark").error("must be C, S, R or O");
        }
        var served = new LinkedHashMap<String, List<String>>();
        for (String kind : KINDS) {
            List<String> codes =
                    node.get(kind).items().stream().map(SeedNode::text).toList();
            if (!codes.isEmpty()) {
                served.put(kind, codes);
            }
        }
        SeedNode reason = node.get("outOfScope");
        if (served.isEmpty() != reason.present()) {
            node.error("either something serves it, or outOfScope says why not");
        }
        return new Mechanism(
                node.key(),
                source,
                node.get("clause").bilingual(),
                mark,
                node.bilingual(),
                served,
                reason.present() ? reason.bilingual() : null);
    }

    private void named(Seeds seeds, SeedErrors errors, String kind, String file, String section) {
        SeedNode.of(seeds, file, errors)
                .get(section)
                .entries()
                .values()
                .forEach(node -> names.put(
                        kind + ":" + node.key(),
                        kind.equals("indicators") ? numbered(node.key(), node.bilingual()) : node.bilingual()));
    }

    @Override
    public List<SourceDocument> sources() {
        return List.copyOf(sources);
    }

    @Override
    public List<Mechanism> mechanisms(@Nullable String source, @Nullable String mark, Viewer viewer) {
        require(viewer);
        return mechanisms.stream()
                .filter(one -> source == null || one.source().equals(source))
                .filter(one -> mark == null || one.mark().equals(mark))
                .toList();
    }

    @Override
    public List<Mechanism> servedBy(String process, Viewer viewer) {
        require(viewer);
        return mechanisms.stream()
                .filter(one -> one.served().getOrDefault("processes", List.of()).contains(process))
                .toList();
    }

    private void require(Viewer viewer) {
        if (!access.allows(viewer, ACTION, Relation.NONE)) {
            audit.recordApart(viewer, AuditEntry.denied(ACTION, null, null, Map.of()));
            throw Problem.forbidden("forbidden", ACTION);
        }
    }

    @Override
    public Text name(String kind, String code) {
        return names.computeIfAbsent(kind + ":" + code, key -> find(kind, code));
    }

    /** Models and clocks do not change while the application runs, so a name is looked up once. */
    private Text find(String kind, String code) {
        return switch (kind) {
            case "processes" -> processes.find(code).map(ProcessInfo::name).orElse(Text.same(code));
            case "decisions" -> Text.same(decisionNames().getOrDefault(code, code));
            case "clocks" ->
                clocks.definitions().stream()
                        .filter(clock -> clock.id().equals(code))
                        .map(clock -> numbered(code, clock.name()))
                        .findFirst()
                        .orElse(Text.same(code));
            default -> Text.same(code);
        };
    }

    private Map<String, String> decisionNames() {
        Map<String, String> known = decisionNames;
        if (known.isEmpty()) {
            known = decisions.all().stream()
                    .collect(Collectors.toMap(DecisionInfo::key, DecisionInfo::name, (a, b) -> a));
            decisionNames = known;
        }
        return known;
    }

    private static Text numbered(String code, Text name) {
        return new Text(code + " " + name.zh(), code + " " + name.en());
    }
}
