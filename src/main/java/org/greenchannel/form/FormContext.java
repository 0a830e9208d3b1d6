package org.greenchannel.form;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/**
 * What rules, conditions and prefilled fields of a form may look at.
 *
 * @param taskKey task or start event
 * @param properties properties of the task
 * @param variables process variables, plus {@code legalStatus} and {@code admissionType}
 * @param signers usernames who completed each task of this case, by task key
 * @param values values for prefilling by source, for example {@code person.name}, {@code submission:diagnosis.icd10}
 * @param area area code of the case, for option lists
 * @param organisation organisation the task is handled in, for option lists
 */
public record FormContext(
        String taskKey,
        Map<String, String> properties,
        Map<String, @Nullable Object> variables,
        Map<String, List<String>> signers,
        Map<String, String> values,
        String area,
        String organisation,
        Viewer viewer,
        Instant now) {}
