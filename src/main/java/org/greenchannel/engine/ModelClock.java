package org.greenchannel.engine;

import java.util.Date;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** {@code clock} in models: when a legal clock that starts now would end. Public because expressions call it. */
@Component
public class ModelClock {

    private final ObjectProvider<ClockSource> source;

    ModelClock(ObjectProvider<ClockSource> source) {
        this.source = source;
    }

    /** The legal end of the clock. */
    public Date hard(String clockId) {
        return end(clockId, true);
    }

    /** The unrolled end, for alarms that protect liberty. */
    public Date soft(String clockId) {
        return end(clockId, false);
    }

    private Date end(String clockId, boolean hard) {
        return Date.from(
                source.getObject().end(clockId, ClockUtil.getCurrentTime().toInstant(), hard));
    }
}
