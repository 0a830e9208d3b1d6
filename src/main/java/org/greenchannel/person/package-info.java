/** The only tables with personal data: identity, guardians, contacts, encrypted with blind indexes. */
@ApplicationModule(allowedDependencies = {"audit", "kernel", "organisation", "platform"})
@NullMarked
package org.greenchannel.person;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
