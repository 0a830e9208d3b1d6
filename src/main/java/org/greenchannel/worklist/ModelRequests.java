package org.greenchannel.worklist;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.engine.FormResource;
import org.greenchannel.engine.ProcessInfo;
import org.greenchannel.engine.Processes;
import org.greenchannel.engine.WaitingMessage;
import org.greenchannel.form.FormContext;
import org.greenchannel.form.Forms;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Requests of holders of a right, as the models of the case offer them. */
@Component
class ModelRequests implements CaseRequests {

    private final CaseFiles cases;
    private final Processes processes;
    private final StartPlaces places;
    private final FormContexts contexts;
    private final Forms forms;
    private final Starting starting;
    private final Sending sending;

    ModelRequests(
            CaseFiles cases,
            Processes processes,
            StartPlaces places,
            FormContexts contexts,
            Forms forms,
            Starting starting,
            Sending sending) {
        this.cases = cases;
        this.processes = processes;
        this.places = places;
        this.contexts = contexts;
        this.forms = forms;
        this.starting = starting;
        this.sending = sending;
    }

    /** An offer with the resource of its form and the instance it belongs to. */
    private record Found(
            Offer offer, FormResource form, @Nullable WaitingMessage message, @Nullable ProcessInfo process) {}

    @Override
    @Transactional(readOnly = true)
    public List<Offer> offers(UUID caseId, Viewer holder) {
        return found(cases.byId(caseId), holder).values().stream()
                .map(Found::offer)
                .toList();
    }

    private Map<String, Found> found(CaseSummary file, Viewer holder) {
        var found = new LinkedHashMap<String, Found>();
        for (WaitingMessage message : processes.waiting(file.id())) {
            if (message.formId() != null && message.groups().stream().anyMatch(holder.groups()::contains)) {
                var offer = new Offer(message.formId(), message.name(), null, message.label());
                FormResource form = processes.form(message.deploymentId(), message.formId());
                found.putIfAbsent(message.formId(), new Found(offer, form, message, null));
            }
        }
        List<ProcessInfo> offered = processes.all().stream()
                .filter(process -> process.startFormId() != null)
                .filter(process -> process.starterRoles().stream().anyMatch(holder::hasRole))
                .toList();
        for (ProcessInfo process : places.on(file, offered)) {
            String form = java.util.Objects.requireNonNull(process.startFormId());
            var offer = new Offer(form, null, process.key(), process.name());
            found.computeIfAbsent(
                    form, id -> new Found(offer, processes.form(process.deploymentId(), id), null, process));
        }
        return found;
    }

    @Override
    @Transactional(readOnly = true)
    public List<String> underWay(UUID caseId) {
        return processes.states(caseId).stream()
                .filter(state -> state.endedAt() == null)
                .flatMap(state -> processes.find(state.processKey()).stream())
                .flatMap(process -> Stream.ofNullable(process.startFormId()))
                .distinct()
                .toList();
    }

    @Override
    @Transactional
    public Optional<WorkItems.TaskForm> form(UUID caseId, String form, Viewer holder, Locale locale) {
        CaseSummary file = cases.byId(caseId);
        return Optional.ofNullable(found(file, holder).get(form)).map(found -> {
            // nothing is prefilled from the register or from what others wrote: the page shows nothing more than it
            // must
            FormContext context = found.message() == null
                    ? contexts.of(
                            file,
                            cases.firstInstance(file.id()).orElse(null),
                            "start",
                            Map.of(),
                            List.of(),
                            found.form(),
                            false,
                            holder)
                    : contexts.of(
                            file,
                            found.message().processInstanceId(),
                            found.message().name(),
                            found.message().properties(),
                            List.copyOf(found.message().groups()),
                            found.form(),
                            false,
                            holder);
            return new WorkItems.TaskForm(forms.view(found.form(), context, locale), null, found.form(), false);
        });
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Offer file(
            UUID caseId, String form, Map<String, ? extends @Nullable Object> data, Viewer holder, Locale locale) {
        CaseSummary file = cases.byId(caseId);
        Found found = found(file, holder).get(form);
        if (found == null) {
            throw Problem.conflict("request-not-offered");
        }
        if (found.process() == null) {
            sending.send(file, java.util.Objects.requireNonNull(found.offer().message()), data, null, holder, locale);
        } else {
            starting.start(found.process(), file, data, null, holder, locale);
        }
        return found.offer();
    }
}
