package org.greenchannel.web;

import java.util.Locale;
import java.util.Map;
import org.greenchannel.platform.CurrentUser;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What a device needs where there is no connection: an empty page that belongs to nobody, and who is signed in when it is back. */
@Controller
class OfflinePages {

    private final CurrentUser user;

    OfflinePages(CurrentUser user) {
        this.user = user;
    }

    /** Kept by the service worker and shown in place of a page that cannot be loaded: no name, no token, no data. */
    @GetMapping("/offline")
    String page(Model model, Locale locale) {
        model.addAttribute("english", locale.getLanguage().equals("en"));
        return "web/offline";
    }

    /** Whose session this is and the token its next request has to carry. */
    @GetMapping(path = "/session", produces = "application/json")
    ResponseEntity<Map<String, String>> session(CsrfToken token) {
        return ResponseEntity.ok(Map.of(
                "account",
                user.require().accountId().toString(),
                "header",
                token.getHeaderName(),
                "token",
                token.getToken()));
    }
}
