/** Calendars and legal clocks. */
@ApplicationModule(allowedDependencies = {"audit", "engine", "kernel", "organisation", "platform"})
@NullMarked
package org.greenchannel.clock;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
