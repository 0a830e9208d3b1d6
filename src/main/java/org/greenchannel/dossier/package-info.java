/** The whole file of a case in one piece: its story merged from all modules, changes of forms, the print for court or supervision. */
@ApplicationModule(
        allowedDependencies = {
            "attachment",
            "audit",
            "casefile",
            "clock",
            "document",
            "engine",
            "form",
            "funding",
            "kernel",
            "note",
            "organisation",
            "person",
            "platform"
        })
@NullMarked
package org.greenchannel.dossier;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
