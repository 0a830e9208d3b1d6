package org.greenchannel.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Names and properties of deployed models, read once for each version. */
@Component
class ModelTexts {

    private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

    /** One element of a model. */
    record ElementText(Text name, String type, Map<String, String> properties, @Nullable String formId) {}

    /** A whole model. */
    record Model(
            Text name,
            Text description,
            @Nullable String startFormId,
            StartIn startIn,
            @Nullable String startWhen,
            boolean aboutPerson,
            Map<String, @Nullable Object> defaults,
            Map<String, ElementText> elements) {
        Text nameOf(String activityId) {
            ElementText element = elements.get(activityId);
            return element == null || element.name().zh().isEmpty() ? Text.same(activityId) : element.name();
        }
    }

    private final RepositoryService repository;
    private final Map<String, Model> models = new ConcurrentHashMap<>();

    ModelTexts(RepositoryService repository) {
        this.repository = repository;
    }

    Model of(String processDefinitionId) {
        return models.computeIfAbsent(processDefinitionId, id -> read(repository.getBpmnModelInstance(id)));
    }

    private static Model read(BpmnModelInstance instance) {
        Process process = instance.getModelElementsByType(Process.class).stream()
                .filter(Process::isExecutable)
                .findFirst()
                .orElseThrow();
        Map<String, ElementText> elements = new LinkedHashMap<>();
        for (FlowElement element : instance.getModelElementsByType(FlowElement.class)) {
            Map<String, String> properties = properties(element);
            String name = EngineBridge.plain(element.getName());
            elements.put(
                    element.getId(),
                    new ElementText(
                            new Text(name, properties.getOrDefault("nameEn", name)),
                            element.getElementType().getTypeName(),
                            properties,
                            element.getAttributeValueNs(CAMUNDA, "formRef")));
        }
        String startForm = process.getChildElementsByType(StartEvent.class).stream()
                .filter(start -> start.getEventDefinitions().isEmpty())
                .map(start -> start.getAttributeValueNs(CAMUNDA, "formRef"))
                .filter(form -> form != null && !form.isBlank())
                .findFirst()
                .orElse(null);
        Map<String, String> own = properties(process);
        String name = EngineBridge.plain(process.getName());
        return new Model(
                new Text(name, own.getOrDefault("nameEn", name)),
                new Text(own.getOrDefault("description", ""), own.getOrDefault("descriptionEn", "")),
                startForm,
                StartIn.valueOf(own.getOrDefault("startIn", "BOTH")),
                own.get("startWhen"),
                !"NONE".equals(own.get("person")),
                Defaults.parse(own.get("defaults")),
                elements);
    }

    private static Map<String, String> properties(BaseElement element) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (element.getExtensionElements() != null) {
            for (CamundaProperties list : element.getExtensionElements()
                    .getElementsQuery()
                    .filterByType(CamundaProperties.class)
                    .list()) {
                for (CamundaProperty property : list.getCamundaProperties()) {
                    properties.put(property.getCamundaName(), property.getCamundaValue());
                }
            }
        }
        return properties;
    }
}
