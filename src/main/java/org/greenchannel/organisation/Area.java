package org.greenchannel.organisation;

import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * An administrative area.
 *
 * @param code code of the city pack, 12 digits; a parent's code without its trailing zeros is a prefix of its children's
 * @param name name
 * @param parent code of the parent, null for the city
 * @param level {@code CITY}, {@code DISTRICT}, {@code TOWN} or {@code VILLAGE}
 */
public record Area(String code, Text name, @Nullable String parent, String level) {}
