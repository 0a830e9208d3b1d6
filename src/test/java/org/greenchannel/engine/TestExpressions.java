package org.greenchannel.engine;

/** The FEEL of the product for tests that need no application. */
public final class TestExpressions {

    private TestExpressions() {}

    /** Evaluates as the product does. */
    public static Expressions feel() {
        return new FeelExpressions();
    }
}
