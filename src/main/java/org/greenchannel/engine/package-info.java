/** The only package that knows the process engine: deployment, start, complete, correlate, decide, read. */
@ApplicationModule(allowedDependencies = {"audit", "kernel", "platform"})
@NullMarked
package org.greenchannel.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
