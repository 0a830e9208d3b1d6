package org.greenchannel.engine;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.context.ApplicationContext;

/**
 * For tests of what happens to running cases when a model changes: deploys all models of the product as a new version in
 * which some files are edited. Use it in a class with a context of its own ({@code @DirtiesContext}): the newest version
 * is the newest for everybody.
 */
public final class ChangedModels {

    private ChangedModels() {}

    /** Deploys everything anew. @param edits changes by the end of a file's name, such as {@code emergency-admission.bpmn} */
    public static String deploy(ApplicationContext context, Map<String, UnaryOperator<String>> edits) {
        Map<String, byte[]> files = new LinkedHashMap<>(ModelDeployment.files());
        edits.forEach((end, edit) -> {
            String name = files.keySet().stream()
                    .filter(file -> file.endsWith("/" + end))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no model file ends with " + end));
            String before = new String(files.get(name), StandardCharsets.UTF_8);
            String after = edit.apply(before);
            if (after.equals(before)) {
                throw new AssertionError(end + " is not changed");
            }
            files.put(name, after.getBytes(StandardCharsets.UTF_8));
        });
        var deployment =
                context.getBean(RepositoryService.class).createDeployment().name("changed");
        files.forEach((name, content) -> deployment.addInputStream(name, new ByteArrayInputStream(content)));
        return context.getBean(CommandGuard.class)
                .whileDeploying(() -> deployment.deploy().getId());
    }

    /** The name of an element becomes another. */
    public static String rename(String bpmn, String elementId, String name) {
        BpmnModelInstance model = read(bpmn);
        FlowNode element = model.getModelElementById(elementId);
        element.setName(name);
        return Bpmn.convertToString(model);
    }

    /** A user task is put into a sequence flow. */
    public static String addTask(String bpmn, String flowId, String taskId, String name, String groups, String formId) {
        BpmnModelInstance model = read(bpmn);
        SequenceFlow flow = model.getModelElementById(flowId);
        FlowNode after = flow.getTarget();
        UserTask task = model.newInstance(UserTask.class);
        task.setId(taskId);
        task.setName(name);
        task.setCamundaCandidateGroups(groups);
        task.setAttributeValueNs("http://camunda.org/schema/1.0/bpmn", "formRef", formId);
        task.setAttributeValueNs("http://camunda.org/schema/1.0/bpmn", "formRefBinding", "deployment");
        flow.getParentElement().addChildElement(task);
        SequenceFlow next = model.newInstance(SequenceFlow.class);
        next.setId(taskId + "_Out");
        flow.getParentElement().addChildElement(next);
        after.getIncoming().remove(flow);
        flow.setTarget(task);
        task.getIncoming().add(flow);
        next.setSource(task);
        task.getOutgoing().add(next);
        next.setTarget(after);
        after.getIncoming().add(next);
        return Bpmn.convertToString(model);
    }

    /** The id of an element becomes another everywhere: what waits there cannot be moved. */
    public static String changeId(String bpmn, String from, String to) {
        return bpmn.replace("\"" + from + "\"", "\"" + to + "\"").replace(">" + from + "<", ">" + to + "<");
    }

    private static BpmnModelInstance read(String bpmn) {
        return Bpmn.readModelFromStream(new ByteArrayInputStream(bpmn.getBytes(StandardCharsets.UTF_8)));
    }
}
