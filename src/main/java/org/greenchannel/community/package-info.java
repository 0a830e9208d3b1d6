/** People the community looks after: registration, colour, care team, visits, agreements, incentive, exchange of lists. */
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
            "person",
            "platform"
        })
@NullMarked
package org.greenchannel.community;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
