/** The hash-chained log of every action and of every look at sensitive data. */
@ApplicationModule(allowedDependencies = {"kernel", "platform"})
@NullMarked
package org.greenchannel.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
