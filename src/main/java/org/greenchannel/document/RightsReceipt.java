package org.greenchannel.document;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseProcesses;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.engine.TaskCompletion;
import org.greenchannel.engine.TaskOutcome;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Outcome {@code rightsReceipt}: a rights notice was handed over, or that was attempted. Issues the notice for its
 * recipient, keeps the proof of service and starts the period of the right for that recipient (MHL 32, 37).
 */
@Component("rightsReceipt")
class RightsReceipt implements TaskOutcome {

    /** Tasks whose signers diagnosed the person: none of them may witness the service of a notice. */
    private static final List<String> DIAGNOSING = List.of("DiagnosePerson", "ConcludeAtLimit");

    /** Process that tells again; notices are explained in the morning of the day that was agreed. */
    private static final String TELLING = "rights-notice";

    private static final LocalTime DAY_BEGINS = LocalTime.of(8, 0);
    private static final int MOST_GROUPS = 200;

    /** Languages of the form whose readers get the translation too. */
    private static final Set<String> TRANSLATED = Set.of("FOREIGN", "en");

    private final Documents documents;
    private final Blueprints blueprints;
    private final ServiceTable services;
    private final CaseFiles cases;
    private final LegalClocks clocks;
    private final PaperFormat format;
    private final CaseProcesses processes;
    private final ZoneId zone;

    RightsReceipt(
            Documents documents,
            Blueprints blueprints,
            ServiceTable services,
            CaseFiles cases,
            LegalClocks clocks,
            PaperFormat format,
            CaseProcesses processes,
            ZoneId zone) {
        this.documents = documents;
        this.blueprints = blueprints;
        this.services = services;
        this.cases = cases;
        this.clocks = clocks;
        this.format = format;
        this.processes = processes;
        this.zone = zone;
    }

    @Override
    public Map<String, @Nullable Object> apply(TaskCompletion done) {
        String notice = notice(done);
        refuseDiagnosingWitness(done);
        for (String recipient : recipients(done)) {
            serve(done, notice, recipient);
        }
        return again(done, notice);
    }

    /**
     * Whoever did not understand is told again on the day that was agreed (MHL 37): by the model itself if it says so, else
     * by a process of its own, in which the same people have the duty.
     */
    private Map<String, @Nullable Object> again(TaskCompletion done, String notice) {
        Optional<Date> day = flag(done, "attempted")
                        || text(done, "understood").filter("YES"::equals).isPresent()
                ? Optional.empty()
                : text(done, "repeatAt")
                        .flatMap(PaperData::date)
                        .map(date ->
                                Date.from(date.atTime(DAY_BEGINS).atZone(zone).toInstant()));
        if ("model".equals(done.properties().get("repeat"))) {
            var facts = new HashMap<String, @Nullable Object>();
            facts.put("noticeUnderstood", text(done, "understood").orElse(null));
            facts.put("noticeDelivered", !flag(done, "attempted"));
            facts.put("noticeRepeat", day.isPresent());
            facts.put("noticeRepeatAt", day.orElse(null));
            return facts;
        }
        day.ifPresent(at -> recipients(done)
                .forEach(recipient -> processes.start(
                        done.caseId(),
                        TELLING,
                        Map.of(
                                "noticeCode", notice,
                                "noticeRecipient", recipient,
                                "noticeServers", servers(done),
                                "noticeRepeat", true,
                                "noticeRepeatAt", at))));
        return Map.of();
    }

    /** The groups of whoever served, as many as a variable holds. */
    private static String servers(TaskCompletion done) {
        var groups = new StringBuilder();
        for (String group : new TreeSet<>(done.viewer().groups())) {
            if (groups.length() + group.length() < MOST_GROUPS) {
                groups.append(groups.isEmpty() ? "" : ",").append(group);
            }
        }
        return groups.toString();
    }

