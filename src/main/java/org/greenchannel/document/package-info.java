/** Official papers, numbering, rights notices with proof of service, PDF. */
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
package org.greenchannel.document;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
