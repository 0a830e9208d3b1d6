package org.greenchannel.community;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.greenchannel.engine.TaskCompletion;
import org.greenchannel.engine.TaskOutcome;
import org.greenchannel.organisation.Organisations;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Outcome {@code visit}: stores a visit and answers what the tables ask: {@code found}, {@code missedVisits} in a row,
 * {@code daysSinceContact}, {@code attemptsExhausted} (by the city's numbers), {@code monthsSinceIncident}.
 */
@Component("visit")
class VisitOutcome implements TaskOutcome {

    /** Field of the form and column of the table. */
    static final Map<String, String> COUNTS = new LinkedHashMap<>(Map.of(
            "minorDisturbances", "minor_disturbances",
            "zhaoshiCount", "zhaoshi",
            "zhaohuoCount", "zhaohuo",
            "otherHarmCount", "other_harm",
            "selfHarmCount", "self_harm",
            "suicideAttempts", "suicide_attempts"));

    private final Care care;
    private final VisitTable visits;
    private final Organisations organisations;

    VisitOutcome(Care care, VisitTable visits, Organisations organisations) {
        this.care = care;
        this.visits = visits;
        this.organisations = organisations;
    }

    @Override
    public Map<String, @Nullable Object> apply(TaskCompletion completion) {
        Registration now = care.require(completion.caseId());
        Answers form = new Answers(completion.data());
        LocalDate today = care.today(completion.at());
        LocalDate on = care.day(form.raw("visitDate"), today);
        boolean found = form.yes("found");
        Integer danger = found ? form.number("dangerLevel") : null;
        Map<String, Integer> counts = new HashMap<>();
        COUNTS.forEach((field, column) -> counts.put(column, form.number(field, 0)));
        visits.insert(new VisitTable.Visit(
                now.id(),
                completion.caseId(),
                completion.submissionId(),
                completion.at(),
                on,
                form.text("visitMode", "HOME"),
                found,
                found ? null : form.text("lostReason"),
                danger,
                form.text("adherence"),
                counts,
                form.yes("confined"),
                completion.viewer().username()));
        if (found) {
            care.table().seen(now.id(), on, danger);
        }
        Map<String, @Nullable Object> facts = new HashMap<>();
        facts.put("found", found);
        int missed = visits.missed(now.id());
        int days = RegistrationSteps.contact(care.require(completion.caseId()), today);
        facts.put("missedVisits", missed);
        facts.put("daysSinceContact", days);
        facts.put("attemptsExhausted", missed >= lost("attempts", 3) && days > lost("sinceDays", 30));
        facts.put("monthsSinceIncident", RegistrationSteps.months(visits.lastIncident(now.id()), today));
        return facts;
    }

    private int lost(String key, int otherwise) {
        return organisations.settings("lost").get(key) instanceof Number number ? number.intValue() : otherwise;
    }
}
