package org.greenchannel.engine;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a step sees of the process: codes and ids only. */
public interface StepContext {
    /** Case. */
    UUID caseId();

    /** Process key. */
    String processKey();

    /** Engine instance. */
    String processInstanceId();

    /** Id of the element. */
    String activityId();

    /** Parameter of the model; {@link IllegalStateException} if it is missing. */
    String parameter(String name);

    /** Parameter of the model, if given and not blank. */
    Optional<String> optional(String name);

    /** All parameters of the model by name; an expression without a value is null. */
    Map<String, @Nullable Object> parameters();

    /** Process variable, or null. */
    @Nullable
    Object variable(String name);

    /** Sets a process variable: string, boolean, integer, long, double or date, never personal data. */
    void set(String name, @Nullable Object value);

    /** Now. */
    Instant now();
}
