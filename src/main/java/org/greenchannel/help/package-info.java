/** Help: what each role does, what each page and task is for, words of the field, the guided tour. */
@ApplicationModule(allowedDependencies = {"clock", "document", "engine", "kernel", "platform"})
@NullMarked
package org.greenchannel.help;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
