package org.greenchannel.oversight;

import org.greenchannel.kernel.Text;

/**
 * A document whose mechanisms the product serves.
 *
 * @param code for example {@code S002}
 * @param name title
 * @param city city pack made from it
 */
public record SourceDocument(String code, Text name, String city) {}
