package org.greenchannel.worklist;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What people can do with a task beside completing it, in the order of its menu: one list for page, API and menu. */
public enum Verb {
    SIGN(Who.ANYBODY, false),
    ASSIGN(Who.FREE, true),
    DELEGATE(Who.FREE, true),
    GIVE_BACK(Who.ANYBODY, false),
    COUNTERSIGN(Who.FREE, true),
    ADD_SIGNER(Who.HANDLER, true),
    REMOVE_SIGNER(Who.HANDLER, true),
    SEND_BACK(Who.HANDLER, true),
    WITHDRAW(Who.ANYBODY, true),
    COPY(Who.ANYBODY, false),
    NUDGE(Who.ANYBODY, false),
    PAUSE_CLOCK(Who.HANDLER, true),
    RESUME_CLOCK(Who.HANDLER, false),
    COMMENT(Who.ANYBODY, false);

    private enum Who {
        /** Whoever may see the task; the verb itself asks for more. */
        ANYBODY,
        /** Whoever handles it now. */
        HANDLER,
        /** Whoever handles it, while nothing waits for signatures. */
        FREE
    }

    private final Who who;
    private final boolean reason;

    Verb(Who who, boolean reason) {
        this.who = who;
        this.reason = reason;
    }

    /** Name in addresses, texts and the log: {@code send-back}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is refused without a reason in words. */
    public boolean needsReason() {
        return reason;
    }

    boolean forHandlers() {
        return who != Who.ANYBODY;
    }

    boolean whileFree() {
        return who == Who.FREE;
    }

    /** The verb of that name. */
    public static Optional<Verb> of(String code) {
        return Arrays.stream(values()).filter(verb -> verb.code().equals(code)).findFirst();
    }

    /** All names, in the order of the menu. */
    public static List<String> codes() {
        return Arrays.stream(values()).map(Verb::code).toList();
    }
}
