package org.greenchannel.community;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.engine.ProcessStep;
import org.greenchannel.engine.StepContext;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Submission;
import org.greenchannel.organisation.Organisations;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Step {@code gradeColour}: stores the colour that D7c advises. A colour is raised at once; it is lowered only by a signed
 * decision made after the lowering was proposed, from the colours the city names also with the signed agreement of the
 * team (PIPL 24(3): no automatic decision to somebody's disadvantage or false comfort). Without it the colour stays.
 */
@Component("gradeColour")
class GradeColour implements ProcessStep {

    private static final String BASIS = "PIPL 24(3); Work Spec 2018";

    private final Care care;
    private final Forms forms;
    private final CaseFiles cases;
    private final Organisations organisations;

    GradeColour(Care care, Forms forms, CaseFiles cases, Organisations organisations) {
        this.care = care;
        this.forms = forms;
        this.cases = cases;
        this.organisations = organisations;
    }

    @Override
    public void execute(StepContext step) {
        String colour = step.parameter("colour");
        String row = step.optional("row").orElse(null);
        Registration now = care.require(step.caseId());
        if (now.closedAt() != null) {
            throw new IllegalStateException("a closed registration has no colour");
        }
        if (care.severity(colour) < 0 && !Care.PLACES.contains(colour)) {
            throw new IllegalStateException("the city has no colour " + colour);
        }
        assessed(step, now);
        String base = base(now);
        boolean lower = care.severity(colour) > care.severity(base) && base != null;
        String change;
        if (lower && step.optional("decidedBy").isEmpty()) {
            change = hold(step, now, base, colour, row);
        } else {
            RegistrationTable.Signed signed = lower ? signed(step, now, base, colour) : null;
            change = set(step, now, colour, row, signed);
        }
        boolean held = change.equals("HELD");
        String effective = held ? String.valueOf(base) : colour;
        int days = care.colour(effective).map(ColourName::intervalDays).orElse(30);
        step.set("colour", effective);
        step.set("colourChange", change);
        step.set("colourHeld", held);
        step.set("colourTeamNeeded", held && needsTeam(base));
        step.set(
                "colourDays",
                held ? days : step.optional("cap").map(Integer::valueOf).orElse(days));
    }

    private void assessed(StepContext step, Registration now) {
        String stability = step.variable("stabilityClass") instanceof String code ? code : null;
        Integer danger = step.variable("dangerLevel") instanceof Number level ? level.intValue() : null;
        care.table().assessed(now.id(), stability, danger);
    }

    /** The colour a lowering is measured by: the present one, or the last before the person was away. */
    private @Nullable String base(Registration now) {
        if (care.severity(now.colour()) >= 0) {
            return now.colour();
        }
        List<ColourChange> history = care.table().colours(List.of(now.personId()));
        for (int i = history.size() - 1; i >= 0; i--) {
            if (history.get(i).colour() == null) {
                return null; // it was closed: enrolled anew, graded anew
            }
            if (care.severity(history.get(i).colour()) >= 0) {
                return history.get(i).colour();
            }
        }
        return null;
    }

    private boolean needsTeam(@Nullable String base) {
        return organisations.settings("colour").get("lowerNeedsTeam") instanceof List<?> colours
                && colours.contains(base);
    }

    private String hold(
            StepContext step, Registration now, @Nullable String base, String colour, @Nullable String row) {
        if (base != null && !base.equals(now.colour())) {
            care.table().colour(now, step.caseId(), base, null, null, step.now());
        }
        care.table().hold(now.id(), colour, row, step.now());
        care.tell(
                step, "colour-held", BASIS, detail(base, colour, row), care.colourName(base), care.colourName(colour));
        return "HELD";
    }

    private String set(
            StepContext step,
            Registration now,
            String colour,
            @Nullable String row,
            RegistrationTable.@Nullable Signed signed) {
        if (colour.equals(now.colour())) {
            care.table().release(now.id());
            return "SAME";
        }
        care.table().colour(now, step.caseId(), colour, row, signed, step.now());
        String change = signed != null ? "LOWERED" : now.colour() == null ? "FIRST" : "RAISED";
        care.tell(
                step,
                "colour",
                BASIS,
                detail(now.colour(), colour, row),
                care.colourName(now.colour()),
                care.colourName(colour));
        return change;
    }

    private static Map<String, String> detail(@Nullable String from, String colour, @Nullable String row) {
        return Map.of("from", from == null ? "" : from, "colour", colour, "row", row == null ? "" : row);
    }

    /** The decision as it was signed: evidence, not what the model claims. */
    private RegistrationTable.Signed signed(StepContext step, Registration now, @Nullable String base, String colour) {
        if (!colour.equals(now.heldColour())) {
            throw new IllegalStateException("this lowering was not proposed");
        }
        Submission decision = evidence(step.caseId(), step.parameter("decidedBy"), now);
        if (!"LOWER".equals(decision.data().get("colourDecision"))) {
            throw new IllegalStateException("the decision is not to lower");
        }
        UUID agreement = null;
        if (needsTeam(base)) {
            Submission team = evidence(step.caseId(), step.parameter("agreedBy"), now);
            if (!Boolean.TRUE.equals(team.data().get("teamAgrees"))
                    || team.username().equals(decision.username())) {
                throw new IllegalStateException("the team has not agreed");
            }
            agreement = team.id();
        }
        return new RegistrationTable.Signed(decision.username(), decision.id(), agreement);
    }

    private Submission evidence(UUID caseId, String form, Registration now) {
        return forms.latest(caseId, form)
                .filter(submission -> Boolean.TRUE.equals(submission.data().get("signature")))
                .filter(submission -> now.heldAt() != null && !submission.at().isBefore(now.heldAt()))
                .filter(submission -> cases.signers(caseId)
                        .getOrDefault(submission.taskKey(), List.of())
                        .contains(submission.username()))
                .orElseThrow(() -> new IllegalStateException("no signed " + form + " since the lowering was proposed"));
    }
}
