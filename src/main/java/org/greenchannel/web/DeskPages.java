package org.greenchannel.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.platform.ProblemRenderer;
import org.greenchannel.worklist.WorkDesk;
import org.greenchannel.worklist.WorkQueues;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Around the work list: many items at once with a look before, what comes back later, saved queues, who has it open. */
@Controller
class DeskPages {

    private static final long QUARTER = 15;
    private static final LocalTime MORNING = LocalTime.of(8, 30);
    private static final LocalTime AFTERNOON = LocalTime.of(14, 30);

    private final WorkDesk desk;
    private final WorkQueues queues;
    private final CurrentUser user;
    private final ProblemRenderer problems;
    private final Show show;
    private final Clock clock;
    private final ZoneId zone;

    DeskPages(
            WorkDesk desk,
            WorkQueues queues,
            CurrentUser user,
            ProblemRenderer problems,
            Show show,
            Clock clock,
            ZoneId zone) {
        this.desk = desk;
        this.queues = queues;
        this.user = user;
        this.problems = problems;
        this.show = show;
        this.clock = clock;
        this.zone = zone;
    }

    /** What would be done to the chosen items and what not; changes nothing. */
    @GetMapping("/work-items/bulk")
    String preview(
            @RequestParam String verb,
            @RequestParam(name = "item", required = false) @Nullable List<String> chosen,
            @RequestParam(required = false) @Nullable String back,
            Model model,
            RedirectAttributes redirect) {
        Viewer viewer = user.require();
        if (chosen == null || chosen.isEmpty()) {
            redirect.addFlashAttribute("notice", show.message("problem.no-items.detail", WorkDesk.MOST));
            return "redirect:" + safe(back);
        }
        WorkDesk.Bulk kind = kind(verb);
        Map<String, Instant> days = days();
        // with a day that serves any item: the preview asks who may, the day is chosen below
        var many =
                new WorkDesk.Many(kind, items(chosen), clock.instant().plusSeconds(1), WorkDesk.REASONS.get(0), null);
        List<WorkDesk.Line> lines = desk.preview(many, viewer);
        model.addAttribute("verb", verb);
        model.addAttribute("back", safe(back));
        model.addAttribute("will", lines.stream().filter(WorkDesk.Line::done).toList());
        model.addAttribute("wont", lines.stream().filter(line -> !line.done()).toList());
        Instant first = lines.stream()
                .filter(WorkDesk.Line::done)
                .map(line -> line.item().dueHard())
                .flatMap(java.util.stream.Stream::ofNullable)
                .min(Instant::compareTo)
                .orElse(null);
        model.addAttribute("limit", first);
        days.values().removeIf(day -> first != null && !day.isBefore(first));
        model.addAttribute("days", days);
        model.addAttribute("reasons", WorkDesk.REASONS);
        List<UUID> able = lines.stream()
                .filter(WorkDesk.Line::done)
                .map(line -> line.item().id())
                .toList();
        model.addAttribute("people", kind == WorkDesk.Bulk.ASSIGN ? desk.candidates(able, viewer) : List.of());
        return "web/bulk";
    }

    @PostMapping("/work-items/bulk")
    String apply(
            @RequestParam String verb,
            @RequestParam(name = "item") List<String> chosen,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable String other,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String back,
            @RequestParam(required = false) @Nullable String idempotencyKey,
            RedirectAttributes redirect) {
        Viewer viewer = user.require();
        var many = new WorkDesk.Many(
                kind(verb), items(chosen), moment(until, other), WorkListPage.blank(reason), WorkListPage.blank(to));
        List<WorkDesk.Line> lines = desk.apply(many, WorkListPage.blank(idempotencyKey), viewer);
        long done = lines.stream().filter(WorkDesk.Line::done).count();
        if (done > 0) {
            redirect.addFlashAttribute("done", show.message("bulk.done." + verb, done));
        }
        redirect.addFlashAttribute(
                "refused",
                lines.stream()
                        .filter(line -> !line.done())
                        .map(line -> show.message(
                                "bulk.refused",
                                show.text(line.item().name()),
                                line.item().caseNumber(),
                                show.text(line.reason())))
                        .toList());
        return "redirect:" + safe(back);
    }

    @PostMapping("/work-items/{id}/come-back")
    String comeBack(
            @PathVariable UUID id, @RequestParam(required = false) @Nullable String back, RedirectAttributes redirect) {
        desk.comeBack(id, user.require());
        redirect.addFlashAttribute("done", show.message("bulk.come-back"));
        return "redirect:" + safe(back);
    }

