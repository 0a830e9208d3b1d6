package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.platform.LegalBasis;
import org.greenchannel.worklist.Completed;
import org.greenchannel.worklist.WorkDesk;
import org.greenchannel.worklist.WorkItem;
import org.greenchannel.worklist.WorkItemQuery;
import org.greenchannel.worklist.WorkItems;
import org.greenchannel.worklist.WorkVerbs;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The work list and its verbs. */
@RestController
@RequestMapping("/api/v1/work-items")
@Tag(name = "work-items")
class WorkItemController {

    private static final int DEFAULT_LIMIT = 20;

    private final WorkItems items;
    private final WorkDesk desk;
    private final WorkVerbs verbs;
    private final LegalBasis basis;
    private final CurrentUser user;

    WorkItemController(WorkItems items, WorkDesk desk, WorkVerbs verbs, LegalBasis basis, CurrentUser user) {
        this.items = items;
        this.desk = desk;
        this.verbs = verbs;
        this.basis = basis;
        this.user = user;
    }

    /** A work item in the language of the caller. */
    record ItemAnswer(
            UUID id,
            String taskKey,
            String name,
            String process,
            String caseNumber,
            String person,
            List<String> groups,
            @Nullable String assignee,
            int priority,
            @Nullable Instant dueSoft,
            @Nullable Instant dueHard,
            @Nullable Instant pausedAt,
            @Nullable String clock,
            String basis,
            String basisText,
            @Nullable String stage,
            boolean guarded,
            boolean confirm,
            @Nullable String form,
            String status,
            Instant createdAt,
            @Nullable Instant closedAt,
            @Nullable String closedBy,
            int version) {

        static ItemAnswer of(WorkItem i, LegalBasis basis, Locale locale) {
            return new ItemAnswer(
                    i.id(),
                    i.taskKey(),
                    i.name().in(locale),
                    i.process(),
                    i.caseNumber(),
                    i.person(),
                    i.groups(),
                    i.assignee(),
                    i.priority(),
                    i.dueSoft(),
                    i.dueHard(),
                    i.pausedAt(),
                    i.clock(),
                    i.basis(),
                    basis.of(i.basis()).in(locale),
                    i.stage(),
                    i.guarded(),
                    i.confirm(),
                    i.formId(),
                    i.status(),
                    i.createdAt(),
                    i.closedAt(),
                    i.closedBy(),
                    i.version());
        }
    }

    /** A form to fill in. */
    record FormAnswer(
            @Nullable Map<String, Object> schema,
            @Nullable Map<String, @Nullable Object> data,
            @Nullable Map<String, @Nullable Object> draft,
            @Nullable Instant draftSavedAt,
            @Nullable Integer draftVersion) {
        static FormAnswer of(WorkItems.TaskForm form) {
            var view = form.view();
            var draft = form.draft();
            return new FormAnswer(
                    view == null ? null : view.schema(),
                    view == null ? null : view.data(),
                    draft == null ? null : draft.data(),
                    draft == null ? null : draft.savedAt(),
                    draft == null ? null : draft.version());
        }
    }

    @GetMapping
    @Operation(summary = "A page of the list, most urgent first")
    Page<ItemAnswer> list(
            @RequestParam(defaultValue = "available") String view,
            @RequestParam(required = false) @Nullable String process,
            @RequestParam(required = false) @Nullable String task,
            @RequestParam(name = "case", required = false) @Nullable String caseNumber,
            @RequestParam(required = false) @Nullable String due,
            @Parameter(description = "Words of task, case number, stage, place or process; never a person's name")
                    @RequestParam(required = false)
                    @Nullable
                    String q,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String area,
            @Parameter(description = "unread or later (put aside)") @RequestParam(required = false) @Nullable
                    String mark,
            @RequestParam(defaultValue = "due") String sort,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        if (!sort.equals("due")) {
            throw Problem.badRequest("sort-unknown", sort);
        }
        var query = new WorkItemQuery(view, process, task, caseNumber, due, q, limit, cursor, stage, area, mark, null);
        return answer(items.list(query, user.require()), request);
    }

