package org.greenchannel.kernel;

/**
 * One refused field.
 *
 * @param pointer JSON pointer into the submitted data, for example {@code /data/arrivalTime}
 * @param rule id of the rule that refused it ({@code required}, {@code type}, {@code V03}, …)
 * @param message what is wrong and what to do, in both languages
 */
public record FieldError(String pointer, String rule, Text message) {}
