package org.greenchannel.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.engine.Processes;
import org.greenchannel.form.Draft;
import org.greenchannel.form.FormView;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.worklist.DraftPlace;
import org.greenchannel.worklist.Drafts;
import org.greenchannel.worklist.Started;
import org.greenchannel.worklist.WorkItems;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Starting a process: the list, the phone-first emergency, any other by its form. */
@Controller
class StartPages {

    private static final String EMERGENCY = "emergency-admission";
    private static final int TOLD = 20;
    private static final DraftPlace ALARM = new DraftPlace.OfStart(EMERGENCY, null);
    private static final String POINTER = "/data/";

    private final WorkItems work;
    private final Processes processes;
    private final CaseFiles cases;
    private final FormPage forms;
    private final QuickForms quick;
    private final FirstGuess guess;
    private final OfflineForms offline;
    private final Drafts drafts;
    private final CurrentUser user;
    private final Show show;

    StartPages(
            WorkItems work,
            Processes processes,
            CaseFiles cases,
            FormPage forms,
            QuickForms quick,
            FirstGuess guess,
            OfflineForms offline,
            Drafts drafts,
            CurrentUser user,
            Show show) {
        this.work = work;
        this.processes = processes;
        this.cases = cases;
        this.forms = forms;
        this.quick = quick;
        this.guess = guess;
        this.offline = offline;
        this.drafts = drafts;
        this.user = user;
        this.show = show;
    }

    @GetMapping("/start")
    String list(Model model) {
        // what cannot wait comes first
        model.addAttribute(
                "processes",
                work.startable(user.require()).stream()
                        .sorted(Comparator.comparing(process -> !process.key().equals(EMERGENCY)))
                        .toList());
        return "web/start";
    }

    @GetMapping("/start/emergency")
    String emergency(Model model, Locale locale) {
        Viewer viewer = user.require();
        FormView view = emergencyForm(viewer, locale);
        model.addAttribute("offline", offline.allows(view.schema()));
        Draft draft = drafts.find(ALARM, viewer).orElse(null);
        if (draft != null) {
            model.addAttribute("draft", draft);
            model.addAttribute("draftVersion", draft.version());
            // beside the form, not in it: what a device keeps of the form is empty
            model.addAttribute("drafted", forms.json(quick.posted(view, draft.data())));
        }
        return emergency(model, guess.fill(quick.fields(view, null), viewer), Map.of(), "");
    }

    private FormView emergencyForm(Viewer viewer, Locale locale) {
        FormView view = work.startForm(EMERGENCY, null, viewer, locale).view();
        if (view == null) {
            throw Problem.notFound("process-unknown");
        }
        return view;
    }

    /** What was typed of an alarm, as a browser posts it. @param version version this device saw last */
    record Typed(@Nullable Map<String, @Nullable List<String>> data, @Nullable Integer version) {}

    @GetMapping(path = "/start/emergency/draft", produces = "application/json")
    ResponseEntity<Map<String, Object>> alarmDraft(Locale locale) {
        Viewer viewer = user.require();
        FormView view = emergencyForm(viewer, locale);
        return drafts.find(ALARM, viewer)
                .map(draft -> ResponseEntity.ok(Map.<String, Object>of(
                        "data", quick.posted(view, draft.data()),
                        "savedAt", draft.savedAt().toString(),
                        "version", draft.version())))
                .orElseGet(() -> ResponseEntity.noContent().build());
    }

    @PutMapping(path = "/start/emergency/draft", consumes = "application/json", produces = "application/json")
    ResponseEntity<Map<String, Object>> saveAlarmDraft(@RequestBody Typed typed, Locale locale) {
        Viewer viewer = user.require();
        MultiValueMap<String, String> posted = new LinkedMultiValueMap<>();
        if (typed.data() != null) {
            typed.data().forEach((key, values) -> {
                if (values != null) {
                    posted.addAll(key, values);
                }
            });
        }
        Map<String, @Nullable Object> data = quick.data(quick.fields(emergencyForm(viewer, locale), posted));
        Draft draft = drafts.save(ALARM, data, typed.version(), viewer);
        List<String> warnings = work.advise(ALARM, data, true, viewer).warnings().stream()
                .map(warning -> show.text(warning.message()))
                .toList();
        return ResponseEntity.ok(
                Map.of("savedAt", draft.savedAt().toString(), "version", draft.version(), "warnings", warnings));
    }

    @DeleteMapping("/start/emergency/draft")
    ResponseEntity<Void> dropAlarmDraft() {
        drafts.drop(ALARM, user.require());
        return ResponseEntity.noContent().build();
    }

