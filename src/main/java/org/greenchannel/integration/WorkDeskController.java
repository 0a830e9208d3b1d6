package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.worklist.Marks;
import org.greenchannel.worklist.SavedQueue;
import org.greenchannel.worklist.WorkDesk;
import org.greenchannel.worklist.WorkItemQuery;
import org.greenchannel.worklist.WorkItems;
import org.greenchannel.worklist.WorkQueues;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What one keeps at the desk around the work list. */
@RestController
@Tag(name = "work-items")
class WorkDeskController {

    private static final String ITEMS = "/api/v1/work-items";
    private static final String QUEUES = "/api/v1/work-queues";

    private final WorkDesk desk;
    private final WorkQueues queues;
    private final WorkItems items;
    private final CurrentUser user;

    WorkDeskController(WorkDesk desk, WorkQueues queues, WorkItems items, CurrentUser user) {
        this.desk = desk;
        this.queues = queues;
        this.items = items;
        this.user = user;
    }

    /** When it is to come back. @param reason one of {@code DOCUMENTS PERSON OTHER_AGENCY APPOINTMENT RESULT ORDER} */
    record FollowUp(@Nullable Instant until, @Nullable String reason) {}

    /**
     * A bulk action.
     *
     * @param verb {@code claim}, {@code release}, {@code assign} or {@code follow-up}
     * @param versions by id the version that was seen; null for any
     */
    record Many(
            @Nullable String verb,
            @Nullable List<UUID> items,
            @Nullable Map<UUID, Integer> versions,
            @Nullable Instant until,
            @Nullable String reason,
            @Nullable String to) {}

    /** Result of one item. @param why type of the problem, or null */
    record LineAnswer(UUID id, String caseNumber, boolean done, @Nullable String why, String reason, int version) {}

    /** A queue to be saved. */
    record NewQueue(
            @Nullable String name,
            @Nullable String view,
            @Nullable String process,
            @Nullable String due,
            @Nullable String stage,
            @Nullable String area,
            @Nullable String mark,
            @Nullable String q,
            @Nullable String shared,
            @Nullable String role,
            @Nullable Boolean standard) {}

    @GetMapping(ITEMS + "/marks")
    @Operation(summary = "What items are to the caller: unread, put aside, open with others")
    Map<UUID, Marks> marks(@RequestParam Set<UUID> ids) {
        if (ids.size() > WorkDesk.MOST) {
            throw Problem.badRequest("too-many-items", WorkDesk.MOST);
        }
        Viewer viewer = user.require();
        return desk.marks(desk.among(ids, viewer), viewer);
    }

    /** Who else has an item open. @param others usernames */
    record Working(List<String> others) {}

    @PutMapping(ITEMS + "/{id}/working")
    @Operation(
            summary = "The caller has it open; answers who else has",
            description = "Told every half minute while it is open; a minute after the last time it is forgotten.")
    Working working(@PathVariable UUID id) {
        Viewer viewer = user.require();
        items.get(id, viewer);
        return new Working(desk.working(id, viewer));
    }

