package org.greenchannel.organisation;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Areas, organisations and the functions bound to them by date; content of the city pack. */
public interface Organisations {
    /** By code. */
    Optional<Organisation> find(String code);

    /** All, by name. */
    List<Organisation> all();

    /** Organisations that hold the function in the area on that day (the area or the nearest one above it). */
    List<Organisation> holders(String function, String area, LocalDate on);

    /** The first holder; problem {@code function-unbound} when nobody holds it. */
    Organisation bound(String function, String area, LocalDate on);

    /** All areas, parents first. */
    List<Area> areas();

    /** By code. */
    Optional<Area> area(String code);

    /** Hospitals to ask for a routing target of D5, in ring order for the area. */
    List<Organisation> ring(String routingTarget, String area);

    /** A section of the city pack's settings, for example {@code clocks} or {@code funding}; empty if absent. */
    Map<String, Object> settings(String section);

    /** The entries of a list of the city pack's settings, for example {@code schedules}; empty if absent. */
    List<Map<String, Object>> items(String key);

    /** Code of the loaded pack, for example {@code zhengzhou}. */
    String city();

    /** A single text setting such as {@code duty.phone}, or the fallback: null only if that is null. */
    String setting(String key, @Nullable String fallback);
}
