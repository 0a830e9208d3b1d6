/** REST API v1. */
@ApplicationModule(
        allowedDependencies = {
            "attachment",
            "audit",
            "casefile",
            "clock",
            "community",
            "document",
            "dossier",
            "engine",
            "form",
            "funding",
            "help",
            "kernel",
            "note",
            "notification",
            "organisation",
            "oversight",
            "person",
            "personfile",
            "platform",
            "rights",
            "worklist"
        })
@NullMarked
package org.greenchannel.integration;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
