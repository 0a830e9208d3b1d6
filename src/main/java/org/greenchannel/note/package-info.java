/** Notes of colleagues to a case, with mentions. */
@ApplicationModule(allowedDependencies = {"audit", "casefile", "kernel", "organisation", "platform"})
@NullMarked
package org.greenchannel.note;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
