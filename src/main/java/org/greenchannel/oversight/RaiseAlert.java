package org.greenchannel.oversight;

import java.util.Arrays;
import java.util.List;
import org.greenchannel.engine.ProcessStep;
import org.greenchannel.engine.StepContext;
import org.springframework.stereotype.Component;

/**
 * Step {@code raiseAlert}: tells supervisors that the law may be broken. Parameters: {@code kind} code, {@code basis}
 * articles, {@code to} groups separated by commas.
 */
@Component("raiseAlert")
public class RaiseAlert implements ProcessStep {

    private final Alerts alerts;

    RaiseAlert(Alerts alerts) {
        this.alerts = alerts;
    }

    @Override
    public void execute(StepContext step) {
        List<String> groups = Arrays.stream(step.parameter("to").split(","))
                .map(String::strip)
                .filter(group -> !group.isEmpty() && !group.endsWith("@"))
                .toList();
        alerts.raise(
                step.caseId(),
                step.parameter("kind"),
                step.parameter("basis"),
                groups,
                step.processKey(),
                step.activityId(),
                step.now());
    }
}
