package org.greenchannel.kernel;

import java.util.UUID;

/**
 * The two names of a case.
 *
 * @param id key inside the system, business key of its process instances
 * @param number the number people use, for example {@code EA-2026-000123}
 */
public record CaseRef(UUID id, String number) {}
