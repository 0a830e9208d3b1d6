/** The case: legal status and its state machine, participants, stage, timeline. */
@ApplicationModule(
        allowedDependencies = {"audit", "clock", "engine", "form", "kernel", "organisation", "person", "platform"})
@NullMarked
package org.greenchannel.casefile;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
