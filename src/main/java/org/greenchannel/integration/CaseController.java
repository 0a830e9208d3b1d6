package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseLink;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.casefile.Participant;
import org.greenchannel.casefile.StoryFilter;
import org.greenchannel.casefile.TimelineEntry;
import org.greenchannel.clock.LegalClock;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.dossier.Dossiers;
import org.greenchannel.engine.InstanceState;
import org.greenchannel.engine.Processes;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.person.MaskedPerson;
import org.greenchannel.person.Persons;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.platform.LegalBasis;
import org.greenchannel.worklist.WorkItems;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Cases: what they are and how they came there. Every look is recorded before it is answered. */
@RestController
@RequestMapping("/api/v1/cases")
@Tag(name = "cases")
class CaseController {

    private final CaseFiles cases;
    private final LegalClocks clocks;
    private final Processes processes;
    private final WorkItems items;
    private final Persons persons;
    private final Dossiers dossiers;
    private final AuditLog audit;
    private final LegalBasis basis;
    private final CurrentUser user;

    CaseController(
            CaseFiles cases,
            LegalClocks clocks,
            Processes processes,
            WorkItems items,
            Persons persons,
            Dossiers dossiers,
            AuditLog audit,
            LegalBasis basis,
            CurrentUser user) {
        this.cases = cases;
        this.clocks = clocks;
        this.processes = processes;
        this.items = items;
        this.persons = persons;
        this.dossiers = dossiers;
        this.audit = audit;
        this.basis = basis;
        this.user = user;
    }

    /** A case in a list. */
    record CaseRow(
            String number,
            String process,
            @Nullable String legalStatus,
            @Nullable String stage,
            @Nullable String outcome,
            @Nullable MaskedPerson person,
            String area,
            Instant openedAt,
            @Nullable Instant closedAt) {}

    /** A whole case. */
    record CaseAnswer(
            String number,
            String process,
            @Nullable String legalStatus,
            @Nullable String legalStatusText,
            @Nullable String admissionType,
            @Nullable String stage,
            @Nullable String outcome,
            @Nullable MaskedPerson person,
            String area,
            @Nullable String hospital,
            String openedBy,
            Instant openedAt,
            @Nullable Instant closedAt,
            List<Participant> participants,
            List<ClockAnswer> clocks,
            List<LinkAnswer> links,
            int version) {}

    /** A case that belongs to this one; {@code direction}: {@code ORIGIN} is the earlier one, {@code LATER} came out of this. */
    record LinkAnswer(String number, String process, String kind, String direction, Instant at) {
        static LinkAnswer of(CaseLink link) {
            return new LinkAnswer(
                    link.number(), link.processKey(), link.kind(), link.origin() ? "ORIGIN" : "LATER", link.at());
        }
    }

    /** A legal clock in the language of the caller. */
    record ClockAnswer(
            String id,
            String clock,
            String name,
            String basis,
            String kind,
            int amount,
            @Nullable String recipient,
            Instant startedAt,
            Instant dueSoft,
            Instant dueHard,
            String status,
            @Nullable Instant stoppedAt,
            @Nullable String reason,
            @Nullable Instant breachedAt,
            String consequence) {
        static ClockAnswer of(LegalClock c, Locale locale) {
            return new ClockAnswer(
                    c.id().toString(),
                    c.definition().id(),
                    c.definition().name().in(locale),
                    c.definition().basis().in(locale),
                    c.definition().kind(),
                    c.definition().amount(),
                    c.recipient(),
                    c.startedAt(),
                    c.due().soft(),
                    c.due().hard(),
                    c.status(),
                    c.stoppedAt(),
                    c.reason(),
                    c.breachedAt(),
                    c.definition().consequence());
        }
    }

    /** A line of the story in the language of the caller. */
    record EntryAnswer(
            String id,
            Instant at,
            String kind,
            String title,
            String basis,
            String basisText,
            @Nullable String actor,
            Map<String, String> detail) {
        static EntryAnswer of(TimelineEntry e, LegalBasis basis, Locale locale) {
            return new EntryAnswer(
                    e.id().toString(),
                    e.at(),
                    e.kind(),
                    e.title().in(locale),
                    e.basis(),
                    basis.of(e.basis()).in(locale),
                    e.actor(),
                    e.detail());
        }
    }

    @GetMapping
    @Operation(summary = "Cases the caller may see, newest first")
    Page<CaseRow> list(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable Boolean open,
            @RequestParam(required = false) @Nullable String process,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Viewer viewer = user.require();
        Page<CaseSummary> page = cases.list(q, open, process, viewer, limit, cursor);
        var people = persons.masked(page.items().stream()
                .map(CaseSummary::personId)
                .flatMap(Stream::ofNullable)
                .distinct()
                .toList());
        return new Page<>(
                page.items().stream()
                        .map(file -> cases.seenBy(file, viewer))
                        .map(c -> new CaseRow(
                                c.number(),
                                c.processKey(),
                                c.legalStatus(),
                                c.stage(),
                                c.outcome(),
                                c.personId() == null ? null : people.get(c.personId()),
                                c.areaCode(),
                                c.openedAt(),
                                c.closedAt()))
                        .toList(),
                page.nextCursor());
    }