    @DeleteMapping(ITEMS + "/{id}/working")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "The caller has closed it")
    void left(@PathVariable UUID id) {
        desk.left(id, user.require());
    }

    @GetMapping(ITEMS + "/levels")
    @Operation(summary = "Counts of one view by urgency (breached, today, soon, later, none), capped at 100")
    Map<String, Integer> levels(
            @RequestParam(defaultValue = "mine") String view,
            @RequestParam(required = false) @Nullable String process,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String area,
            @RequestParam(required = false) @Nullable String mark) {
        return desk.levels(
                new WorkItemQuery(view, process, null, null, null, q, 1, null, stage, area, mark, null),
                user.require());
    }

    @PutMapping(ITEMS + "/{id}/seen")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "The caller has looked at it as it is now")
    void seen(@PathVariable UUID id) {
        desk.seen(id, user.require());
    }

    @PostMapping(ITEMS + "/{id}/follow-up")
    @Operation(summary = "稍后处理: out of the caller's way until a moment before its legal end")
    Marks.FollowUp followUp(@PathVariable UUID id, @RequestBody FollowUp body) {
        Instant until = body.until() == null ? Instant.EPOCH : body.until();
        return desk.followUp(id, until, body.reason() == null ? "" : body.reason(), user.require());
    }

    @DeleteMapping(ITEMS + "/{id}/follow-up")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Takes it up again before its day")
    void comeBack(@PathVariable UUID id) {
        desk.comeBack(id, user.require());
    }

    @PostMapping(ITEMS + "/bulk/preview")
    @Operation(summary = "What a bulk action would do and what not; changes nothing")
    List<LineAnswer> preview(@RequestBody Many body, HttpServletRequest request) {
        return answer(desk.preview(many(body), user.require()), request);
    }

    @PostMapping(ITEMS + "/bulk")
    @Operation(summary = "Does what can be done, in one transaction, one audit entry an item; says why not of the rest")
    List<LineAnswer> bulk(
            @RequestBody Many body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            HttpServletRequest request) {
        return answer(desk.apply(many(body), Requests.key(key), user.require()), request);
    }

    private static WorkDesk.Many many(Many body) {
        WorkDesk.Bulk verb =
                switch (String.valueOf(body.verb())) {
                    case "claim" -> WorkDesk.Bulk.CLAIM;
                    case "release" -> WorkDesk.Bulk.RELEASE;
                    case "assign" -> WorkDesk.Bulk.ASSIGN;
                    case "follow-up" -> WorkDesk.Bulk.FOLLOW_UP;
                    default -> throw Problem.badRequest("bulk-unknown");
                };
        Map<UUID, Integer> items = new HashMap<>();
        if (body.items() != null) {
            body.items().forEach(id -> items.put(id, WorkDesk.ANY));
        }
        if (body.versions() != null) {
            body.versions().forEach((id, version) -> items.put(id, version == null ? WorkDesk.ANY : version));
        }
        return new WorkDesk.Many(verb, items, body.until(), body.reason(), body.to());
    }

    private static List<LineAnswer> answer(List<WorkDesk.Line> lines, HttpServletRequest request) {
        Locale locale = Requests.language(request);
        return lines.stream()
                .map(line -> new LineAnswer(
                        line.item().id(),
                        line.item().caseNumber(),
                        line.done(),
                        line.why(),
                        line.reason().in(locale),
                        line.item().version()))
                .toList();
    }

    @GetMapping(QUEUES)
    @Operation(summary = "Saved queues of the caller and those shared with him")
    List<SavedQueue> queues() {
        return queues.list(user.require());
    }

    @PostMapping(QUEUES)
    @Operation(summary = "Saves a filter under a name; the same name of the same owner is replaced")
    ResponseEntity<SavedQueue> save(@RequestBody NewQueue b) {
        var filter = new WorkItemQuery(
                b.view() == null ? "mine" : b.view(),
                b.process(),
                null,
                null,
                b.due(),
                b.q(),
                1,
                null,
                b.stage(),
                b.area(),
                b.mark(),
                null);
        SavedQueue saved = queues.save(
                new WorkQueues.NewQueue(
                        b.name() == null ? "" : b.name(),
                        filter,
                        b.shared() == null ? "NONE" : b.shared(),
                        b.role(),
                        Boolean.TRUE.equals(b.standard())),
                user.require());
        return ResponseEntity.status(HttpStatus.CREATED).body(saved);
    }

    @DeleteMapping(QUEUES + "/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Forgets one of the caller's own")
    void delete(@PathVariable UUID id) {
        queues.delete(id, user.require());
    }

    @PutMapping(QUEUES + "/{id}/standard")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "The work list opens with it")
    void standard(@PathVariable UUID id) {
        queues.standard(id, user.require());
    }

    @DeleteMapping(QUEUES + "/standard")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "The work list opens with nothing chosen")
    void noStandard() {
        queues.standard(null, user.require());
    }
}
