package org.greenchannel.worklist;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.engine.FormResource;
import org.greenchannel.engine.Processes;
import org.greenchannel.form.FormContext;
import org.greenchannel.form.Forms;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.person.Persons;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Gathers what a form may look at: variables of the process, the case, who signed, values for prefilling. */
@Component
class FormContexts {

    private static final String SUBMISSION = "submission:";

    private final Processes processes;
    private final CaseFiles cases;
    private final Persons persons;
    private final Forms forms;
    private final LegalClocks clocks;
    private final JsonMapper json;
    private final Clock clock;

    FormContexts(
            Processes processes,
            CaseFiles cases,
            Persons persons,
            Forms forms,
            LegalClocks clocks,
            JsonMapper json,
            Clock clock) {
        this.processes = processes;
        this.cases = cases;
        this.persons = persons;
        this.forms = forms;
        this.clocks = clocks;
        this.json = json;
        this.clock = clock;
    }

    /** For a task or message of a case. @param prefill whether values for prefilling are wanted: reading them is audited */
    FormContext of(
            CaseSummary file,
            @Nullable String processInstanceId,
            String taskKey,
            Map<String, String> properties,
            List<String> groups,
            @Nullable FormResource form,
            boolean prefill,
            Viewer viewer) {
        Map<String, @Nullable Object> variables =
                processInstanceId == null ? new HashMap<>() : new HashMap<>(processes.variables(processInstanceId));
        variables.put("legalStatus", file.legalStatus());
        variables.putIfAbsent("admissionType", file.admissionType());
        variables.put("areaCode", file.areaCode());
        // whoever is under 18 by the register is a minor, whether or not somebody ticked it
        if (file.personId() != null && persons.isMinor(file.person())) {
            variables.put("minor", true);
        }
        // when each legal clock of the case began: rules compare with it, for example the day a release was due
        Map<String, Instant> began = new HashMap<>();
        clocks.of(file.id()).forEach(one -> began.merge(one.definition().id(), one.startedAt(), FormContexts::earlier));
        variables.put("clocks", began);
        return new FormContext(
                taskKey,
                properties,
                variables,
                cases.signers(file.id()),
                prefill && form != null ? values(file, form, viewer) : Map.of(),
                file.areaCode(),
                organisation(groups, viewer),
                viewer,
                clock.instant());
    }

    /** For a start form, before there is a case. */
    FormContext ofStart(String processKey, Viewer viewer) {
        String area = viewer.areas().stream().sorted().findFirst().orElse("");
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put("areaCode", area);
        return new FormContext(
                processKey,
                Map.of(),
                variables,
                Map.of(),
                Map.of(),
                area,
                viewer.organisation(),
                viewer,
                clock.instant());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** The organisation a task is handled in: the viewer's own if it is among the groups. */
    private static String organisation(List<String> groups, Viewer viewer) {
        String first = "";
        for (String group : groups) {
            String organisation = group.substring(group.indexOf('@') + 1);
            if (organisation.equals(viewer.organisation())) {
                return organisation;
            }
            first = first.isEmpty() ? organisation : first;
        }
        return first.isEmpty() ? viewer.organisation() : first;
    }

    private Map<String, String> values(CaseSummary file, FormResource form, Viewer viewer) {
        Map<String, String> values = new LinkedHashMap<>();
        Set<String> personal = new HashSet<>();
        for (String source : forms.prefillSources(form)) {
            if (source.startsWith(SUBMISSION)) {
                fromSubmission(file, source, values);
            } else if (source.startsWith("person.") || source.startsWith("guardian.")) {
                personal.add(source);
            }
        }
        if (!personal.isEmpty() && file.personId() != null) {
            values.putAll(persons.reveal(file.person(), personal, viewer, "TASK"));
        }
        return values;
    }

    /** {@code submission:<form>.<key>}; of several forms, separated by commas, the first that says something. */
    private void fromSubmission(CaseSummary file, String source, Map<String, String> values) {
        int dot = source.indexOf('.');
        if (dot < 0) {
            return;
        }
        String key = source.substring(dot + 1);
        for (String form : source.substring(SUBMISSION.length(), dot).split(",")) {
            Object value = forms.latest(file.id(), form)
                    .map(submission -> submission.data().get(key))
                    .orElse(null);
            if (value != null) {
                boolean plain = value instanceof String || value instanceof Number || value instanceof Boolean;
                values.put(source, plain ? value.toString() : json.writeValueAsString(value));
                return;
            }
        }
    }
}