    @GetMapping("/{number}")
    @Operation(summary = "The case: legal status, stage, outcome, masked person, participants, running clocks")
    CaseAnswer one(@PathVariable String number, HttpServletRequest request) {
        Viewer viewer = user.require();
        Locale locale = Requests.language(request);
        CaseSummary file = cases.get(number, viewer);
        looked("case.look", file, viewer);
        CaseSummary c = cases.seenBy(file, viewer);
        return new CaseAnswer(
                c.number(),
                c.processKey(),
                c.legalStatus(),
                c.legalStatus() == null
                        ? null
                        : cases.statusName(c.legalStatus()).in(locale),
                c.admissionType(),
                c.stage(),
                c.outcome(),
                c.personId() == null
                        ? null
                        : persons.masked(List.of(c.person())).get(c.person()),
                c.areaCode(),
                c.hospital(),
                c.openedBy(),
                c.openedAt(),
                c.closedAt(),
                cases.participants(c.id()),
                clocks.of(c.id()).stream()
                        .filter(clock -> clock.status().equals("RUNNING"))
                        .map(clock -> ClockAnswer.of(clock, locale))
                        .toList(),
                cases.links(file, viewer).stream().map(LinkAnswer::of).toList(),
                c.version());
    }

    @GetMapping("/{number}/startable")
    @Operation(summary = "Processes the caller may start on the case as it stands")
    List<ProcessController.ProcessAnswer> startable(@PathVariable String number, HttpServletRequest request) {
        Locale locale = Requests.language(request);
        return items.startableOn(number, user.require()).stream()
                .map(info -> ProcessController.ProcessAnswer.of(info, locale))
                .toList();
    }

    @GetMapping("/{number}/timeline")
    @Operation(
            summary = "The story, newest first",
            description =
                    "kind DECIDED: answers of decision tables, legal status and outcomes, their detail with the person whose"
                            + " act led to them (by) and the submission (cause); kind LOOK: looks at sensitive data (all of them for those who audit, otherwise the caller's own);"
                            + " kind CHANGE: forms filled in again, see /submissions/{id}/changes")
    Page<EntryAnswer> timeline(
            @PathVariable String number,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String step,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        Viewer viewer = user.require();
        Locale locale = Requests.language(request);
        CaseSummary file = cases.get(number, viewer);
        looked("case.timeline", file, viewer);
        Page<TimelineEntry> page = dossiers.story(file, viewer, new StoryFilter(kind, actor, step), limit, cursor);
        return new Page<>(
                page.items().stream()
                        .map(entry -> EntryAnswer.of(entry, basis, locale))
                        .toList(),
                page.nextCursor());
    }

    @GetMapping("/{number}/clocks")
    @Operation(summary = "Legal clocks, running first")
    List<ClockAnswer> clocks(@PathVariable String number, HttpServletRequest request) {
        Locale locale = Requests.language(request);
        return clocks.of(required(number, "case.clocks").id()).stream()
                .map(clock -> ClockAnswer.of(clock, locale))
                .toList();
    }

    @GetMapping("/{number}/participants")
    @Operation(summary = "Organisations of the case")
    List<Participant> participants(@PathVariable String number) {
        return cases.participants(required(number, "case.participants").id());
    }

    @GetMapping("/{number}/diagram-state")
    @Operation(summary = "Where the processes of the case stand: active elements and the path taken")
    List<Map<String, Object>> diagramState(@PathVariable String number, HttpServletRequest request) {
        Locale locale = Requests.language(request);
        return processes.states(required(number, "case.diagram").id()).stream()
                .map(state -> stateAnswer(state, locale))
                .toList();
    }

    private static Map<String, Object> stateAnswer(InstanceState state, Locale locale) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("processInstanceId", state.processInstanceId());
        answer.put("process", state.processKey());
        answer.put("name", state.name().in(locale));
        answer.put("version", state.version());
        answer.put("active", state.active());
        answer.put(
                "done",
                state.steps().stream()
                        .filter(step -> step.endedAt() != null && !step.withdrawn())
                        .map(InstanceState.Step::activityId)
                        .distinct()
                        .toList());
        answer.put("ended", state.endedAt() != null);
        return answer;
    }

    /** For what the whole case is wanted: {@code COURT}, {@code SUPERVISION}, {@code PATIENT_REQUEST} or {@code REVIEW}; number of the letter that asks. */
    record Export(@Nullable String purpose, @Nullable String reference) {}

    @PostMapping(
            value = "/{number}/export",
            produces = {MediaType.APPLICATION_PDF_VALUE, "application/problem+json"})
    @Operation(
            summary = "The whole case as one PDF for court or supervision",
            description =
                    "Forms and papers the caller may not read are named and withheld; recorded with purpose and digest")
    ResponseEntity<byte[]> export(@PathVariable String number, @RequestBody Export body, HttpServletRequest request) {
        Viewer viewer = user.require();
        CaseSummary file = cases.get(number, viewer);
        byte[] pdf = dossiers.print(
                file,
                body.purpose() == null ? "" : body.purpose(),
                body.reference() == null ? "" : body.reference(),
                viewer,
                Requests.language(request));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_PDF).body(pdf);
    }

    private CaseSummary required(String number, String action) {
        Viewer viewer = user.require();
        CaseSummary file = cases.get(number, viewer);
        cases.require(file, action, viewer);
        looked(action, file, viewer);
        return file;
    }

    private void looked(String action, CaseSummary file, Viewer viewer) {
        audit.recordApart(viewer, AuditEntry.done(action, file.id(), "case:" + file.number(), Map.of()));
    }
}
