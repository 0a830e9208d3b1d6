package org.greenchannel.web;

import jakarta.servlet.http.HttpSession;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Searches whose words may name a person: kept with the session under a mark, so that no address ever holds them. */
final class Searches {

    private static final String KEPT = Searches.class.getName();
    private static final int MOST = 20;

    private Searches() {}

    /** A search. @param named whether people were looked up, on record */
    record Search(String words, Set<UUID> persons, boolean named) {}

    static String keep(HttpSession session, Search search) {
        Map<String, Search> kept = new LinkedHashMap<>(all(session));
        while (kept.size() >= MOST) {
            kept.remove(kept.keySet().iterator().next());
        }
        String mark = UUID.randomUUID().toString().substring(0, 8);
        kept.put(mark, search);
        session.setAttribute(KEPT, kept);
        return mark;
    }

    static @Nullable Search find(@Nullable HttpSession session, @Nullable String mark) {
        return session == null || mark == null ? null : all(session).get(mark);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Search> all(HttpSession session) {
        return session.getAttribute(KEPT) instanceof Map<?, ?> map ? (Map<String, Search>) map : Map.of();
    }
}
