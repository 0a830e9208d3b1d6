package org.greenchannel.organisation;

import java.text.Collator;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.greenchannel.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers from the pack that was loaded at the start. */
@Component
class StoredOrganisations implements Organisations {

    private final Directory directory;
    private final Map<String, Object> settings;
    private final String city;

    StoredOrganisations(SeedLoader loader) {
        this.directory = loader.directory();
        this.settings = loader.pack().settings();
        this.city = loader.pack().city();
    }

    @Override
    public Optional<Organisation> find(String code) {
        return Optional.ofNullable(directory.organisation(code));
    }

    @Override
    public List<Organisation> all() {
        Collator chinese = Collator.getInstance(Locale.CHINA);
        return directory.active().stream()
                .sorted(Comparator.comparing(one -> one.name().zh(), chinese))
                .toList();
    }

    @Override
    public List<Organisation> holders(String function, String area, LocalDate on) {
        return directory.holders(function, area, on);
    }

    @Override
    public Organisation bound(String function, String area, LocalDate on) {
        return directory.holders(function, area, on).stream()
                .findFirst()
                .orElseThrow(() -> Problem.conflict("function-unbound", function, area));
    }

    @Override
    public List<Area> areas() {
        return List.copyOf(directory.areas().values());
    }

    @Override
    public Optional<Area> area(String code) {
        return Optional.ofNullable(directory.areas().get(code));
    }

    @Override
    public List<Organisation> ring(String routingTarget, String area) {
        return directory.ring(routingTarget, area);
    }

    @Override
    public Map<String, Object> settings(String section) {
        if (!(at(section) instanceof Map<?, ?> map)) {
            return Map.of();
        }
        var result = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> result.put(String.valueOf(key), value));
        return result;
    }

    @Override
    public List<Map<String, Object>> items(String key) {
        if (!(at(key) instanceof List<?> list)) {
            return List.of();
        }
        var items = new ArrayList<Map<String, Object>>();
        for (Object entry : list) {
            var item = new LinkedHashMap<String, Object>();
            if (entry instanceof Map<?, ?> map) {
                map.forEach((name, value) -> item.put(String.valueOf(name), value));
            }
            items.add(item);
        }
        return items;
    }

    @Override
    public String city() {
        return city;
    }

    /** Null only if the fallback is null. */
    @Override
    @SuppressWarnings("NullAway")
    public String setting(String key, @Nullable String fallback) {
        Object value = at(key);
        if (value != null && !(value instanceof Map) && !(value instanceof List)) {
            return String.valueOf(value);
        }
        return fallback;
    }

    private @Nullable Object at(String path) {
        Object value = settings;
        for (String key : path.split("\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }
}
