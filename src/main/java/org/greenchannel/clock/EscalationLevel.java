package org.greenchannel.clock;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.greenchannel.kernel.Text;

/**
 * One level of the chain of those who learn of a breach, until the clock ends.
 *
 * @param after time since the legal end
 * @param to {@code role@function}, the function as the organisation has it in the case ({@code hospital}, {@code town},
 *     {@code healthCommission}), or by the bindings of the area where nobody has it
 * @param alert kind of the alert that opens for supervisors, if one does
 * @param basis articles the level rests on; empty: those of the clock
 */
public record EscalationLevel(Duration after, List<String> to, Optional<String> alert, Optional<Text> basis) {}
