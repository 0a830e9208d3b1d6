/** Recipients, texts and deliveries over the outbox. */
@ApplicationModule(
        allowedDependencies = {
            "audit",
            "casefile",
            "clock",
            "document",
            "engine",
            "funding",
            "kernel",
            "note",
            "organisation",
            "oversight",
            "person",
            "personfile",
            "platform",
            "worklist"
        })
@NullMarked
package org.greenchannel.notification;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
