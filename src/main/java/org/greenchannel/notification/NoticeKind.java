package org.greenchannel.notification;

import java.util.Set;

/** What a notice is about; people choose for each kind how it reaches them. */
public enum NoticeKind {
    /** Something is to be done. */
    TASK,
    /** A legal deadline comes near. */
    DEADLINE_NEAR,
    /** A legal deadline passed, or something lawful is overdue. */
    DEADLINE_BREACHED,
    /** A colleague names the account in a comment or a note. */
    MENTION,
    /** A decision or progress to know of; nothing is to be done. */
    DECISION;

    /** Template of a mention in a note to a case. */
    static final String NOTE = "note-mentioned";

    private static final Set<String> BREACHED = Set.of(
            "clock-breached",
            "clock-escalated",
            "notice-overdue",
            "unlawful-stay",
            "alert-escalation",
            "release-required");
    private static final Set<String> URGENT = Set.of("team-alert", "possible-refusal", "arbitration-needed");
    private static final Set<String> TO_KNOW = Set.of("item-copied", "funding-settled", "discharge-planned");

    /** Kind of a template; what is not known is something to do. */
    static NoticeKind of(String template) {
        if (BREACHED.contains(template)) {
            return DEADLINE_BREACHED;
        }
        if (template.endsWith("-warning") || template.equals("clock-near")) {
            return DEADLINE_NEAR;
        }
        if (template.equals("item-mentioned") || template.equals(NOTE)) {
            return MENTION;
        }
        return TO_KNOW.contains(template) || template.endsWith("-decided") ? DECISION : TASK;
    }

    /** Whether it goes out in quiet hours too: an emergency, or a deadline of the law that passed. */
    static boolean urgent(String template) {
        return of(template) == DEADLINE_BREACHED || URGENT.contains(template);
    }

    /** The bell always rings for deadlines of the law. */
    public boolean bellFixed() {
        return this == DEADLINE_NEAR || this == DEADLINE_BREACHED;
    }

    /** Whether it may wait for a digest. */
    boolean low() {
        return this == DECISION || this == MENTION;
    }
}
