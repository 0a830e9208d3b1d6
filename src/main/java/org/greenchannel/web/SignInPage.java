package org.greenchannel.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private final Seeds seeds;
    private final CurrentUser user;
    private final boolean demo;

    SignInPage(Seeds seeds, CurrentUser user, @Value("${greenchannel.demo:false}") boolean demo) {
        this.seeds = seeds;
        this.user = user;
        this.demo = demo;
    }

    /** An account of {@code seeds/demo/accounts.yaml}. */
    record DemoAccount(String username, String password, String name, String organisation, List<String> roles) {}

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
        model.addAttribute("accounts", demo ? accounts() : List.of());
        return "web/login";
    }

    private List<DemoAccount> accounts() {
        var found = new ArrayList<DemoAccount>();
        if (seeds.read("demo/accounts.yaml").get("accounts") instanceof List<?> list) {
            for (Object entry : list) {
                if (entry instanceof Map<?, ?> map) {
                    found.add(new DemoAccount(
                            word(map, "username"),
                            word(map, "password"),
                            word(map, "displayName"),
                            word(map, "organisation"),
                            map.get("roles") instanceof List<?> roles
                                    ? roles.stream().map(String::valueOf).toList()
                                    : List.of()));
                }
            }
        }
        return found;
    }

    private static String word(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? "" : value.toString();
    }
}
