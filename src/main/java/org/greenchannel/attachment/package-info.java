/** Pictures and papers people add to a case: checked by their content, encrypted at rest, shown without metadata. */
@ApplicationModule(allowedDependencies = {"audit", "casefile", "kernel", "organisation", "platform"})
@NullMarked
package org.greenchannel.attachment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
