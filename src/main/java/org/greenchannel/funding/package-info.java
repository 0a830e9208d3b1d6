/** Sources, claims, lines, approval chains, settlement. */
@ApplicationModule(
        allowedDependencies = {
            "audit",
            "casefile",
            "clock",
            "document",
            "engine",
            "form",
            "kernel",
            "organisation",
            "platform"
        })
@NullMarked
package org.greenchannel.funding;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
