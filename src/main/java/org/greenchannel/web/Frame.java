package org.greenchannel.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.greenchannel.community.CommunityCare;
import org.greenchannel.help.HelpBook;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.notification.Notifications;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.CurrentUser;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.UriComponentsBuilder;
import org.thymeleaf.context.LazyContextVariable;

/** What every page needs: who is looking, where he may go, the other language. */
@ControllerAdvice(basePackageClasses = Frame.class)
class Frame {

    private static final int MOST = 99;
    private static final String HELP = "/help";

    private final CurrentUser user;
    private final AccessPolicy access;
    private final Organisations organisations;
    private final Notifications notifications;
    private final CommunityCare care;
    private final OfflineForms offline;
    private final HelpBook help;
    private final Show show;

    Frame(
            CurrentUser user,
            AccessPolicy access,
            Organisations organisations,
            Notifications notifications,
            CommunityCare care,
            OfflineForms offline,
            HelpBook help,
            Show show) {
        this.user = user;
        this.access = access;
        this.organisations = organisations;
        this.notifications = notifications;
        this.care = care;
        this.offline = offline;
        this.help = help;
        this.show = show;
    }

    @ModelAttribute
    void frame(HttpServletRequest request, Model model) {
        Optional<Viewer> viewer = user.find();
        boolean english = show.locale().getLanguage().equals("en");
        model.addAttribute("show", show);
        model.addAttribute("viewer", viewer.orElse(null));
        model.addAttribute("lang", english ? "en" : "zh-CN");
        model.addAttribute("otherLanguage", other(request, english ? "zh" : "en"));
        model.addAttribute("offlineForms", offline.enabled());
        model.addAttribute("community", viewer.isPresent() && care.mayRegister(viewer.get()));
        model.addAttribute("oversight", oversight(viewer.orElse(null)));
        viewer.ifPresent(who -> model.addAttribute("unread", unread(who)));
        model.addAttribute("helpAt", helpAt(request));
        model.addAttribute("dutyPhone", organisations.setting("duty.phone", null));
    }

    /** Counted when a page shows its bell, so that answers without one ask nothing; null when there is nothing new. */
    private LazyContextVariable<@Nullable String> unread(Viewer viewer) {
        return new LazyContextVariable<>() {
            @Override
            protected @Nullable String loadValue() {
                try {
                    int count = notifications.unread(viewer);
                    return count == 0 ? null : count > MOST ? MOST + "+" : String.valueOf(count);
                } catch (DataAccessException | TransactionException gone) {
                    // the page that says so must come without the database
                    return null;
                }
            }
        };
    }

    /** Help for the page that is asked for; pages about something more special say so themselves. */
    private String helpAt(HttpServletRequest request) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return pattern == null
                ? HELP
                : help.pageAt(pattern.toString())
                        .map(id -> HELP + "/pages/" + id)
                        .orElse(HELP);
    }

    /** First page of the oversight desk this viewer may open, or null. */
    private @Nullable String oversight(@Nullable Viewer viewer) {
        if (viewer == null) {
            return null;
        }
        if (access.allows(viewer, "oversight.read", Relation.NONE)) {
            return "/oversight/alerts";
        }
        if (access.allows(viewer, "history.read", Relation.NONE)) {
            return "/oversight/history";
        }
        return access.allows(viewer, "audit.read", Relation.NONE) ? "/oversight/audit" : null;
    }

    /** The same page in the other language; a page that answers a POST cannot be asked for again. */
    private static String other(HttpServletRequest request, String language) {
        if (!"GET".equals(request.getMethod()) || request.getAttribute("jakarta.servlet.error.status_code") != null) {
            return "/?lang=" + language;
        }
        String query = request.getQueryString();
        return UriComponentsBuilder.fromPath(request.getRequestURI())
                .query(query)
                .replaceQueryParam("lang", language)
                .build()
                .toUriString();
    }
}
