package org.greenchannel.form;

/** A value that was refused, with the rule that refused it; never leaves the module. */
final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final String rule;
    private final transient Object[] args;

    /**
     * @param rule also the message {@code form.error.<rule>}
     */
    Refused(String rule, Object... args) {
        super(rule, null, false, false);
        this.rule = rule;
        this.args = args;
    }

    String rule() {
        return rule;
    }

    Object[] args() {
        return args;
    }
}
