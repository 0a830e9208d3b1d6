package org.greenchannel.personfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.community.CommunityCare;
import org.greenchannel.community.Registration;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.person.Identities;
import org.greenchannel.platform.Texts;
import org.springframework.stereotype.Component;

/** What speaks against two entries being one person, or against treating them as one now. */
@Component
class MergeChecks {

    private static final String EMERGENCY = "emergency-admission";

    private final Identities identities;
    private final CaseFiles cases;
    private final CommunityCare community;
    private final PersonPageRules rules;
    private final Texts texts;

    MergeChecks(Identities identities, CaseFiles cases, CommunityCare community, PersonPageRules rules, Texts texts) {
        this.identities = identities;
        this.cases = cases;
        this.community = community;
        this.rules = rules;
        this.texts = texts;
    }

    /** @param warnings to be read before proposing @param held cases in which both are held against their will */
    record Found(Set<String> warnings, List<CaseSummary> held) {}

    Found check(UUID one, UUID other, List<Identities.Compared> fields) {
        List<CaseSummary> left = cases.openOfPersons(identities.same(List.of(one)));
        List<CaseSummary> right = cases.openOfPersons(identities.same(List.of(other)));
        var warnings = new TreeSet<String>();
        if (different(fields, "person.idNo")) {
            warnings.add("DIFFERENT_NUMBER");
        }
        if (different(fields, "person.birthDate")) {
            warnings.add("DIFFERENT_BIRTH");
        }
        if (different(fields, "person.sex")) {
            warnings.add("DIFFERENT_SEX");
        }
        if (!left.isEmpty() && !right.isEmpty()) {
            warnings.add("BOTH_OPEN");
        }
        if (emergency(left) && emergency(right)) {
            warnings.add("BOTH_EMERGENCY");
        }
        if (registered(one) && registered(other)) {
            warnings.add("BOTH_REGISTERED");
        }
        var held = new ArrayList<CaseSummary>();
        List<CaseSummary> leftHeld = held(left);
        List<CaseSummary> rightHeld = held(right);
        if (!leftHeld.isEmpty() && !rightHeld.isEmpty()) {
            held.addAll(leftHeld);
            held.addAll(rightHeld);
        }
        return new Found(warnings, held);
    }

    /** Nobody can be held against his will twice: which of the two stands is to be decided where they are held, first. */
    void refuseHeld(Found found, Viewer viewer) {
        if (found.held().isEmpty()) {
            return;
        }
        var zh = new ArrayList<String>();
        var en = new ArrayList<String>();
        for (CaseSummary file : found.held()) {
            Text named = named(file, viewer);
            zh.add(named.zh());
            en.add(named.en());
        }
        throw Problem.conflict("merge-legal-status", new Text(String.join("、", zh), String.join(", ", en)));
    }

    /** Number and status where the viewer may read the case, else only that there is one. */
    private Text named(CaseSummary file, Viewer viewer) {
        try {
            CaseSummary seen = cases.seenBy(cases.get(file.number(), viewer), viewer);
            String status = seen.legalStatus();
            return status == null
                    ? Text.same(file.number())
                    : texts.of("personfile.case-status", file.number(), cases.statusName(status));
        } catch (Problem hidden) {
            return texts.of("personfile.case-hidden");
        }
    }

    private List<CaseSummary> held(List<CaseSummary> files) {
        return files.stream()
                .filter(file -> file.legalStatus() != null && rules.exclusive().contains(file.legalStatus()))
                .toList();
    }

    private boolean registered(UUID person) {
        return community.registrations(person).stream().anyMatch(Registration::managed);
    }

    private static boolean emergency(List<CaseSummary> files) {
        return files.stream().anyMatch(file -> file.processKey().equals(EMERGENCY));
    }

    private static boolean different(List<Identities.Compared> fields, String field) {
        return fields.stream()
                .anyMatch(one -> one.field().equals(field) && one.match().equals("DIFFERENT"));
    }
}
