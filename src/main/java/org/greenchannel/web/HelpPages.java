package org.greenchannel.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.platform.Seeds;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Help: what one's roles do here, the words of the field, the keys. Texts are {@code seeds/help.yaml}. */
@Controller
class HelpPages {

    private static final String FILE = "help.yaml";

    private final Seeds seeds;
    private final CurrentUser user;
    private final Show show;

    HelpPages(Seeds seeds, CurrentUser user, Show show) {
        this.seeds = seeds;
        this.user = user;
        this.show = show;
    }

    /** A word of the field. */
    record Word(String term, String text) {}

    @GetMapping("/help")
    String help(Model model) {
        Viewer viewer = user.require();
        Map<String, Object> texts = seeds.read(FILE);
        var words = new ArrayList<Word>();
        if (texts.get("glossary") instanceof List<?> entries) {
            for (Object entry : entries) {
                words.add(new Word(said(inside(entry, "term")), said(inside(entry, "text"))));
            }
        }
        var roles = new LinkedHashMap<String, String>();
        for (String role : viewer.roles()) {
            String text = said(inside(texts.get("roles"), role));
            if (!text.isEmpty()) {
                roles.put(show.role(role), text);
            }
        }
        model.addAttribute("words", words);
        model.addAttribute("roles", roles);
        return "web/help";
    }

    private String said(Object text) {
        Object own = inside(text, show.locale().getLanguage().equals(Locale.ENGLISH.getLanguage()) ? "en" : "zh");
        return own.toString();
    }

    private static Object inside(@Nullable Object map, String key) {
        Object value = map instanceof Map<?, ?> entries ? entries.get(key) : null;
        return value == null ? "" : value;
    }
}
