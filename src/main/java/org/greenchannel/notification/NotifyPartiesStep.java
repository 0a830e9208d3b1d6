package org.greenchannel.notification;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.engine.ProcessStep;
import org.greenchannel.engine.StepContext;
import org.greenchannel.platform.Texts;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Step {@code notifyParties}: tells the parties over the outbox. Parameters: {@code template} code of the text, {@code to}
 * groups {@code role@organisation} and the words {@code guardian}, {@code patient}, separated by commas.
 */
@Component("notifyParties")
class NotifyPartiesStep implements ProcessStep {

    private final CaseFiles cases;
    private final Texts texts;
    private final ApplicationEventPublisher events;

    NotifyPartiesStep(CaseFiles cases, Texts texts, ApplicationEventPublisher events) {
        this.cases = cases;
        this.texts = texts;
        this.events = events;
    }

    @Override
    public void execute(StepContext step) {
        String template = step.parameter("template");
        // a function that nobody holds in this area leaves its variable, and so its group, without an organisation
        List<String> to = Arrays.stream(step.parameter("to").split(","))
                .map(String::strip)
                .filter(group -> !group.isEmpty() && !group.endsWith("@"))
                .distinct()
                .toList();
        if (to.isEmpty()) {
            return;
        }
        UUID messageId = UUID.randomUUID();
        cases.tell(
                step.caseId(),
                step.now(),
                "NOTIFICATION",
                texts.of("notification.timeline", texts.of("notification." + template + ".title")),
                "",
                null,
                Map.of("message", messageId.toString(), "template", template, "to", String.join(",", to)));
        events.publishEvent(new NotificationRequested(messageId, step.caseId(), template, to, step.now()));
    }
}
