package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.greenchannel.engine.TaskGuide;
import org.greenchannel.help.HelpBook;
import org.greenchannel.help.Tours;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.platform.CurrentUser;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Help for people, in the language of the request; nothing in it is about a case. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "help")
class HelpController {

    private static final String UNKNOWN = "help-unknown";

    private final HelpBook help;
    private final Tours tours;
    private final CurrentUser user;

    HelpController(HelpBook help, Tours tours, CurrentUser user) {
        this.help = help;
        this.tours = tours;
        this.user = user;
    }

    /** A task of a model. */
    record TaskRow(String process, String task, String name) {}

    /** What a role does. */
    record RoleRow(
            String role,
            String name,
            String text,
            String first,
            List<TaskRow> tasks,
            List<ClockRow> deadlines,
            List<String> papers,
            List<StepRow> tour) {}

    /** A legal clock as the city has it. @param amount in units of the kind */
    record ClockRow(String id, String name, String kind, int amount, String basis) {}

    /** A step of the guided tour. */
    record StepRow(String title, String text) {}

    /** What a task is for and what may come after it. */
    record TaskPage(
            String process,
            String task,
            String name,
            String text,
            String basis,
            @Nullable ClockRow deadline,
            List<String> next,
            List<String> papers,
            List<String> roles) {}

    /** A word of the field. */
    record WordRow(String term, String text, String basis) {}

    /** The tour of the caller. @param offered whether he has neither seen nor refused it */
    record TourPage(boolean offered, List<StepRow> steps) {}

    /** How the tour ended. */
    record Ended(Tours.@Nullable Outcome outcome) {}

    @GetMapping("/help/roles/{role}")
    @Operation(summary = "What a role does: tasks, deadlines, papers, its tour")
    RoleRow role(@PathVariable String role, HttpServletRequest request) {
        Locale locale = Requests.language(request);
        HelpBook.RoleHelp found = known(help.role(role));
        return new RoleRow(
                found.code(),
                found.name().in(locale),
                found.text().in(locale),
                found.first().in(locale),
                found.tasks().stream()
                        .flatMap(one -> one.tasks().stream())
                        .map(task -> row(task, locale))
                        .toList(),
                found.clocks().stream().map(clock -> clock(clock, locale)).toList(),
                said(found.papers(), locale),
                steps(List.of(role), locale));
    }

    @GetMapping("/help/tasks/{process}/{task}")
    @Operation(summary = "What a task is for, its legal basis and deadline, and what may come next")
    TaskPage task(@PathVariable String process, @PathVariable String task, HttpServletRequest request) {
        Locale locale = Requests.language(request);
        HelpBook.TaskHelp found = known(help.task(process, task));
        TaskGuide guide = found.guide();
        var clock = found.clock();
        return new TaskPage(
                guide.process(),
                guide.key(),
                guide.name().in(locale),
                found.text().in(locale),
                guide.basis(),
                clock == null ? null : clock(clock, locale),
                said(guide.next(), locale),
                said(found.papers(), locale),
                List.copyOf(guide.roles()));
    }

    @GetMapping("/help/words")
    @Operation(summary = "Words of the field that contain the words asked for, in either language")
    List<WordRow> words(@RequestParam(defaultValue = "") String q, HttpServletRequest request) {
        Locale locale = Requests.language(request);
        return help.words(q).stream()
                .map(word -> new WordRow(word.term().in(locale), word.text().in(locale), word.basis()))
                .toList();
    }

    @GetMapping("/me/tour")
    @Operation(summary = "The guided tour for the caller's roles, and whether it is still offered")
    TourPage tour(HttpServletRequest request) {
        var viewer = user.require();
        return new TourPage(tours.offered(viewer), steps(viewer.roles(), Requests.language(request)));
    }

    @PutMapping("/me/tour")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Notes that the caller has seen the tour or does not want it; it is not offered again")
    void ended(@RequestBody Ended body) {
        if (body.outcome() == null) {
            throw Problem.badRequest("bad-parameter", "outcome");
        }
        tours.note(body.outcome(), user.require());
    }

    private List<StepRow> steps(java.util.Collection<String> roles, Locale locale) {
        return help.tour(roles).stream()
                .map(step -> new StepRow(step.title().in(locale), step.text().in(locale)))
                .toList();
    }

    private static TaskRow row(TaskGuide task, Locale locale) {
        return new TaskRow(task.process(), task.key(), task.name().in(locale));
    }

    private static ClockRow clock(org.greenchannel.clock.ClockDefinition clock, Locale locale) {
        return new ClockRow(
                clock.id(),
                clock.name().in(locale),
                clock.kind(),
                clock.amount(),
                clock.basis().in(locale));
    }

    private static List<String> said(List<Text> texts, Locale locale) {
        return texts.stream().map(text -> text.in(locale)).toList();
    }

    private static <T> T known(Optional<T> found) {
        return found.orElseThrow(() -> Problem.notFound(UNKNOWN));
    }
}
