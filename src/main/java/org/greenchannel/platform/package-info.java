/** Technical ground: database, clock bean, cipher, problem details, messages, seeds, current user. */
@ApplicationModule(allowedDependencies = {"kernel"})
@NullMarked
package org.greenchannel.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
