package org.greenchannel.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.notification.Channel;
import org.greenchannel.notification.NoticeKind;
import org.greenchannel.notification.NoticePreferences;
import org.greenchannel.notification.NoticePreferences.Address;
import org.greenchannel.notification.NoticePreferences.Choices;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.platform.ProblemRenderer;
import org.greenchannel.platform.ProblemView;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 我的通知设置: what reaches the viewer how, when it may not disturb him, and where gateways find him. */
@Controller
@RequestMapping("/notifications/preferences")
class PreferencePages {

    private final NoticePreferences preferences;
    private final CurrentUser user;
    private final ProblemRenderer problems;
    private final Show show;

    PreferencePages(NoticePreferences preferences, CurrentUser user, ProblemRenderer problems, Show show) {
        this.preferences = preferences;
        this.user = user;
        this.problems = problems;
        this.show = show;
    }

    @GetMapping
    String page(Model model) {
        Viewer viewer = user.require();
        List<Channel> channels = preferences.available();
        Map<Channel, Address> addresses =
                preferences.addresses(viewer).stream().collect(Collectors.toMap(Address::channel, Function.identity()));
        model.addAttribute("choices", preferences.of(viewer));
        model.addAttribute("kinds", NoticeKind.values());
        model.addAttribute("channels", channels);
        model.addAttribute(
                "gateways",
                channels.stream().filter(channel -> channel != Channel.IN_APP).toList());
        model.addAttribute("addresses", addresses);
        return "web/preferences";
    }

    @PostMapping
    String save(
            @RequestParam(required = false) @Nullable List<String> on,
            @RequestParam(defaultValue = "") String quietFrom,
            @RequestParam(defaultValue = "") String quietUntil,
            @RequestParam(defaultValue = "false") boolean digest,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        return doing("preferences.saved", model, response, redirect, viewer -> {
            try {
                preferences.save(
                        new Choices(
                                chosen(on == null ? List.of() : on), time(quietFrom), time(quietUntil), digest, true),
                        viewer);
            } catch (IllegalArgumentException | java.time.format.DateTimeParseException unknown) {
                throw Problem.badRequest("quiet-hours");
            }
        });
    }

    @PostMapping("/reset")
    String reset(Model model, HttpServletResponse response, RedirectAttributes redirect) {
        return doing("preferences.were-reset", model, response, redirect, preferences::reset);
    }

    @PostMapping("/{channel}/address")
    String address(
            @PathVariable Channel channel,
            @RequestParam(defaultValue = "") String address,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        return doing(
                "preferences.code-sent",
                model,
                response,
                redirect,
                viewer -> preferences.address(channel, address, viewer));
    }

    @PostMapping("/{channel}/verify")
    String verify(
            @PathVariable Channel channel,
            @RequestParam(defaultValue = "") String code,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        return doing(
                "preferences.address-verified",
                model,
                response,
                redirect,
                viewer -> preferences.verify(channel, code, viewer));
    }

    @PostMapping("/{channel}/forget")
    String forget(
            @PathVariable Channel channel, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        return doing("preferences.forgotten", model, response, redirect, viewer -> preferences.forget(channel, viewer));
    }

    private String doing(
            String done,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect,
            java.util.function.Consumer<Viewer> command) {
        try {
            command.accept(user.require());
        } catch (Problem refused) {
            ProblemView view = problems.view(refused, show.locale());
            response.setStatus(view.status());
            model.addAttribute("refusal", view);
            return page(model);
        }
        redirect.addFlashAttribute("done", show.message(done));
        return "redirect:/notifications/preferences";
    }

    private static Map<NoticeKind, Set<Channel>> chosen(List<String> on) {
        var channels = new EnumMap<NoticeKind, Set<Channel>>(NoticeKind.class);
        for (String pair : on) {
            int colon = pair.indexOf(':');
            channels.computeIfAbsent(
                            NoticeKind.valueOf(pair.substring(0, Math.max(0, colon))),
                            kind -> EnumSet.noneOf(Channel.class))
                    .add(Channel.valueOf(pair.substring(colon + 1)));
        }
        return channels;
    }

    private static @Nullable LocalTime time(String text) {
        return text.isBlank() ? null : LocalTime.parse(text);
    }
}
