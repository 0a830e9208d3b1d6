package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.greenchannel.integration.WorkItemController.ItemAnswer;
import org.greenchannel.kernel.Problem;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.platform.LegalBasis;
import org.greenchannel.platform.ProblemRenderer;
import org.greenchannel.platform.ProblemView;
import org.greenchannel.worklist.Signature;
import org.greenchannel.worklist.VerbCall;
import org.greenchannel.worklist.VerbEntry;
import org.greenchannel.worklist.WorkItem;
import org.greenchannel.worklist.WorkVerbs;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The verbs of the work list beyond claim, release and complete. */
@RestController
@RequestMapping("/api/v1/work-items/{id}")
@Tag(name = "work-items")
class WorkVerbController {

    private final WorkVerbs verbs;
    private final LegalBasis basis;
    private final ProblemRenderer problems;
    private final CurrentUser user;

    WorkVerbController(WorkVerbs verbs, LegalBasis basis, ProblemRenderer problems, CurrentUser user) {
        this.verbs = verbs;
        this.basis = basis;
        this.problems = problems;
        this.user = user;
    }

    /**
     * Body of a verb; each reads what it needs.
     *
     * @param to a username, or for {@code send-back} {@code previous}, {@code starter} or a task key
     * @param people usernames: signers, or who gets a copy
     * @param phase {@code BEFORE} or {@code AFTER}
     * @param mode {@code ALL}, {@code ANY} or {@code SEQUENCE}
     * @param agree whether a signer agrees
     * @param code reason code for suspending a clock
     * @param reason in free words
     * @param text of a comment
     * @param mentions usernames
     */
    record VerbBody(
            @Nullable String to,
            @Nullable List<String> people,
            @Nullable String phase,
            @Nullable String mode,
            @Nullable Boolean agree,
            @Nullable String code,
            @Nullable String reason,
            @Nullable String text,
            @Nullable List<String> mentions) {

        String required(String name, @Nullable String value) {
            if (value == null || value.isBlank()) {
                throw Problem.badRequest("bad-parameter", name);
            }
            return value.strip();
        }

        List<String> names() {
            return people != null ? people : to == null ? List.of() : List.of(to);
        }
    }

    private VerbCall call(@Nullable VerbBody body, @Nullable String key, @Nullable String ifMatch) {
        return new VerbCall(Requests.version(ifMatch), Requests.key(key), body == null ? null : body.reason());
    }

    @PostMapping("/assign")
    @Operation(summary = "转办: hands it to another person of the task's groups; body: to, reason")
    ResponseEntity<ItemAnswer> assign(
            @PathVariable UUID id,
            @RequestBody VerbBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletRequest request) {
        String to = body.required("to", body.to());
        return answer(verbs.assign(id, to, call(body, key, ifMatch), user.require()), request);
    }

    @PostMapping("/delegate")
    @Operation(summary = "委派: somebody prepares it and gives it back; body: to, reason")
    ResponseEntity<ItemAnswer> delegate(
            @PathVariable UUID id,
            @RequestBody VerbBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletRequest request) {
        String to = body.required("to", body.to());
        return answer(verbs.delegate(id, to, call(body, key, ifMatch), user.require()), request);
    }

    @PostMapping("/give-back")
    @Operation(summary = "交还: the delegate gives it back, or its owner takes it back")
    ResponseEntity<ItemAnswer> giveBack(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable VerbBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletRequest request) {
        return answer(verbs.giveBack(id, call(body, key, ifMatch), user.require()), request);
    }

    @PostMapping("/countersign")
    @Operation(summary = "会签 ALL, 或签 ANY, 依次 SEQUENCE: asks for signatures; body: mode, people, reason")
    ResponseEntity<ItemAnswer> countersign(
            @PathVariable UUID id,
            @RequestBody VerbBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletRequest request) {
        String mode = body.required("mode", body.mode());
        return answer(verbs.countersign(id, mode, body.names(), call(body, key, ifMatch), user.require()), request);
    }

    @PostMapping("/add-signer")
    @Operation(summary = "加签 BEFORE or AFTER the form is submitted; body: to, phase (AFTER by default), reason")
    ResponseEntity<ItemAnswer> addSigner(
            @PathVariable UUID id,
            @RequestBody VerbBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletRequest request) {
        String to = body.required("to", body.to());
        String phase = body.phase() == null ? "AFTER" : body.phase();
        return answer(verbs.addSigner(id, to, phase, call(body, key, ifMatch), user.require()), request);
    }

    @PostMapping("/remove-signer")
    @Operation(summary = "减签: somebody who has not signed is not asked any more; body: to, reason")
    ResponseEntity<ItemAnswer> removeSigner(
            @PathVariable UUID id,
            @RequestBody VerbBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletRequest request) {
        String to = body.required("to", body.to());
        return answer(verbs.removeSigner(id, to, call(body, key, ifMatch), user.require()), request);
    }

    @PostMapping("/sign")
    @Operation(summary = "Signs, or refuses to with a reason; body: agree (true by default), reason")
    ResponseEntity<ItemAnswer> sign(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable VerbBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletRequest request) {
        boolean agree = body == null || !Boolean.FALSE.equals(body.agree());
        return answer(verbs.sign(id, agree, call(body, key, ifMatch), user.require()), request);
    }

