package org.greenchannel.organisation;

import java.util.Set;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * An organisation of the city pack.
 *
 * @param code stable code, for example {@code zz-hosp-8}
 * @param type type code, for example {@code PSYCHIATRIC_HOSPITAL}, {@code POLICE_STATION}
 * @param area area it stands in
 * @param phone duty telephone, or null
 * @param traits codes such as {@code LEVEL2}, {@code GREEN_CHANNEL}
 */
public record Organisation(
        String code, Text name, String type, String area, @Nullable String phone, Set<String> traits) {}