    /** A search for somebody. */
    record Named(@Nullable String term, @Nullable String view, @Nullable Integer limit) {}

    @PostMapping("/search")
    @Operation(
            summary = "Items about a person, by full name or id number; in the body, because it is personal; audited")
    Page<ItemAnswer> search(@RequestBody Named body, HttpServletRequest request) {
        Viewer viewer = user.require();
        if (body.term() == null || body.term().isBlank()) {
            throw Problem.badRequest("bad-parameter", "term");
        }
        var query = new WorkItemQuery(
                body.view() == null ? "available" : body.view(),
                null,
                null,
                null,
                null,
                null,
                body.limit() == null ? DEFAULT_LIMIT : body.limit(),
                null);
        return answer(items.list(desk.named(query, body.term(), viewer), viewer), request);
    }

    private Page<ItemAnswer> answer(Page<WorkItem> page, HttpServletRequest request) {
        Locale locale = Requests.language(request);
        return new Page<>(
                page.items().stream()
                        .map(item -> ItemAnswer.of(item, basis, locale))
                        .toList(),
                page.nextCursor());
    }

    @GetMapping("/counts")
    @Operation(summary = "Counts by view, capped at 100")
    Map<String, Integer> counts() {
        return items.counts(user.require());
    }

    @GetMapping("/to-sign")
    @Operation(summary = "Open items that wait for a signature of the caller")
    List<ItemAnswer> toSign(HttpServletRequest request) {
        Locale locale = Requests.language(request);
        return verbs.toSign(user.require()).stream()
                .map(item -> ItemAnswer.of(item, basis, locale))
                .toList();
    }

    @GetMapping("/as-deputy")
    @Operation(summary = "Open items of those whose deputy the caller is today")
    List<ItemAnswer> asDeputy(HttpServletRequest request) {
        Locale locale = Requests.language(request);
        return verbs.asDeputy(user.require()).stream()
                .map(item -> ItemAnswer.of(item, basis, locale))
                .toList();
    }

    @GetMapping("/{id}")
    @Operation(summary = "One item")
    ResponseEntity<ItemAnswer> one(@PathVariable UUID id, HttpServletRequest request) {
        return answer(items.get(id, user.require()), request);
    }

    @GetMapping("/{id}/form")
    @Operation(summary = "Camunda Form with prefilled data and the caller's draft")
    FormAnswer form(@PathVariable UUID id, HttpServletRequest request) {
        return FormAnswer.of(items.form(id, user.require(), Requests.language(request)));
    }

    @PostMapping("/{id}/claim")
    @Operation(summary = "签收: takes the item")
    ResponseEntity<ItemAnswer> claim(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletRequest request) {
        return answer(items.claim(id, Requests.version(ifMatch), user.require()), request);
    }

    @PostMapping("/{id}/release")
    @Operation(summary = "退签: gives it back")
    ResponseEntity<ItemAnswer> release(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletRequest request) {
        return answer(items.release(id, Requests.version(ifMatch), user.require()), request);
    }

    @PostMapping("/{id}/complete")
    @Operation(summary = "Completes it and answers the next items of the case")
    Completed complete(
            @PathVariable UUID id,
            @RequestBody Requests.Data body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletRequest request) {
        return items.complete(
                id,
                body.orEmpty(),
                Requests.version(ifMatch),
                Requests.key(idempotencyKey),
                user.require(),
                Requests.language(request));
    }

    private ResponseEntity<ItemAnswer> answer(WorkItem item, HttpServletRequest request) {
        return ResponseEntity.ok()
                .eTag("\"" + item.version() + "\"")
                .body(ItemAnswer.of(item, basis, Requests.language(request)));
    }
}
