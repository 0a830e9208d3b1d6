package org.greenchannel.person;

import java.util.UUID;

/**
 * A person as lists show him.
 *
 * @param name masked name such as {@code 张*}, or {@code 无名氏 + serial}
 * @param sex code of GB/T 2261.1
 * @param age age in years as text, or empty
 * @param idNo masked number, or empty
 * @param phone masked phone, or empty
 * @param identityStatus {@code KNOWN}, {@code PARTIAL}, {@code UNKNOWN}
 */
public record MaskedPerson(
        UUID id, String name, String sex, String age, String idNo, String phone, String identityStatus) {}