    /**
     * The paper to serve: the task's own ({@code paper}, for a notice that has several), the notice of the model, or the
     * one chosen in the form.
     */
    private String notice(TaskCompletion done) {
        return Stream.of(
                        done.properties().get("paper"),
                        done.properties().get("notice"),
                        text(done, "noticeCode").orElse(null))
                .filter(code -> code != null && blueprints.has(code))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("document-unknown", done.taskKey()));
    }

    private void serve(TaskCompletion done, String notice, String recipient) {
        DocumentSummary paper = issue(done, notice, recipient);
        Service service = new Service(
                UUID.randomUUID(),
                done.caseId(),
                notice,
                paper.id(),
                recipient,
                flag(done, "oral"),
                flag(done, "written"),
                text(done, "language").orElse("MANDARIN"),
                text(done, "understood").orElse(""),
                text(done, "repeatAt").flatMap(PaperData::date).orElse(null),
                text(done, "witness").orElse(null),
                flag(done, "refusedToSign"),
                flag(done, "attempted"),
                text(done, "deliveredAt").flatMap(PaperData::moment).orElse(done.at()),
                done.viewer().username());
        services.add(service, done.submissionId(), done.at());
        Blueprint blueprint = blueprints.get(notice);
        if (service.delivered()) {
            blueprint
                    .startsClock()
                    .ifPresent(id -> clocks.start(done.caseId(), id, recipient, null, service.deliveredAt()));
        }
        tell(done, service, blueprint);
    }

    /** The Chinese text is the one of record; who does not read it gets a translation too. */
    private DocumentSummary issue(TaskCompletion done, String notice, String recipient) {
        DocumentSummary original = documents.issue(done.caseId(), notice, "zh", recipient, done.viewer());
        if (text(done, "language").filter(TRANSLATED::contains).isPresent()) {
            documents.issue(done.caseId(), notice, "en", recipient, done.viewer());
        }
        return original;
    }

    private void tell(TaskCompletion done, Service service, Blueprint blueprint) {
        String what = "document.timeline." + (service.delivered() ? "served" : "attempted");
        Text recipient = format.both("document.code.recipient." + service.recipient());
        Text title = format.both(what, blueprint.title(), recipient);
        var detail = new HashMap<String, String>();
        detail.put("notice", service.noticeCode());
        detail.put("recipient", service.recipient());
        detail.put("document", service.documentId().toString());
        detail.put("service", service.id().toString());
        detail.put("submission", done.submissionId().toString());
        cases.tell(
                done.caseId(),
                service.deliveredAt(),
                "NOTICE",
                title,
                blueprint.basis().zh(),
                done.viewer().username(),
                detail);
    }

    private void refuseDiagnosingWitness(TaskCompletion done) {
        String witness = text(done, "witness").orElse(null);
        if (witness == null) {
            return;
        }
        Map<String, List<String>> signers = cases.signers(done.caseId());
        // the model names further tasks, those of an assessment or a measure, whose signers may not witness
        Stream<String> named = Arrays.stream(
                        done.properties().getOrDefault("notWitness", "").split(","))
                .map(String::strip);
        boolean diagnosed = Stream.concat(DIAGNOSING.stream(), named)
                .anyMatch(task -> signers.getOrDefault(task, List.of()).contains(witness));
        if (diagnosed) {
            throw Problem.invalid(
                    "form-invalid",
                    List.of(new FieldError(
                            "/data/witness", "witness-diagnosed", format.both("document.witness-diagnosed"))));
        }
    }

    /** The task's recipients; where the model names none, the one of the form. */
    private static List<String> recipients(TaskCompletion done) {
        String named = Optional.ofNullable(done.properties().get("recipient"))
                .or(() -> text(done, "recipient"))
                .orElse("PATIENT");
        var recipients = new ArrayList<String>();
        for (String recipient : named.split(",")) {
            recipients.add(recipient.strip());
        }
        return recipients;
    }

    private static boolean flag(TaskCompletion done, String key) {
        Object value = done.data().get(key);
        return value != null && Boolean.parseBoolean(value.toString());
    }

    private static Optional<String> text(TaskCompletion done, String key) {
        Object value = done.data().get(key);
        return value == null || value.toString().isBlank() ? Optional.empty() : Optional.of(value.toString());
    }
}