    @PostMapping("/send-back")
    @Operation(
            summary =
                    "退回 to previous, starter (the first step, or the earliest that can be done again) or a task key; answers the item that is open again; body: to, reason")
    ResponseEntity<ItemAnswer> sendBack(
            @PathVariable UUID id,
            @RequestBody VerbBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletRequest request) {
        String to = body.to() == null || body.to().isBlank()
                ? "previous"
                : body.to().strip();
        return answer(verbs.sendBack(id, to, call(body, key, ifMatch), user.require()), request);
    }

    /** A passed task. @param refusal why there is no way back to it, or null */
    record BackAnswer(
            String taskKey,
            String name,
            @Nullable String completedBy,
            Instant completedAt,
            @Nullable String place,
            @Nullable ProblemView refusal) {}

    @GetMapping("/send-back")
    @Operation(
            summary = "Where the item may be sent back to, and where not and why",
            description =
                    "The last step first; place is PREVIOUS, FIRST (where starter leads) or EARLIEST (where starter leads when nothing before can be done again).")
    List<BackAnswer> backTargets(@PathVariable UUID id, HttpServletRequest request) {
        Locale locale = Requests.language(request);
        return verbs.backTargets(id, user.require()).stream()
                .map(target -> new BackAnswer(
                        target.taskKey(),
                        target.name().in(locale),
                        target.completedBy(),
                        target.completedAt(),
                        target.place(),
                        refusal(target.refusal(), locale)))
                .toList();
    }

    @PostMapping("/withdraw")
    @Operation(summary = "撤回: takes back what the caller completed while the next has not started; body: reason")
    ResponseEntity<ItemAnswer> withdraw(
            @PathVariable UUID id,
            @RequestBody VerbBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletRequest request) {
        return answer(verbs.withdraw(id, call(body, key, ifMatch), user.require()), request);
    }

    @PostMapping("/copy")
    @Operation(summary = "抄送 to people who may read the case; body: people (or to), reason")
    ResponseEntity<ItemAnswer> copy(
            @PathVariable UUID id,
            @RequestBody VerbBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletRequest request) {
        return answer(verbs.copy(id, body.names(), call(body, key, ifMatch), user.require()), request);
    }

    @PostMapping("/nudge")
    @Operation(summary = "催办: tells those whose turn it is, at most once an hour (429 before)")
    ResponseEntity<ItemAnswer> nudge(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable VerbBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletRequest request) {
        return answer(verbs.nudge(id, call(body, key, ifMatch), user.require()), request);
    }

    @PostMapping("/pause-clock")
    @Operation(summary = "暂停期限 where the law knows the reason; body: code, reason")
    ResponseEntity<ItemAnswer> pauseClock(
            @PathVariable UUID id,
            @RequestBody VerbBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletRequest request) {
        String code = body.required("code", body.code());
        return answer(verbs.pauseClock(id, code, call(body, key, ifMatch), user.require()), request);
    }

    @PostMapping("/resume-clock")
    @Operation(summary = "恢复期限: the ends move by the length of the pause")
    ResponseEntity<ItemAnswer> resumeClock(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable VerbBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletRequest request) {
        return answer(verbs.resumeClock(id, call(body, key, ifMatch), user.require()), request);
    }

    @PostMapping("/comment")
    @Operation(summary = "Comments on the item; those mentioned are told; body: text, mentions")
    WorkVerbs.Comment comment(
            @PathVariable UUID id,
            @RequestBody VerbBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        return verbs.comment(
                id,
                body.text() == null ? "" : body.text(),
                body.mentions() == null ? List.of() : body.mentions(),
                call(body, key, null),
                user.require());
    }

    @GetMapping("/comments")
    @Operation(summary = "Comments on the item, the oldest first")
    List<WorkVerbs.Comment> comments(@PathVariable UUID id) {
        return verbs.comments(id, user.require());
    }

    @GetMapping("/history")
    @Operation(summary = "What was done with the item, by whom, for whom and why")
    List<VerbEntry> history(@PathVariable UUID id) {
        return verbs.history(id, user.require());
    }

    /** A verb. @param refusal why it is not possible now, or null */
    record OfferAnswer(String verb, @Nullable ProblemView refusal) {}

    /** Where an item stands, in the language of the caller. */
    record StandingAnswer(
            boolean handler,
            @Nullable String actsFor,
            @Nullable String owner,
            @Nullable String heldBy,
            @Nullable Instant heldAt,
            @Nullable String mode,
            List<Signature> signatures,
            List<OfferAnswer> verbs,
            List<String> candidates,
            List<String> pauseReasons) {}

    @GetMapping("/standing")
    @Operation(summary = "Where the item stands for the caller: signatures, and which verbs are possible or why not")
    StandingAnswer standing(@PathVariable UUID id, HttpServletRequest request) {
        Locale locale = Requests.language(request);
        WorkVerbs.Standing s = verbs.standing(id, user.require());
        return new StandingAnswer(
                s.handler(),
                s.actsFor(),
                s.owner(),
                s.heldBy(),
                s.heldAt(),
                s.mode(),
                s.signatures(),
                s.offers().stream()
                        .map(offer -> new OfferAnswer(offer.verb(), refusal(offer.refusal(), locale)))
                        .toList(),
                s.candidates(),
                s.pauseReasons());
    }

    private @Nullable ProblemView refusal(@Nullable Problem problem, Locale locale) {
        return problem == null ? null : problems.view(problem, locale);
    }

    private ResponseEntity<ItemAnswer> answer(WorkItem item, HttpServletRequest request) {
        return ResponseEntity.ok()
                .eTag("\"" + item.version() + "\"")
                .body(ItemAnswer.of(item, basis, Requests.language(request)));
    }
}
