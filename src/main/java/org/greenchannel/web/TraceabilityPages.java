package org.greenchannel.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import org.greenchannel.engine.ProcessInfo;
import org.greenchannel.engine.Processes;
import org.greenchannel.kernel.Problem;
import org.greenchannel.oversight.Mechanism;
import org.greenchannel.oversight.Traceability;
import org.greenchannel.platform.CurrentUser;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** From the clauses of the source documents to what the product does about them, and the processes that do it. */
@Controller
@RequestMapping("/oversight/traceability")
class TraceabilityPages {

    private static final List<String> MARKS = List.of("C", "S", "R", "O");

    private final Traceability traceability;
    private final Processes processes;
    private final Desk desk;
    private final CurrentUser user;

    TraceabilityPages(Traceability traceability, Processes processes, Desk desk, CurrentUser user) {
        this.traceability = traceability;
        this.processes = processes;
        this.desk = desk;
        this.user = user;
    }

    @ModelAttribute("desk")
    List<String> desk() {
        return desk.pages(user.require());
    }

    @ModelAttribute("named")
    Traceability named() {
        return traceability;
    }

    @GetMapping
    String all(
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String mark,
            Model model) {
        String wantedSource = WorkListPage.blank(source);
        String wantedMark = WorkListPage.blank(mark);
        List<Mechanism> found = traceability.mechanisms(wantedSource, wantedMark, user.require());
        var groups = new LinkedHashMap<String, List<Mechanism>>();
        traceability.sources().forEach(one -> {
            List<Mechanism> its = found.stream()
                    .filter(each -> each.source().equals(one.code()))
                    .toList();
            if (!its.isEmpty()) {
                groups.put(one.code(), its);
            }
        });
        model.addAttribute("sources", traceability.sources());
        model.addAttribute("groups", groups);
        model.addAttribute("found", found.size());
        model.addAttribute("marks", MARKS);
        model.addAttribute("source", wantedSource);
        model.addAttribute("mark", wantedMark);
        return "web/traceability";
    }

    @GetMapping("/processes/{key}")
    String process(@PathVariable String key, Model model) {
        List<Mechanism> served = traceability.servedBy(key, user.require());
        ProcessInfo info = info(key);
        model.addAttribute("process", info);
        model.addAttribute("starters", info.starterRoles().stream().sorted().toList());
        model.addAttribute("served", served);
        return "web/process";
    }

    @GetMapping(path = "/processes/{key}/diagram", produces = MediaType.APPLICATION_XML_VALUE)
    ResponseEntity<String> diagram(@PathVariable String key) {
        traceability.servedBy(key, user.require());
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.APPLICATION_XML, StandardCharsets.UTF_8))
                .body(processes.diagram(info(key).key(), null));
    }

    private ProcessInfo info(String key) {
        return processes.find(key).orElseThrow(() -> Problem.notFound("process-unknown", key));
    }
}
