/** Form schemas, server-side validation, rules, drafts and submissions. */
@ApplicationModule(allowedDependencies = {"audit", "engine", "kernel", "organisation", "platform"})
@NullMarked
package org.greenchannel.form;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
