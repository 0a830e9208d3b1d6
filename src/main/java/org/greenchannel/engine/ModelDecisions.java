package org.greenchannel.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.exception.NotFoundException;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.Output;
import org.greenchannel.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Decision tables of the deployed models. */
@Component
class ModelDecisions implements Decisions {

    private final DecisionService decisions;
    private final RepositoryService repository;
    private final DecisionCaptor captor;

    ModelDecisions(DecisionService decisions, RepositoryService repository, DecisionCaptor captor) {
        this.decisions = decisions;
        this.repository = repository;
        this.captor = captor;
    }

    @Override
    @Transactional
    public DecisionAnswer evaluate(String decision, Map<String, ? extends @Nullable Object> inputs) {
        // every input the table knows exists, so that a missing one is null and not unknown
        var variables = new HashMap<String, @Nullable Object>();
        DecisionInfo info = all().stream()
                .filter(each -> each.key().equals(decision))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("decision-unknown", decision));
        info.inputs().forEach(input -> variables.put(input.name(), null));
        variables.putAll(inputs);
        try {
            captor.take();
            decisions.evaluateDecisionTableByKey(decision).variables(variables).evaluate();
        } catch (NotFoundException e) {
            throw Problem.notFound("decision-unknown", decision);
        } catch (RuntimeException e) {
            throw Problem.badRequest("decision-inputs", decision);
        }
        DecisionAnswer answer = captor.take();
        return answer == null ? new DecisionAnswer(decision, 0, List.of()) : answer;
    }

    @Override
    public List<DecisionInfo> all() {
        List<DecisionInfo> infos = new ArrayList<>();
        for (DecisionDefinition definition : repository
                .createDecisionDefinitionQuery()
                .latestVersion()
                .orderByDecisionDefinitionKey()
                .asc()
                .listPage(0, 200)) {
            var model = repository.getDmnModelInstance(definition.getId());
            for (DecisionTable table : model.getModelElementsByType(DecisionTable.class)) {
                infos.add(new DecisionInfo(
                        definition.getKey(),
                        definition.getName() == null ? definition.getKey() : definition.getName(),
                        table.getHitPolicy().name(),
                        table.getInputs().stream().map(ModelDecisions::column).toList(),
                        table.getOutputs().stream().map(ModelDecisions::column).toList()));
            }
        }
        return infos;
    }

    private static DecisionInfo.Column column(Input input) {
        var expression = input.getInputExpression();
        String name = expression.getText() == null
                ? ""
                : expression.getText().getTextContent().strip();
        return new DecisionInfo.Column(name, label(input.getLabel(), name), type(expression.getTypeRef()));
    }

    private static DecisionInfo.Column column(Output output) {
        return new DecisionInfo.Column(
                output.getName(), label(output.getLabel(), output.getName()), type(output.getTypeRef()));
    }

    private static String label(@Nullable String label, String name) {
        return label == null ? name : label;
    }

    private static String type(@Nullable String type) {
        return type == null ? "string" : type;
    }
}
