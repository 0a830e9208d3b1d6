package org.greenchannel.web;

import org.greenchannel.document.Documents;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Whether a paper in somebody's hand is the one that was issued; for anybody, says nothing about the person. */
@Controller
class VerifyPage {

    private final Documents papers;

    VerifyPage(Documents papers) {
        this.papers = papers;
    }

    @GetMapping("/verify")
    String ask(@RequestParam(required = false) @Nullable String code, Model model) {
        if (code == null || code.isBlank()) {
            return "web/verify";
        }
        return answer(code, model);
    }

    @GetMapping("/verify/{code}")
    String answer(@PathVariable String code, Model model) {
        String clean = code.strip();
        model.addAttribute("code", clean);
        model.addAttribute("asked", true);
        model.addAttribute("paper", papers.verify(clean).orElse(null));
        return "web/verify";
    }
}
