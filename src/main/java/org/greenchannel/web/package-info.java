/** The shell: security, sign-in, pages, layout, error pages, islands. */
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
package org.greenchannel.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
