package org.greenchannel.web;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** What a phone needs to keep the application on its first screen: a name in the language asked for, icons, where to begin. */
@Controller
class ManifestPage {

    /** The colour of the bar on top, {@code --brand-strong} of the styles. */
    static final String THEME = "#083d33";

    private static final String GROUND = "#f3f5f4";
    private static final String PNG = "image/png";

    private final Show show;

    ManifestPage(Show show) {
        this.show = show;
    }

    @GetMapping(path = "/manifest.webmanifest", produces = "application/manifest+json")
    ResponseEntity<Map<String, Object>> manifest(Locale locale) {
        String name = show.message("app.name");
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePublic())
                .body(Map.ofEntries(
                        Map.entry("id", "/"),
                        Map.entry("name", name + " · " + show.message("app.sub")),
                        Map.entry("short_name", name),
                        Map.entry("description", show.message("manifest.description")),
                        Map.entry("lang", locale.getLanguage().equals("en") ? "en" : "zh-CN"),
                        Map.entry("start_url", "/"),
                        Map.entry("scope", "/"),
                        Map.entry("display", "standalone"),
                        Map.entry("theme_color", THEME),
                        Map.entry("background_color", GROUND),
                        Map.entry("categories", List.of("government", "medical")),
                        Map.entry("icons", icons()),
                        Map.entry("shortcuts", List.of(shortcut()))));
    }

    private static List<Map<String, String>> icons() {
        return List.of(
                icon("icon.svg", "any", "image/svg+xml", "any"),
                icon("icon-192.png", "192x192", PNG, "any"),
                icon("icon-512.png", "512x512", PNG, "any"),
                icon("icon-maskable-512.png", "512x512", PNG, "maskable"));
    }

    private static Map<String, String> icon(String file, String sizes, String type, String purpose) {
        return Map.of("src", "/islands/" + file, "sizes", sizes, "type", type, "purpose", purpose);
    }

    /** Held down, the icon leads straight to the alarm. */
    private Map<String, Object> shortcut() {
        return Map.of(
                "name", show.message("emergency.title"),
                "url", "/start/emergency",
                "icons", List.of(icon("icon-192.png", "192x192", PNG, "any")));
    }
}
