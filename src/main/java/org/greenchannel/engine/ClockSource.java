package org.greenchannel.engine;

import java.time.Instant;

/** SPI: tells the engine when a legal clock that starts now would end; used by {@code clock.hard('T03')} in models. */
public interface ClockSource {
    /** The end of the clock. @param hard the legal end (rolled), otherwise the alarm end (unrolled) */
    Instant end(String clockId, Instant from, boolean hard);
}
