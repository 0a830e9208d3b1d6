package org.greenchannel.help;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.greenchannel.clock.ClockDefinition;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.document.Documents;
import org.greenchannel.engine.ProcessGuides;
import org.greenchannel.engine.ProcessInfo;
import org.greenchannel.engine.Processes;
import org.greenchannel.engine.TaskGuide;
import org.greenchannel.kernel.Text;
import org.springframework.stereotype.Component;

/** Joins the written texts with the models, the clocks and the papers. */
@Component
class SeededHelp implements HelpBook {

    private static final String WELCOME = "welcome";
    private static final String FIRST = "first";

    private final HelpTexts texts;
    private final Processes processes;
    private final ProcessGuides guides;
    private final LegalClocks clocks;
    private final Documents documents;

    SeededHelp(HelpTexts texts, Processes processes, ProcessGuides guides, LegalClocks clocks, Documents documents) {
        this.texts = texts;
        this.processes = processes;
        this.guides = guides;
        this.clocks = clocks;
        this.documents = documents;
    }

    @Override
    public List<Named> roles() {
        return texts.roles().keySet().stream().map(this::named).toList();
    }

    private Named named(String role) {
        HelpTexts.Role known = texts.roles().get(role);
        return new Named(role, known == null ? Text.same(role) : known.name());
    }

    @Override
    public Optional<RoleHelp> role(String code) {
        return Optional.ofNullable(texts.roles().get(code)).map(role -> {
            List<ProcessTasks> tasks = new ArrayList<>();
            List<Named> starts = new ArrayList<>();
            for (ProcessInfo info : processes.all()) {
                var name = new Named(info.key(), info.name());
                var own = guides.tasks(info.key()).stream()
                        .filter(task -> task.roles().contains(code))
                        .toList();
                if (!own.isEmpty()) {
                    tasks.add(new ProcessTasks(name, own));
                }
                if (info.startFormId() != null && info.starterRoles().contains(code)) {
                    starts.add(name);
                }
            }
            List<TaskGuide> all =
                    tasks.stream().flatMap(one -> one.tasks().stream()).toList();
            return new RoleHelp(
                    code, role.name(), role.text(), role.first(), tasks, clocksOf(all), papersOf(all), starts);
        });
    }

    private List<ClockDefinition> clocksOf(List<TaskGuide> tasks) {
        Map<String, ClockDefinition> known = known();
        return tasks.stream()
                .map(TaskGuide::clock)
                .filter(Objects::nonNull)
                .distinct()
                .map(known::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** As the city has them. */
    private Map<String, ClockDefinition> known() {
        Map<String, ClockDefinition> known = new LinkedHashMap<>();
        clocks.definitions().forEach(definition -> known.put(definition.id(), definition));
        return known;
    }

    private List<Text> papersOf(List<TaskGuide> tasks) {
        return tasks.stream()
                .flatMap(task -> task.papers().stream())
                .distinct()
                .map(documents::title)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    @Override
    public List<Step> tour(Collection<String> roles) {
        var ids = new LinkedHashSet<String>();
        roles.stream().map(texts.roles()::get).filter(Objects::nonNull).forEach(role -> ids.addAll(role.tour()));
        List<Step> steps = new ArrayList<>();
        for (String role : roles) {
            HelpTexts.Role known = texts.roles().get(role);
            if (known != null) {
                steps.add(new Step(WELCOME, null, known.name(), known.text()));
            }
        }
        ids.forEach(id -> texts.step(id).ifPresent(steps::add));
        for (String role : roles) {
            HelpTexts.Role known = texts.roles().get(role);
            if (known != null) {
                texts.step(FIRST).ifPresent(step -> steps.add(new Step(FIRST, null, step.title(), known.first())));
            }
        }
        return steps;
    }

    @Override
    public List<Named> pages() {
        return texts.pages().values().stream()
                .map(page -> new Named(page.id(), page.title()))
                .toList();
    }

    @Override
    public Optional<String> pageAt(String pattern) {
        return texts.pageAt(pattern);
    }

    @Override
    public Optional<PageHelp> page(String id) {
        return Optional.ofNullable(texts.pages().get(id));
    }

    @Override
    public List<Named> processes() {
        return processes.all().stream()
                .map(info -> new Named(info.key(), info.name()))
                .sorted(Comparator.comparing(named -> named.name().zh()))
                .toList();
    }

    @Override
    public Optional<ProcessHelp> process(String key) {
        return processes
                .find(key)
                .map(info -> new ProcessHelp(
                        key,
                        info.name(),
                        info.description(),
                        info.startFormId() == null
                                ? List.of()
                                : info.starterRoles().stream().map(this::named).toList(),
                        guides.tasks(key)));
    }

    @Override
    public Optional<TaskHelp> task(String process, String key) {
        return processes.find(process).flatMap(info -> guides.task(process, key).map(guide -> {
            Optional<Text> own = texts.task(process, key);
            Text text = own.or(() -> Optional.ofNullable(guide.stage()).flatMap(texts::stage))
                    .orElse(info.description());
            String clock = guide.clock();
            return new TaskHelp(
                    new Named(process, info.name()),
                    guide,
                    text,
                    own.isPresent(),
                    guide.roles().stream().map(this::named).toList(),
                    clock == null ? null : known().get(clock),
                    papersOf(List.of(guide)));
        }));
    }

    @Override
    public List<Word> words(String asked) {
        String wanted = asked.strip().toLowerCase(Locale.ROOT);
        return texts.words().stream()
                .filter(word -> wanted.isEmpty() || says(word.term(), wanted) || says(word.text(), wanted))
                .sorted(Comparator.comparingInt(word -> wanted.isEmpty() || says(word.term(), wanted) ? 0 : 1))
                .toList();
    }

    private static boolean says(Text text, String wanted) {
        return text.zh().toLowerCase(Locale.ROOT).contains(wanted)
                || text.en().toLowerCase(Locale.ROOT).contains(wanted);
    }
}
