package org.greenchannel.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.jspecify.annotations.Nullable;

/** What instances know: ids, codes, numbers and dates, also of finished ones. */
final class InstanceFacts {

    private static final int MOST = 500;

    private final HistoryService history;

    InstanceFacts(HistoryService history) {
        this.history = history;
    }

    Map<String, @Nullable Object> variables(String processInstanceId) {
        Map<String, @Nullable Object> variables = new HashMap<>();
        historic(processInstanceId).forEach(variable -> {
            // the instance's own scope wins over scopes inside it
            if (own(variable, processInstanceId) || !variables.containsKey(variable.getName())) {
                variables.put(variable.getName(), variable.getValue());
            }
        });
        return variables;
    }

    Map<String, @Nullable Object> facts(String processInstanceId) {
        Map<String, @Nullable Object> facts = new HashMap<>();
        historic(processInstanceId).stream()
                .filter(variable -> own(variable, processInstanceId))
                .forEach(variable -> facts.put(variable.getName(), variable.getValue()));
        return facts;
    }

    private List<HistoricVariableInstance> historic(String processInstanceId) {
        return history.createHistoricVariableInstanceQuery()
                .processInstanceId(processInstanceId)
                .disableBinaryFetching()
                .listPage(0, MOST);
    }

    private static boolean own(HistoricVariableInstance variable, String processInstanceId) {
        return processInstanceId.equals(variable.getActivityInstanceId())
                || processInstanceId.equals(variable.getExecutionId());
    }
}
