package org.greenchannel.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.greenchannel.kernel.Text;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.platform.Seeds;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The sign-in page; a demonstration lists its accounts. */
@Controller
class SignInPage {

    private static final int NOT_ON_TOUR = Integer.MAX_VALUE;

    private final Seeds seeds;
    private final CurrentUser user;
    private final boolean demo;

    SignInPage(Seeds seeds, CurrentUser user, @Value("${greenchannel.demo:false}") boolean demo) {
        this.seeds = seeds;
        this.user = user;
        this.demo = demo;
    }

    /** An account of {@code seeds/demo/accounts.yaml}; those with a number make up the suggested tour. */
    record DemoAccount(String username, String name, String organisation, Text description, int tour) {}

    @GetMapping("/login")
    String login(
            @RequestParam(required = false) @Nullable String failed,
            @RequestParam(required = false) @Nullable Long locked,
            @RequestParam(required = false) @Nullable String expired,
            @RequestParam(required = false) @Nullable String out,
            Model model) {
        if (user.find().isPresent()) {
            return "redirect:/";
        }
        model.addAttribute("failed", failed != null);
        model.addAttribute("locked", locked);
        model.addAttribute("expired", expired != null);
        model.addAttribute("out", out != null);
        if (demo) {
            Map<String, Object> seed = seeds.read("demo/accounts.yaml");
            model.addAttribute("password", word(seed, "password"));
            var accounts = accounts(seed);
            model.addAttribute(
                    "accounts",
                    accounts.stream().filter(a -> a.tour() < NOT_ON_TOUR).toList());
            model.addAttribute(
                    "others",
                    accounts.stream().filter(a -> a.tour() == NOT_ON_TOUR).toList());
        }
        return "web/login";
    }

    private static List<DemoAccount> accounts(Map<String, Object> seed) {
        var found = new ArrayList<DemoAccount>();
        if (seed.get("accounts") instanceof List<?> list) {
            for (Object entry : list) {
                if (entry instanceof Map<?, ?> map) {
                    Map<?, ?> says = map.get("description") instanceof Map<?, ?> words ? words : Map.of();
                    found.add(new DemoAccount(
                            word(map, "username"),
                            word(map, "name"),
                            word(map, "organisation"),
                            new Text(word(says, "zh"), word(says, "en")),
                            map.get("tour") instanceof Number number ? number.intValue() : NOT_ON_TOUR));
                }
            }
        }
        found.sort(Comparator.comparingInt(DemoAccount::tour));
        return found;
    }

    private static String word(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? "" : value.toString();
    }
}
