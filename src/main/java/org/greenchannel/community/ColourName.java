package org.greenchannel.community;

import org.greenchannel.kernel.Text;

/**
 * A colour of the city's set ({@code colour.set} of the pack).
 *
 * @param name name of the colour
 * @param label what it means for the work
 * @param intervalDays days at most until the next visit
 */
public record ColourName(String code, Text name, Text label, int intervalDays) {}
