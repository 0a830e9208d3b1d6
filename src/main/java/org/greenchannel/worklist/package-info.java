/** Work items and the verbs on them. */
@ApplicationModule(
        allowedDependencies = {
            "audit",
            "casefile",
            "clock",
            "engine",
            "form",
            "kernel",
            "organisation",
            "person",
            "platform"
        })
@NullMarked
package org.greenchannel.worklist;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
