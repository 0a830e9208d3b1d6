/** Value types without any framework: viewer, text, problems, pages, money. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.greenchannel.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
