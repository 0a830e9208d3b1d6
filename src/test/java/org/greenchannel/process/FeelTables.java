package org.greenchannel.process;

import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.greenchannel.engine.ParsedOnceFeel;

/** Decision tables outside a process engine, with the FEEL that the product uses. */
final class FeelTables {

    private FeelTables() {}

    /** An engine for decisions. */
    static DmnEngine engine() {
        var configuration = new DefaultDmnEngineConfiguration();
        configuration.setFeelEngineFactory(new ParsedOnceFeel());
        return configuration.buildEngine();
    }
}
