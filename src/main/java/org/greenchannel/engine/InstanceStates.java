package org.greenchannel.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.jspecify.annotations.Nullable;

/** Reads where the instances of a case stand and how they came there, from the engine's history. */
final class InstanceStates {

    private static final int MOST_INSTANCES = 100;
    private static final int MOST_STEPS = 1_000;

    private final HistoryService history;
    private final RepositoryService repository;
    private final ModelTexts texts;

    InstanceStates(HistoryService history, RepositoryService repository, ModelTexts texts) {
        this.history = history;
        this.repository = repository;
        this.texts = texts;
    }

    List<InstanceState> of(UUID caseId) {
        return history
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(caseId.toString())
                .orderByProcessInstanceStartTime()
                .asc()
                .listPage(0, MOST_INSTANCES)
                .stream()
                .map(this::state)
                .toList();
    }

    private InstanceState state(HistoricProcessInstance instance) {
        ModelTexts.Model model = texts.of(instance.getProcessDefinitionId());
        List<String> active = new ArrayList<>();
        List<InstanceState.Step> steps = new ArrayList<>();
        for (HistoricActivityInstance activity : history.createHistoricActivityInstanceQuery()
                .processInstanceId(instance.getId())
                .orderPartiallyByOccurrence()
                .asc()
                .listPage(0, MOST_STEPS)) {
            if (activity.getEndTime() == null) {
                active.add(activity.getActivityId());
            }
            Map<String, String> detail = new HashMap<>();
            if (activity.getCalledProcessInstanceId() != null) {
                detail.put("called", activity.getCalledProcessInstanceId());
            }
            steps.add(new InstanceState.Step(
                    activity.getActivityId(),
                    model.nameOf(activity.getActivityId()),
                    activity.getActivityType(),
                    activity.getStartTime().toInstant(),
                    instant(activity.getEndTime()),
                    activity.isCanceled(),
                    activity.getAssignee(),
                    detail));
        }
        return new InstanceState(
                instance.getId(),
                instance.getProcessDefinitionKey(),
                model.name(),
                repository
                        .getProcessDefinition(instance.getProcessDefinitionId())
                        .getVersion(),
                instance.getSuperProcessInstanceId(),
                instance.getStartTime().toInstant(),
                instant(instance.getEndTime()),
                active,
                steps);
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
