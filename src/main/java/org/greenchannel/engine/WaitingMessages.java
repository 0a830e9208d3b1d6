package org.greenchannel.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.jspecify.annotations.Nullable;

/** The messages that the instances of a case wait for, with what the model says of each. */
final class WaitingMessages {

    private static final int MOST = 500;

    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final ModelTexts texts;
    private final InstanceFacts facts;

    WaitingMessages(RepositoryService repository, RuntimeService runtime, ModelTexts texts, InstanceFacts facts) {
        this.repository = repository;
        this.runtime = runtime;
        this.texts = texts;
        this.facts = facts;
    }

    List<WaitingMessage> waiting(UUID caseId) {
        List<WaitingMessage> waiting = new ArrayList<>();
        for (var instance : runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(caseId.toString())
                .listPage(0, MOST)) {
            ProcessDefinition definition = repository.getProcessDefinition(instance.getProcessDefinitionId());
            ModelTexts.Model model = texts.of(definition.getId());
            Map<String, @Nullable Object> variables = null;
            for (EventSubscription subscription : runtime.createEventSubscriptionQuery()
                    .processInstanceId(instance.getId())
                    .eventType("message")
                    .listPage(0, MOST)) {
                ModelTexts.ElementText element = model.elements().get(subscription.getActivityId());
                if (element == null) {
                    continue;
                }
                if (variables == null) {
                    variables = facts.variables(instance.getId());
                }
                waiting.add(message(subscription, instance.getId(), definition, element, variables));
            }
        }
        return waiting;
    }

    private static WaitingMessage message(
            EventSubscription subscription,
            String instanceId,
            ProcessDefinition definition,
            ModelTexts.ElementText element,
            Map<String, @Nullable Object> variables) {
        Map<String, String> properties = new LinkedHashMap<>();
        element.properties().forEach((name, value) -> properties.put(name, Templates.fill(value, variables::get)));
        Set<String> groups = new TreeSet<>();
        for (String group : properties.getOrDefault("groups", "").split(",")) {
            if (!group.isBlank()) {
                groups.add(group.strip());
            }
        }
        String form = properties.get("form");
        return new WaitingMessage(
                subscription.getEventName(),
                instanceId,
                element.name(),
                groups,
                form == null ? element.formId() : form,
                definition.getDeploymentId(),
                properties);
    }
}
