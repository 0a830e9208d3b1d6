package org.greenchannel.flow;

import java.util.LinkedHashMap;
import java.util.Map;

/** Models that try to break out: one small process for each place where BPMN takes an expression. */
final class HostileModels {

    private static final String HEAD =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
              xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="test">
            %s
            <process id="%s" isExecutable="true" camunda:historyTimeToLive="P1D"><startEvent id="start"/>
            <sequenceFlow id="in" sourceRef="start" targetRef="it"/>
            %s
            </process></definitions>
            """;

    private static final String AFTER =
            "<sequenceFlow id=\"out\" sourceRef=\"it\" targetRef=\"end\"/><endEvent id=\"end\"/>";

    /** Bodies by place; {@code EXPR} is where the expression goes. */
    private static final Map<String, String> PLACES = new LinkedHashMap<>();

    static {
        PLACES.put(
                "condition",
                """
                <exclusiveGateway id="it" default="no"/>
                <sequenceFlow id="yes" sourceRef="it" targetRef="wait">
                  <conditionExpression xsi:type="tFormalExpression">EXPR</conditionExpression></sequenceFlow>
                <sequenceFlow id="no" sourceRef="it" targetRef="wait"/><receiveTask id="wait" messageRef="m"/>
                """);
        PLACES.put("assignee", "<userTask id=\"it\" camunda:assignee=\"EXPR\"/>");
        PLACES.put("groups", "<userTask id=\"it\" camunda:candidateGroups=\"EXPR\"/>");
        PLACES.put("due", "<userTask id=\"it\" camunda:dueDate=\"EXPR\"/>");
        PLACES.put("taskName", "<userTask id=\"it\" name=\"EXPR\"/>");
        PLACES.put(
                "taskListener",
                "<userTask id=\"it\"><extensionElements><camunda:taskListener event=\"create\" expression=\"EXPR\"/>"
                        + "</extensionElements></userTask>");
        PLACES.put(
                "listener",
                "<receiveTask id=\"it\" messageRef=\"m\"><extensionElements><camunda:executionListener event=\"start\""
                        + " expression=\"EXPR\"/></extensionElements></receiveTask>");
        PLACES.put(
                "listenerBean",
                "<receiveTask id=\"it\" messageRef=\"m\"><extensionElements><camunda:executionListener event=\"start\""
                        + " delegateExpression=\"EXPR\"/></extensionElements></receiveTask>");
        PLACES.put(
                "input",
                "<receiveTask id=\"it\" messageRef=\"m\"><extensionElements><camunda:inputOutput>"
                        + "<camunda:inputParameter name=\"x\">EXPR</camunda:inputParameter></camunda:inputOutput>"
                        + "</extensionElements></receiveTask>");
        PLACES.put(
                "inputList",
                "<receiveTask id=\"it\" messageRef=\"m\"><extensionElements><camunda:inputOutput>"
                        + "<camunda:inputParameter name=\"x\"><camunda:list><camunda:value>EXPR</camunda:value></camunda:list>"
                        + "</camunda:inputParameter></camunda:inputOutput></extensionElements></receiveTask>");
        PLACES.put("service", "<serviceTask id=\"it\" camunda:expression=\"EXPR\"/>" + AFTER);
        PLACES.put("delegate", "<serviceTask id=\"it\" camunda:delegateExpression=\"EXPR\"/>" + AFTER);
        PLACES.put("called", "<callActivity id=\"it\" calledElement=\"EXPR\"/>" + AFTER);
        PLACES.put("decision", "<businessRuleTask id=\"it\" camunda:decisionRef=\"EXPR\"/>" + AFTER);
        PLACES.put(
                "timer",
                "<intermediateCatchEvent id=\"it\"><timerEventDefinition><timeDuration xsi:type=\"tFormalExpression\">EXPR"
                        + "</timeDuration></timerEventDefinition></intermediateCatchEvent>");
    }

    private HostileModels() {}

    static java.util.Set<String> places() {
        return PLACES.keySet();
    }

    /** A process with the expression at the place. */
    static String process(String id, String place, String expression) {
        String escaped = expression.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
        return HEAD.formatted(
                "<message id=\"m\" name=\"" + id + "\"/>", id, PLACES.get(place).replace("EXPR", escaped));
    }

    /** A process with a body of its own: an element {@code it} that waits or leads to {@code end}. */
    static String body(String id, String body) {
        return HEAD.formatted("<message id=\"m\" name=\"" + id + "\"/>", id, body);
    }

    static String ended(String element) {
        return element + AFTER;
    }

    /** A decision with one rule whose input expression is the expression in JUEL. */
    static String decision(String id, String language, String expression) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn"
                  id="d_%1$s" name="%1$s" namespace="test">
                <decision id="%1$s" name="%1$s" camunda:historyTimeToLive="P1D"><decisionTable id="t_%1$s" hitPolicy="FIRST">
                <input id="i_%1$s"><inputExpression id="e_%1$s" typeRef="string" expressionLanguage="%2$s"><text>%3$s</text>
                </inputExpression></input><output id="o_%1$s" name="out" typeRef="string"/>
                <rule id="r_%1$s"><inputEntry id="ie_%1$s"><text></text></inputEntry>
                <outputEntry id="oe_%1$s"><text>"ok"</text></outputEntry></rule>
                </decisionTable></decision></definitions>
                """
                .formatted(id, language, expression.replace("&", "&amp;").replace("<", "&lt;"));
    }
}
