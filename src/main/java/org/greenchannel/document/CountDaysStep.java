package org.greenchannel.document;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.greenchannel.clock.LegalClock;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.engine.ProcessStep;
import org.greenchannel.engine.StepContext;
import org.greenchannel.form.Forms;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Step {@code countDays}: sets {@code conclusionServed} and {@code daysSinceConclusion}, counted by the legal count from
 * the delivery of RN-04 to the applicant (MHL 32(2), Civil Code 201, 203), before the decision on eligibility.
 */
@Component("countDays")
class CountDaysStep implements ProcessStep {

    private static final String NOTICE = "RN-04";
    private static final String OBJECTION_PERIOD = "T05";
    private static final String REQUEST = "rediagnosis-request";

    private final ServiceTable services;
    private final LegalClocks clocks;
    private final Forms forms;
    private final ZoneId zone;

    CountDaysStep(ServiceTable services, LegalClocks clocks, Forms forms, ZoneId zone) {
        this.services = services;
        this.clocks = clocks;
        this.forms = forms;
        this.zone = zone;
    }

    @Override
    public void execute(StepContext step) {
        Optional<String> recipient = recipient(step);
        Optional<Service> served = recipient.flatMap(who -> services.delivered(step.caseId(), NOTICE, who));
        step.set("conclusionServed", served.isPresent());
        step.set(
                "daysSinceConclusion",
                served.map(service -> days(step, service)).orElse(0));
    }

    private int days(StepContext step, Service served) {
        Instant filed = filed(step);
        int days = clocks.civilDays(
                served.deliveredAt().atZone(zone).toLocalDate(),
                filed.atZone(zone).toLocalDate());
        Optional<LegalClock> period = clocks.latest(step.caseId(), OBJECTION_PERIOD, served.recipient());
        // a last day that is a rest day moves: whoever files before the legal end is in time
        return period.filter(clock -> !filed.isAfter(clock.due().hard()))
                .map(clock -> Math.min(days, clock.definition().amount()))
                .orElse(days);
    }

    /** When the request was made, which may be before somebody wrote it down, but not after now. */
    private Instant filed(StepContext step) {
        return forms.latest(step.caseId(), REQUEST)
                .map(request -> request.data().get("filedAt"))
                .flatMap(filed -> PaperData.moment(filed.toString()))
                .filter(filed -> filed.isBefore(step.now()))
                .orElse(step.now());
    }

    /** An agent acts for the guardian unless the case says for whom; others have no period of their own. */
    private static Optional<String> recipient(StepContext step) {
        String applicant = text(step.variable("applicantRole"));
        return switch (applicant) {
            case "PATIENT", "GUARDIAN" -> Optional.of(applicant);
            case "AGENT" -> Optional.of("PATIENT".equals(text(step.variable("agentFor"))) ? "PATIENT" : "GUARDIAN");
            default -> Optional.empty();
        };
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