    /** Moments that often serve; those after the end of a legal period are left out. */
    private Map<String, Instant> days() {
        Instant now = clock.instant();
        LocalDateTime local = now.atZone(zone).toLocalDateTime().truncatedTo(ChronoUnit.MINUTES);
        Map<String, Instant> days = new LinkedHashMap<>();
        days.put("quarter", now.plus(Duration.ofMinutes(QUARTER)).truncatedTo(ChronoUnit.MINUTES));
        days.put("hour", now.plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MINUTES));
        if (local.toLocalTime().isBefore(AFTERNOON.minusHours(1))) {
            days.put("afternoon", local.with(AFTERNOON).atZone(zone).toInstant());
        }
        days.put("tomorrow", local.plusDays(1).with(MORNING).atZone(zone).toInstant());
        days.put("three", local.plusDays(3).with(MORNING).atZone(zone).toInstant());
        days.put(
                "monday",
                local.with(TemporalAdjusters.next(DayOfWeek.MONDAY))
                        .with(MORNING)
                        .atZone(zone)
                        .toInstant());
        return days;
    }

    private @Nullable Instant moment(@Nullable String until, @Nullable String other) {
        try {
            if (WorkListPage.blank(until) == null || "other".equals(until)) {
                String own = WorkListPage.blank(other);
                return own == null
                        ? null
                        : LocalDateTime.parse(own).atZone(zone).toInstant();
            }
            return Instant.parse(until);
        } catch (DateTimeParseException e) {
            throw Problem.badRequest("bad-parameter", "until");
        }
    }

    private static WorkDesk.Bulk kind(String verb) {
        return switch (verb) {
            case "claim" -> WorkDesk.Bulk.CLAIM;
            case "release" -> WorkDesk.Bulk.RELEASE;
            case "assign" -> WorkDesk.Bulk.ASSIGN;
            case "follow-up" -> WorkDesk.Bulk.FOLLOW_UP;
            default -> throw Problem.badRequest("bulk-unknown");
        };
    }

    /** {@code id} or {@code id_version}. */
    private static Map<UUID, Integer> items(List<String> chosen) {
        Map<UUID, Integer> items = new HashMap<>();
        try {
            for (String one : chosen) {
                String[] parts = one.split("_", 2);
                items.put(
                        UUID.fromString(parts[0]),
                        parts.length > 1 ? Integer.valueOf(parts[1]) : Integer.valueOf(WorkDesk.ANY));
            }
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("bad-parameter", "item");
        }
        return items;
    }

    /** Back to the list and nowhere else. */
    private static String safe(@Nullable String back) {
        return back != null && (back.equals("/") || back.startsWith("/?")) ? back : "/";
    }

    @PostMapping("/work-items/queues")
    String save(
            DeskFilter filter,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "NONE") String shared,
            @RequestParam(defaultValue = "false") boolean standard,
            RedirectAttributes redirect) {
        Viewer viewer = user.require();
        boolean role = shared.startsWith("ROLE:");
        try {
            if (filter.found() != null) {
                throw Problem.invalid("queue-text", List.of());
            }
            var queue = new WorkQueues.NewQueue(
                    name,
                    filter.query(filter.view() == null ? "mine" : filter.view(), 1, null),
                    role ? "ROLE" : shared,
                    role ? shared.substring("ROLE:".length()) : null,
                    standard);
            var saved = queues.save(queue, viewer);
            redirect.addFlashAttribute("done", show.message("queue.saved", saved.name()));
            return "redirect:" + DeskFilter.of(saved).url();
        } catch (Problem refused) {
            if (refused.kind() != Problem.Kind.INVALID && refused.kind() != Problem.Kind.CONFLICT) {
                throw refused;
            }
            redirect.addFlashAttribute(
                    "notice", problems.view(refused, show.locale()).detail());
            return "redirect:" + filter.url();
        }
    }

    @PostMapping("/work-items/queues/{id}/delete")
    String forget(@PathVariable UUID id, RedirectAttributes redirect) {
        queues.delete(id, user.require());
        redirect.addFlashAttribute("done", show.message("queue.deleted"));
        return "redirect:/?view=mine";
    }

    @PostMapping("/work-items/queues/{id}/standard")
    String standard(@PathVariable UUID id, @RequestParam boolean on, RedirectAttributes redirect) {
        Viewer viewer = user.require();
        queues.standard(on ? id : null, viewer);
        redirect.addFlashAttribute("done", show.message(on ? "queue.standard.on" : "queue.standard.off"));
        return queues.list(viewer).stream()
                .filter(queue -> queue.id().equals(id))
                .findFirst()
                .map(queue -> "redirect:" + DeskFilter.of(queue).url())
                .orElse("redirect:/?view=mine");
    }

    /** The page of the item is open: who else has it, in words, or nothing. */
    @PostMapping(path = "/work-items/{id}/working", produces = "application/json")
    ResponseEntity<Map<String, String>> working(@PathVariable UUID id, Locale locale) {
        return ResponseEntity.ok(Map.of("text", words(desk.working(id, user.require()))));
    }

    @PostMapping(path = "/work-items/{id}/left")
    ResponseEntity<Void> left(@PathVariable UUID id, HttpServletRequest request) {
        desk.left(id, user.require());
        return ResponseEntity.noContent().build();
    }

    private String words(List<String> usernames) {
        return usernames.isEmpty()
                ? ""
                : show.message(
                        "desk.working",
                        String.join(
                                show.message("list.separator"),
                                usernames.stream().map(show::account).toList()));
    }
}
