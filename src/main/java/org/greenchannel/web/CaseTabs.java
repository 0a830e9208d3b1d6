package org.greenchannel.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.greenchannel.attachment.AttachmentKind;
import org.greenchannel.attachment.Attachments;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.casefile.StoryFilter;
import org.greenchannel.casefile.TimelineEntry;
import org.greenchannel.document.DocumentSummary;
import org.greenchannel.document.Documents;
import org.greenchannel.document.PaperPrints;
import org.greenchannel.dossier.Dossiers;
import org.greenchannel.engine.InstanceState;
import org.greenchannel.engine.Processes;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Submission;
import org.greenchannel.funding.Funding;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.organisation.AccessPolicy.Sight;
import org.greenchannel.organisation.Accounts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import tools.jackson.databind.json.JsonMapper;

/** Content of the tabs of a case; only the chosen one is loaded. */
@Component
class CaseTabs {

    private static final int STORY = 50;
    private static final int MOST_DECISIONS = 200;
    private static final List<String> KINDS = List.of(
            StoryFilter.DECIDED,
            "TASK_DONE",
            "TASK_OPENED",
            "TASK_VERB",
            "DECISION",
            "STATUS",
            "OUTCOME",
            "NOTICE",
            "DOCUMENT",
            "ATTACHMENT",
            "NOTE",
            "COMMENT",
            "CLOCK",
            "MESSAGE",
            "NOTIFICATION",
            "FUNDING",
            "CASE",
            Dossiers.CHANGE,
            Dossiers.LOOK);

    private final CaseFiles cases;
    private final Forms forms;
    private final Documents documents;
    private final Processes processes;
    private final Funding funding;
    private final Accounts accounts;
    private final AccessPolicy access;
    private final Attachments attachments;
    private final PaperPrints prints;
    private final Dossiers dossiers;
    private final NoteTab notes;
    private final Show show;
    private final JsonMapper json;

    CaseTabs(
            CaseFiles cases,
            Forms forms,
            Documents documents,
            Processes processes,
            Funding funding,
            Accounts accounts,
            AccessPolicy access,
            Attachments attachments,
            PaperPrints prints,
            Dossiers dossiers,
            NoteTab notes,
            Show show,
            JsonMapper json) {
        this.cases = cases;
        this.forms = forms;
        this.documents = documents;
        this.processes = processes;
        this.funding = funding;
        this.accounts = accounts;
        this.access = access;
        this.attachments = attachments;
        this.prints = prints;
        this.dossiers = dossiers;
        this.notes = notes;
        this.show = show;
        this.json = json;
    }

    void fill(
            Model model,
            String tab,
            CaseSummary file,
            Viewer viewer,
            StoryFilter filter,
            @Nullable String instance,
            @Nullable String cursor) {
        switch (tab) {
            case "decisions" -> decisions(model, file, viewer);
            case "submissions" -> submissions(model, file, viewer);
            case "documents" -> {
                cases.require(file, "case.documents", viewer);
                papers(model, file, viewer);
            }
            case "attachments" -> {
                model.addAttribute("attachments", attachments.list(file.id(), viewer));
                Relation relation = cases.relation(file, viewer);
                model.addAttribute("mayAttach", access.allows(viewer, "case.attach", relation));
                model.addAttribute("mayOriginal", access.allows(viewer, "case.attachments.original", relation));
                model.addAttribute("attachmentKinds", AttachmentKind.values());
                model.addAttribute("requestKey", UUID.randomUUID());
            }
            case "notes" -> notes.fill(model, file, viewer, cursor);
            case "clocks" -> cases.require(file, "case.clocks", viewer);
            case "diagram" -> diagram(model, file, viewer, instance);
            case "funding" -> money(model, file, viewer);
            case "people" -> {
                cases.require(file, "case.participants", viewer);
                model.addAttribute("participants", cases.participants(file.id()));
                Map<String, Integer> actors = cases.actors(file.id());
                model.addAttribute("actors", actors);
                model.addAttribute(
                        "accounts",
                        actors.keySet().stream()
                                .flatMap(name -> accounts.find(name).stream())
                                .toList());
            }
            default -> story(model, file, viewer, filter, cursor);
        }
    }

