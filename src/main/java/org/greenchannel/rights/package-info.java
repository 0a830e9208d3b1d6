/** The rights page: codes for patient, guardian and lawyer, what they may see of their case, and what they may file. */
@ApplicationModule(
        allowedDependencies = {
            "audit",
            "casefile",
            "clock",
            "document",
            "form",
            "kernel",
            "organisation",
            "platform",
            "worklist"
        })
@NullMarked
package org.greenchannel.rights;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
