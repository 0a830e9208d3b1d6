/** A person as a whole: search, the page of a person, entries that may be the same person, merging with four eyes. */
@ApplicationModule(
        allowedDependencies = {
            "audit",
            "casefile",
            "clock",
            "community",
            "dossier",
            "engine",
            "form",
            "kernel",
            "organisation",
            "person",
            "platform"
        })
@NullMarked
package org.greenchannel.personfile;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
