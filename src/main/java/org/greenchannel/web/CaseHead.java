package org.greenchannel.web;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.clock.LegalClock;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.engine.WaitingMessage;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.person.Persons;
import org.greenchannel.worklist.WorkItem;
import org.greenchannel.worklist.WorkItems;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The head of a case page that stays in sight: number, person, status, stages, next step, running clocks. */
@Component
class CaseHead {

    private final CaseFiles cases;
    private final Persons persons;
    private final LegalClocks clocks;
    private final WorkItems work;
    private final StageRail rail;
    private final AccessPolicy access;

    CaseHead(
            CaseFiles cases, Persons persons, LegalClocks clocks, WorkItems work, StageRail rail, AccessPolicy access) {
        this.cases = cases;
        this.persons = persons;
        this.clocks = clocks;
        this.work = work;
        this.rail = rail;
        this.access = access;
    }

    /** What the viewer may open on this case. */
    private static final Map<String, String> TABS = Map.of(
            "timeline", "case.timeline",
            "decisions", "case.timeline",
            "documents", "case.documents",
            "clocks", "case.clocks",
            "diagram", "case.diagram",
            "people", "case.participants",
            "attachments", "case.attachments",
            "notes", "case.notes");

    /** Loads the case for the viewer and puts its head into the page. Problem {@code case-unknown} as the case file says. */
    CaseSummary fill(Model model, String number, Viewer viewer) {
        CaseSummary file = cases.seenBy(cases.get(number, viewer), viewer);
        Relation relation = cases.relation(file, viewer);
        List<LegalClock> all = access.allows(viewer, "case.clocks", relation) ? clocks.of(file.id()) : List.of();
        List<WorkItem> open = TaskPages.open(work.ofCase(file.id(), viewer));
        model.addAttribute("file", file);
        model.addAttribute(
                "person",
                file.personId() == null
                        ? null
                        : persons.masked(List.of(file.person())).get(file.person()));
        rail.fill(model, file);
        model.addAttribute("clocks", all);
        model.addAttribute(
                "running",
                file.closedAt() != null
                        ? List.of()
                        : all.stream().filter(c -> c.status().equals("RUNNING")).toList());
        model.addAttribute("open", open);
        model.addAttribute(
                "mine",
                open.stream().filter(item -> his(item, viewer)).findFirst().orElse(null));
        model.addAttribute("messages", messages(number, file, viewer));
        model.addAttribute("startable", work.startableOn(number, viewer));
        model.addAttribute("links", cases.links(file, viewer));
        model.addAttribute("tabs", tabs(viewer, relation));
        model.addAttribute("purposes", Persons.PURPOSES);
        model.addAttribute(
                "mayIssueRights", file.personId() != null && access.allows(viewer, "rights.issue", relation));
        model.addAttribute("mayReveal", file.personId() != null && access.allows(viewer, "person.reveal", relation));
        return file;
    }

    private List<WaitingMessage> messages(String number, CaseSummary file, Viewer viewer) {
        try {
            return file.closedAt() == null ? work.messages(number, viewer) : List.of();
        } catch (Problem refused) {
            return List.of();
        }
    }

    private List<String> tabs(Viewer viewer, Relation relation) {
        boolean reads = access.allows(viewer, "case.submissions", relation)
                || access.allows(viewer, "case.submissions.own", relation);
        return Stream.of(
                        "timeline",
                        "decisions",
                        "notes",
                        "submissions",
                        "documents",
                        "attachments",
                        "clocks",
                        "diagram",
                        "funding",
                        "people")
                .filter(tab -> switch (tab) {
                    case "submissions" -> reads;
                    case "funding" -> access.sight(viewer, "FIN", relation).compareTo(AccessPolicy.Sight.STATUS) >= 0;
                    default -> access.allows(viewer, TABS.getOrDefault(tab, "case.read"), relation);
                })
                .toList();
    }

    static boolean his(WorkItem item, Viewer viewer) {
        return viewer.username().equals(item.assignee())
                || item.assignee() == null && item.groups().stream().anyMatch(viewer.groups()::contains);
    }
}
