package org.greenchannel.web;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.casefile.TimelineEntry;
import org.greenchannel.document.Documents;
import org.greenchannel.document.Service;
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
    private static final List<String> KINDS = List.of(
            "TASK_DONE", "DECISION", "STATUS", "NOTICE", "DOCUMENT", "CLOCK", "MESSAGE", "NOTIFICATION", "FUNDING");

    private final CaseFiles cases;
    private final Forms forms;
    private final Documents documents;
    private final Processes processes;
    private final Funding funding;
    private final Accounts accounts;
    private final AccessPolicy access;
    private final JsonMapper json;

    CaseTabs(
            CaseFiles cases,
            Forms forms,
            Documents documents,
            Processes processes,
            Funding funding,
            Accounts accounts,
            AccessPolicy access,
            JsonMapper json) {
        this.cases = cases;
        this.forms = forms;
        this.documents = documents;
        this.processes = processes;
        this.funding = funding;
        this.accounts = accounts;
        this.access = access;
        this.json = json;
    }

    void fill(
            Model model,
            String tab,
            CaseSummary file,
            Viewer viewer,
            @Nullable String kind,
            @Nullable String instance,
            @Nullable String cursor) {
        switch (tab) {
            case "submissions" -> submissions(model, file, viewer);
            case "documents" -> {
                cases.require(file, "case.documents", viewer);
                model.addAttribute("papers", documents.list(file.id()));
                List<Service> services = documents.services(file.id());
                model.addAttribute("services", services);
            }
            case "clocks" -> cases.require(file, "case.clocks", viewer);
            case "diagram" -> diagram(model, file, viewer, instance);
            case "funding" -> money(model, file, viewer);
            case "people" -> {
                cases.require(file, "case.participants", viewer);
                model.addAttribute("participants", cases.participants(file.id()));
            }
            default -> story(model, file, viewer, kind, cursor);
        }
    }

    private void story(Model model, CaseSummary file, Viewer viewer, @Nullable String kind, @Nullable String cursor) {
        Page<TimelineEntry> page = cases.story(file, viewer, kind, STORY, cursor);
        model.addAttribute("story", page.items());
        model.addAttribute("nextCursor", page.nextCursor());
        model.addAttribute("kind", kind);
        model.addAttribute("kinds", KINDS);
        model.addAttribute("names", names(page.items().stream().map(TimelineEntry::actor)));
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
        model.addAttribute("taskNames", names(file));
        model.addAttribute("names", names(list.stream().map(Submission::username)));
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
                .filter(s -> s.processInstanceId().equals(instance))
                .findFirst()
                .orElse(states.isEmpty() ? null : states.get(0));
        model.addAttribute("states", states);
        model.addAttribute("shown", shown);
        if (shown != null) {
            var done = new LinkedHashMap<String, Integer>();
            shown.steps().stream()
                    .filter(step -> step.endedAt() != null && !step.withdrawn())
                    .forEach(step -> done.merge(step.activityId(), 1, Integer::sum));
            model.addAttribute("tokens", json.writeValueAsString(Map.of("active", shown.active(), "done", done)));
            model.addAttribute(
                    "steps", shown.steps().stream().filter(CaseTabs::forPeople).toList());
            model.addAttribute("names", names(shown.steps().stream().map(InstanceState.Step::assignee)));
        }
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