    private void papers(Model model, CaseSummary file, Viewer viewer) {
        Relation relation = cases.relation(file, viewer);
        List<DocumentSummary> papers = documents.list(file.id());
        model.addAttribute("papers", papers);
        model.addAttribute(
                "openPapers",
                papers.stream()
                        .filter(paper -> access.sight(viewer, paper.dataClass(), relation)
                                        .compareTo(Sight.READ)
                                >= 0)
                        .map(DocumentSummary::id)
                        .collect(Collectors.toSet()));
        model.addAttribute("mayReissue", access.allows(viewer, "document.reissue", relation));
        model.addAttribute("reasons", PaperPrints.REASONS.stream().sorted().toList());
        model.addAttribute("planned", prints.planned(file.id(), viewer));
        model.addAttribute("services", documents.services(file.id()));
        model.addAttribute(
                "noticeNames",
                papers.stream().collect(Collectors.toMap(DocumentSummary::code, DocumentSummary::title, (a, b) -> a)));
    }

    private void story(Model model, CaseSummary file, Viewer viewer, StoryFilter filter, @Nullable String cursor) {
        Page<TimelineEntry> page = dossiers.story(file, viewer, filter, STORY, cursor);
        model.addAttribute("story", page.items());
        model.addAttribute("readableForms", readable(file, viewer));
        notes.story(model, file, viewer, page.items());
        model.addAttribute("nextCursor", page.nextCursor());
        model.addAttribute("filter", filter);
        model.addAttribute("kinds", KINDS);
        Map<String, Integer> actors = cases.actors(file.id());
        model.addAttribute("actors", actors);
        if (filter.step() != null) {
            model.addAttribute("stepName", names(file).getOrDefault(filter.step(), Text.same(filter.step())));
        }
        model.addAttribute(
                "names",
                names(Stream.concat(page.items().stream().map(TimelineEntry::person), actors.keySet().stream())));
    }

    /** What was decided, in its order: by which table or as which legal status, after whose act, under which article. */
    private void decisions(Model model, CaseSummary file, Viewer viewer) {
        var decided = new StoryFilter(StoryFilter.DECIDED, null, null);
        Page<TimelineEntry> page = dossiers.story(file, viewer, decided, MOST_DECISIONS, null);
        var decisions = new ArrayList<>(page.items());
        Collections.reverse(decisions);
        model.addAttribute("decisions", decisions);
        model.addAttribute("earlier", page.nextCursor() != null);
        model.addAttribute("readableForms", readable(file, viewer));
        model.addAttribute("names", names(page.items().stream().map(TimelineEntry::person)));
    }

    /** Submissions that the viewer may read. */
    private Set<String> readable(CaseSummary file, Viewer viewer) {
        return forms.list(file.id()).stream()
                .filter(submission -> dossiers.reads(file, submission, viewer))
                .map(submission -> submission.id().toString())
                .collect(Collectors.toSet());
    }

    private Map<String, String> names(Stream<@Nullable String> usernames) {
        return accounts.displayNames(usernames.flatMap(Stream::ofNullable).collect(Collectors.toSet()));
    }

    private void submissions(Model model, CaseSummary file, Viewer viewer) {
        Relation relation = cases.relation(file, viewer);
        boolean all = access.allows(viewer, "case.submissions", relation);
        if (!all) {
            cases.require(file, "case.submissions.own", viewer);
        }
        List<Submission> list = forms.list(file.id());
        var readable = new HashMap<String, Boolean>();
        for (Submission s : list) {
            boolean own = accounts.find(s.username())
                    .filter(a -> a.organisation().equals(viewer.organisation()))
                    .isPresent();
            boolean seen = all && access.sight(viewer, s.dataClass(), relation).compareTo(Sight.READ) >= 0;
            readable.put(s.id().toString(), all ? seen : own);
        }
        model.addAttribute("submissions", list);
        model.addAttribute("readable", readable);
        model.addAttribute("titles", titles(list, names(file)));
        model.addAttribute("names", names(list.stream().map(Submission::username)));
    }

