package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.greenchannel.engine.ProcessInfo;
import org.greenchannel.engine.Processes;
import org.greenchannel.integration.WorkItemController.FormAnswer;
import org.greenchannel.kernel.Problem;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.worklist.Started;
import org.greenchannel.worklist.WorkItems;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Processes the caller may start. */
@RestController
@RequestMapping("/api/v1/processes")
@Tag(name = "processes")
class ProcessController {

    private final WorkItems items;
    private final Processes processes;
    private final CurrentUser user;

    ProcessController(WorkItems items, Processes processes, CurrentUser user) {
        this.items = items;
        this.processes = processes;
        this.user = user;
    }

    /** A process in the language of the caller. */
    record ProcessAnswer(
            String key,
            String name,
            String description,
            int version,
            @Nullable String startForm,
            List<String> starterRoles) {
        static ProcessAnswer of(ProcessInfo info, Locale locale) {
            return new ProcessAnswer(
                    info.key(),
                    info.name().in(locale),
                    info.description().in(locale),
                    info.version(),
                    info.startFormId(),
                    info.starterRoles().stream().sorted().toList());
        }
    }

    @GetMapping
    @Operation(summary = "What the caller may start")
    List<ProcessAnswer> startable(HttpServletRequest request) {
        Locale locale = Requests.language(request);
        return items.startable(user.require()).stream()
                .map(info -> ProcessAnswer.of(info, locale))
                .toList();
    }

    @GetMapping("/{key}")
    @Operation(summary = "One process")
    ProcessAnswer one(@PathVariable String key, HttpServletRequest request) {
        return ProcessAnswer.of(
                processes.find(key).orElseThrow(() -> Problem.notFound("process-unknown", key)),
                Requests.language(request));
    }

    @GetMapping(
            value = "/{key}/diagram",
            produces = {MediaType.APPLICATION_XML_VALUE, "application/problem+json"})
    @Operation(summary = "BPMN XML of the newest version")
    ResponseEntity<String> diagram(@PathVariable String key) {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.APPLICATION_XML, java.nio.charset.StandardCharsets.UTF_8))
                .body(processes.diagram(key, null));
    }

    @GetMapping("/{key}/start-form")
    @Operation(summary = "Camunda Form of the start event with prefilled data")
    FormAnswer startForm(
            @PathVariable String key,
            @RequestParam(name = "case", required = false) @Nullable String caseNumber,
            HttpServletRequest request) {
        return FormAnswer.of(items.startForm(key, caseNumber, user.require(), Requests.language(request)));
    }

    @PostMapping("/{key}/start")
    @Operation(summary = "Starts a process: a new case, or on the case named by caseNumber")
    ResponseEntity<Started> start(
            @PathVariable String key,
            @RequestBody Requests.Data body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            HttpServletRequest request) {
        Started started = items.start(
                key,
                body.caseNumber(),
                body.orEmpty(),
                Requests.key(idempotencyKey),
                user.require(),
                Requests.language(request));
        return ResponseEntity.status(HttpStatus.CREATED)
                .header("Location", "/api/v1/cases/" + started.caseNumber())
                .body(started);
    }
}
