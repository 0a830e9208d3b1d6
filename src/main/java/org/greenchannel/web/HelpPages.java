package org.greenchannel.web;

import java.util.List;
import java.util.Optional;
import org.greenchannel.help.HelpBook;
import org.greenchannel.help.Tours;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.CurrentUser;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Help as pages: what one's roles do here, what a page or a task is for, the words of the field, the keys, the tour to read.
 * Scripts show the same pages beside what one is working on.
 */
@Controller
@RequestMapping("/help")
class HelpPages {

    private static final String UNKNOWN = "help-unknown";
    private static final int LONGEST = 60;

    private final HelpBook help;
    private final Tours tours;
    private final CurrentUser user;

    HelpPages(HelpBook help, Tours tours, CurrentUser user) {
        this.help = help;
        this.tours = tours;
        this.user = user;
    }

    /** How the tour ended. */
    record Ended(Tours.Outcome outcome) {}

    /** Address of the help for a task. */
    static String task(String process, String key) {
        return "/help/tasks/" + process + "/" + key;
    }

    /** Address of the help for a process. */
    static String process(String key) {
        return "/help/processes/" + key;
    }

    @GetMapping
    String overview(Model model) {
        Viewer viewer = user.require();
        List<HelpBook.RoleHelp> mine = viewer.roles().stream()
                .map(help::role)
                .flatMap(Optional::stream)
                .toList();
        model.addAttribute("mine", mine);
        model.addAttribute("pages", help.pages());
        model.addAttribute("processes", help.processes());
        return "web/help";
    }

    @GetMapping("/roles")
    String roles(Model model) {
        model.addAttribute("roles", help.roles());
        return "web/help-roles";
    }

    @GetMapping("/roles/{code}")
    String role(@PathVariable String code, Model model) {
        model.addAttribute("role", known(help.role(code)));
        model.addAttribute("steps", help.tour(List.of(code)));
        return "web/help-role";
    }

    @GetMapping("/words")
    String words(@RequestParam(defaultValue = "") String q, Model model) {
        String asked = q.substring(0, Math.min(q.length(), LONGEST)).strip();
        model.addAttribute("asked", asked);
        model.addAttribute("words", help.words(asked));
        return "web/help-words";
    }

    @GetMapping("/keys")
    String keys() {
        return "web/help-keys";
    }

    @GetMapping("/pages/{id}")
    String page(@PathVariable String id, Model model) {
        model.addAttribute("page", known(help.page(id)));
        return "web/help-page";
    }

    @GetMapping("/processes/{key}")
    String process(@PathVariable String key, Model model) {
        model.addAttribute("process", known(help.process(key)));
        return "web/help-process";
    }

    @GetMapping("/tasks/{process}/{key}")
    String task(@PathVariable String process, @PathVariable String key, Model model) {
        model.addAttribute("task", known(help.task(process, key)));
        return "web/help-task";
    }

    /** The tour to read, without scripts or on paper. */
    @GetMapping("/tour")
    String tour(Model model) {
        model.addAttribute("steps", help.tour(user.require().roles()));
        return "web/help-tour";
    }

    @PostMapping(path = "/tour", consumes = "application/json")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void ended(@RequestBody Ended ended) {
        tours.note(ended.outcome(), user.require());
    }

    @PostMapping(path = "/tour", consumes = "application/x-www-form-urlencoded")
    String ended(@RequestParam Tours.Outcome outcome) {
        tours.note(outcome, user.require());
        return "redirect:/";
    }

    private static <T> T known(Optional<T> found) {
        return found.orElseThrow(() -> Problem.notFound(UNKNOWN));
    }
}