    private static String emergency(Model model, List<QuickField> fields, Map<String, String> errors, String key) {
        model.addAttribute("first", fields.stream().filter(QuickField::first).toList());
        model.addAttribute("more", fields.stream().filter(f -> !f.first()).toList());
        model.addAttribute("errors", errors);
        model.addAttribute(
                "labels", fields.stream().collect(Collectors.toMap(QuickField::key, QuickField::label, (a, b) -> a)));
        model.addAttribute("unfold", fields.stream().anyMatch(f -> !f.first() && errors.containsKey(f.key())));
        model.addAttribute("key", key);
        return "web/emergency";
    }

    /** The same, for a page that stays where it is until the alarm is out. */
    @PostMapping(path = "/start/emergency", produces = "application/json", headers = "Accept=application/json")
    ResponseEntity<Map<String, String>> sendEmergencyApart(
            @RequestParam MultiValueMap<String, String> posted, HttpSession session, Locale locale) {
        Viewer viewer = user.require();
        List<QuickField> fields = quick.fields(emergencyForm(viewer, locale), posted);
        String key = WorkListPage.blank(posted.getFirst("idempotencyKey"));
        Started started = work.start(EMERGENCY, null, quick.data(fields), key, viewer, locale);
        TaskPages.keep(session, started.caseNumber(), started.warnings());
        return ResponseEntity.ok(Map.of("location", "/start/sent/" + started.caseNumber()));
    }

    @PostMapping("/start/emergency")
    ModelAndView sendEmergency(
            @RequestParam MultiValueMap<String, String> posted, HttpSession session, Model model, Locale locale) {
        Viewer viewer = user.require();
        List<QuickField> fields = quick.fields(emergencyForm(viewer, locale), posted);
        String key = WorkListPage.blank(posted.getFirst("idempotencyKey"));
        try {
            Started started = work.start(EMERGENCY, null, quick.data(fields), key, viewer, locale);
            TaskPages.keep(session, started.caseNumber(), started.warnings());
            return new ModelAndView("redirect:/start/sent/" + started.caseNumber());
        } catch (Problem refused) {
            if (refused.kind() != Problem.Kind.INVALID) {
                throw refused;
            }
            var page = new ModelAndView(emergency(model, fields, errors(refused), ""));
            page.addObject("offline", offline.enabled());
            page.addObject(
                    "draftVersion",
                    drafts.find(ALARM, viewer).map(Draft::version).orElse(null));
            page.setStatus(HttpStatus.UNPROCESSABLE_ENTITY);
            return page;
        }
    }

    private Map<String, String> errors(Problem refused) {
        var errors = new LinkedHashMap<String, String>();
        refused.errors().forEach(e -> {
            String key = e.pointer().startsWith(POINTER) ? e.pointer().substring(POINTER.length()) : e.pointer();
            errors.merge(key, show.text(e.message()), (a, b) -> a + " " + b);
        });
        return errors;
    }

    @GetMapping("/start/sent/{number}")
    String sent(@PathVariable String number, HttpSession session, Model model) {
        Viewer viewer = user.require();
        var file = cases.get(number, viewer);
        model.addAttribute("file", file);
        model.addAttribute("next", TaskPages.open(work.ofCase(file.id(), viewer)));
        model.addAttribute("warnings", TaskPages.kept(session, number));
        model.addAttribute("told", told(file, viewer));
        return "web/sent";
    }

    /** Roles and their organisations that were told by now, each once. */
    private List<String> told(CaseSummary file, Viewer viewer) {
        return cases.story(file, viewer, "NOTIFICATION", TOLD, null).items().stream()
                .flatMap(
                        entry -> Stream.of(entry.detail().getOrDefault("to", "").split(",")))
                .filter(group -> !group.isBlank())
                .distinct()
                .toList();
    }

    @GetMapping("/start/{key}")
    String form(
            @PathVariable String key,
            @RequestParam(name = "case", required = false) @Nullable String number,
            Model model,
            Locale locale) {
        Viewer viewer = user.require();
        if (key.equals(EMERGENCY) && number == null) {
            return "redirect:/start/emergency";
        }
        forms.fill(model, work.startForm(key, WorkListPage.blank(number), viewer, locale));
        model.addAttribute("process", processes.find(key).orElseThrow(() -> Problem.notFound("process-unknown")));
        model.addAttribute("helpAt", HelpPages.process(key));
        model.addAttribute("number", number);
        return "web/start-form";
    }

    @PostMapping(path = "/start/{key}", consumes = "application/json", produces = "application/json")
    ResponseEntity<Map<String, String>> start(
            @PathVariable String key,
            @RequestParam(name = "case", required = false) @Nullable String number,
            @RequestBody TaskPages.Sent sent,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            HttpServletRequest request,
            Locale locale) {
        Started started =
                work.start(key, WorkListPage.blank(number), sent.data(), idempotencyKey, user.require(), locale);
        TaskPages.keep(request.getSession(), started.caseNumber(), started.warnings());
        return ResponseEntity.ok(Map.of("location", "/start/sent/" + started.caseNumber()));
    }
}
