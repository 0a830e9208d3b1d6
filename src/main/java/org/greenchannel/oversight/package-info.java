/** Process history search, alerts, clocks and breaches for supervisors and auditors. */
@ApplicationModule(
        allowedDependencies = {
            "audit",
            "casefile",
            "clock",
            "document",
            "engine",
            "funding",
            "kernel",
            "organisation",
            "platform",
            "worklist"
        })
@NullMarked
package org.greenchannel.oversight;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
