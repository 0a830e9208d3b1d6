/** Areas, organisations, functions bound to organisations by date, roles, accounts, the city pack. */
@ApplicationModule(allowedDependencies = {"audit", "kernel", "platform"})
@NullMarked
package org.greenchannel.organisation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
