package org.greenchannel.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationListener;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Remembers which rows of a table matched: the engine's result has only the outputs, the law needs row and article. */
@Component
class DecisionCaptor implements DmnDecisionTableEvaluationListener {

    private final ObjectProvider<RepositoryService> repository;
    private final Map<String, Map<String, String>> basisByDefinition = new ConcurrentHashMap<>();
    private final ThreadLocal<@Nullable DecisionAnswer> last = new ThreadLocal<>();

    DecisionCaptor(ObjectProvider<RepositoryService> repository) {
        this.repository = repository;
    }

    @Override
    public void notify(DmnDecisionTableEvaluationEvent event) {
        if (!(event.getDecisionTable() instanceof DecisionDefinition definition)) {
            return;
        }
        Map<String, String> basis = basisByDefinition.computeIfAbsent(definition.getId(), this::readBasis);
        List<DecisionRow> rows = new ArrayList<>();
        for (var rule : event.getMatchingRules()) {
            Map<String, Object> outputs = new LinkedHashMap<>();
            rule.getOutputEntries().forEach((name, output) -> {
                Object value =
                        output.getValue() == null ? null : output.getValue().getValue();
                if (value != null) {
                    outputs.put(name, value);
                }
            });
            rows.add(new DecisionRow(rule.getId(), basis.getOrDefault(rule.getId(), ""), outputs));
        }
        last.set(new DecisionAnswer(definition.getKey(), definition.getVersion(), rows));
    }

    /** The answer given last on this thread; forgotten with the call. */
    @Nullable
    DecisionAnswer take() {
        DecisionAnswer answer = last.get();
        last.remove();
        return answer;
    }

    private Map<String, String> readBasis(String definitionId) {
        Map<String, String> basis = new LinkedHashMap<>();
        var model = repository.getObject().getDmnModelInstance(definitionId);
        for (Rule rule : model.getModelElementsByType(Rule.class)) {
            if (rule.getDescription() != null) {
                basis.put(rule.getId(), rule.getDescription().getTextContent().strip());
            }
        }
        return basis;
    }
}
