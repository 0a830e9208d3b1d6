package org.greenchannel.platform;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/** A place in a file of reference data; reading something that is missing or wrong is noted with file and line. */
public final class SeedNode {

    private final Seeds seeds;
    private final String file;
    private final List<String> keys;
    private final @Nullable Object value;
    private final SeedErrors errors;

    private SeedNode(Seeds seeds, String file, List<String> keys, @Nullable Object value, SeedErrors errors) {
        this.seeds = seeds;
        this.file = file;
        this.keys = List.copyOf(keys);
        this.value = value;
        this.errors = errors;
    }

    /** The top of a file; a file that does not exist is an error. */
    public static SeedNode of(Seeds seeds, String file, SeedErrors errors) {
        if (!seeds.exists(file)) {
            errors.add("seeds/" + file + ": missing");
        }
        return new SeedNode(seeds, file, List.of(), seeds.read(file), errors);
    }

    /** The last key on the way to this place. */
    public String key() {
        return keys.isEmpty() ? "" : keys.get(keys.size() - 1);
    }

    /** All keys on the way to this place, with dots between them. */
    public String path() {
        return String.join(".", keys);
    }

    /** Notes an error of this place. */
    public void error(String message) {
        int line = seeds.line(file, keys);
        String place = "seeds/" + file + (line > 0 ? ":" + line : "");
        errors.add(place + (keys.isEmpty() ? "" : " " + String.join(".", keys)) + ": " + message);
    }

    /** Below this place; may be empty. */
    public SeedNode get(String key) {
        Object found = value instanceof Map<?, ?> map ? map.get(key) : null;
        return child(key, found);
    }

    /** Further below this place, by keys with dots between them; may be empty. */
    public SeedNode at(String path) {
        SeedNode node = this;
        for (String key : path.split("\\.")) {
            node = node.get(key);
        }
        return node;
    }

    /** Whether there is anything. */
    public boolean present() {
        return value != null;
    }

    /** The value as it was read. */
    public @Nullable Object value() {
        return value;
    }

    /** Entries of a map, in the order of the file; none when it is missing. */
    public Map<String, SeedNode> entries() {
        var result = new LinkedHashMap<String, SeedNode>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> result.put(String.valueOf(key), child(String.valueOf(key), item)));
        } else if (value != null) {
            error("must be a map");
        }
        return result;
    }

    /** Items of a list, in the order of the file; none when it is missing. */
    public List<SeedNode> items() {
        var result = new ArrayList<SeedNode>();
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                result.add(child(String.valueOf(i), list.get(i)));
            }
        } else if (value != null) {
            error("must be a list");
        }
        return result;
    }

    /** Refuses keys other than these. */
    public void only(String... known) {
        for (Map.Entry<String, SeedNode> entry : entries().entrySet()) {
            if (!Set.of(known).contains(entry.getKey())) {
                entry.getValue().error("unknown key");
            }
        }
    }

    /** This place as text; an error and an empty text when there is none. */
    public String text() {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value);
        }
        error(value == null ? "missing" : "must be a text");
        return "";
    }

    /** Text below this place, which must be there. */
    public String text(String key) {
        return get(key).text();
    }

    /** Text below this place, if it is there. */
    public Optional<String> optional(String key) {
        SeedNode node = get(key);
        return node.present() ? Optional.of(node.text()) : Optional.empty();
    }

    /** Chinese and English below this place, both of which must be there. */
    public Text bilingual() {
        return new Text(text("zh"), text("en"));
    }

    /** A yes or no below this place. */
    public boolean flag(String key, boolean otherwise) {
        SeedNode node = get(key);
        if (node.value instanceof Boolean flag) {
            return flag;
        }
        if (node.present()) {
            node.error("must be true or false");
        }
        return otherwise;
    }

    /** A whole number below this place, which must be there. */
    public int number(String key) {
        SeedNode node = get(key);
        if (node.value instanceof Integer number) {
            return number;
        }
        node.error(node.present() ? "must be a whole number" : "missing");
        return 0;
    }

    /** A day below this place, written in quotes as yyyy-MM-dd; null if it is not there. */
    public @Nullable LocalDate day(String key) {
        SeedNode node = get(key);
        return node.present() ? node.day() : null;
    }

    /** This place as a day; an error and null if it is none. */
    public @Nullable LocalDate day() {
        try {
            return LocalDate.parse(text());
        } catch (DateTimeParseException e) {
            error("must be a day in quotes, yyyy-MM-dd");
            return null;
        }
    }

    /** A list of different texts below this place; empty when it is missing. */
    public Set<String> texts(String key) {
        var result = new TreeSet<String>();
        for (SeedNode item : get(key).items()) {
            if (!result.add(item.text())) {
                item.error("named twice");
            }
        }
        return result;
    }

    private SeedNode child(String key, @Nullable Object found) {
        var path = new ArrayList<>(keys);
        path.add(key);
        return new SeedNode(seeds, file, path, found, errors);
    }
}