    /** What each was filled in for: the name of its step; of a start or a message the heading of its form. */
    private Map<String, String> titles(List<Submission> list, Map<String, Text> names) {
        var titles = new HashMap<String, String>();
        list.forEach(s -> titles.put(s.id().toString(), title(s, names)));
        return titles;
    }

    /** What it was filled in for. */
    String title(Submission s, Map<String, Text> names) {
        Text step = names.get(s.taskKey());
        return step != null
                ? show.text(step)
                : forms.title(processes.form(s.deploymentId(), s.formId()), show.locale());
    }

    /** Names of the steps and processes of a case by their keys. */
    Map<String, Text> names(CaseSummary file) {
        var names = new HashMap<String, Text>();
        for (InstanceState state : processes.states(file.id())) {
            names.put(state.processKey(), state.name());
            state.steps().forEach(step -> names.putIfAbsent(step.activityId(), step.name()));
        }
        return names;
    }

    private void diagram(Model model, CaseSummary file, Viewer viewer, @Nullable String instance) {
        cases.require(file, "case.diagram", viewer);
        List<InstanceState> states = processes.states(file.id());
        InstanceState shown = states.stream()
                .filter(s -> s.processInstanceId().equals(instance)
                        || s.processKey().equals(instance) && s.endedAt() == null)
                .findFirst()
                .orElse(states.isEmpty() ? null : states.get(0));
        model.addAttribute("states", states);
        model.addAttribute("shown", shown);
        if (shown != null) {
            model.addAttribute("tokens", json.writeValueAsString(tokens(shown)));
            model.addAttribute(
                    "steps", shown.steps().stream().filter(CaseTabs::forPeople).toList());
            model.addAttribute("names", names(shown.steps().stream().map(InstanceState.Step::assignee)));
        }
    }

    /** What the picture shows: where tokens stand, how often and how long each step took, which steps lead to the story. */
    private Map<String, Object> tokens(InstanceState shown) {
        var done = new LinkedHashMap<String, Integer>();
        var took = new LinkedHashMap<String, Duration>();
        var people = new LinkedHashSet<String>();
        for (InstanceState.Step step : shown.steps()) {
            if (step.withdrawn()) {
                continue;
            }
            if (step.endedAt() != null) {
                done.merge(step.activityId(), 1, Integer::sum);
            }
            if (step.type().equals("userTask")) {
                people.add(step.activityId());
                took.merge(step.activityId(), show.lasted(step.startedAt(), step.endedAt()), Duration::plus);
            }
        }
        var times = new LinkedHashMap<String, String>();
        took.forEach((id, time) -> times.put(id, show.span(time)));
        return Map.of("active", shown.active(), "done", done, "times", times, "people", people);
    }

    /** Gateways and events nobody named are the engine's business. */
    private static boolean forPeople(InstanceState.Step step) {
        String name = step.name().zh();
        return !name.isBlank()
                && !name.equals(step.activityId())
                && !step.type().endsWith("Gateway");
    }

    private void money(Model model, CaseSummary file, Viewer viewer) {
        Sight sight = access.sight(viewer, "FIN", cases.relation(file, viewer));
        if (sight.compareTo(Sight.STATUS) < 0) {
            throw Problem.forbidden("forbidden", "FIN");
        }
        model.addAttribute("money", funding.of(file.id()).orElse(null));
        model.addAttribute("detailed", sight.compareTo(Sight.READ) >= 0);
    }
}
