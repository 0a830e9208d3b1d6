package org.greenchannel.browser;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every page of the application, with somebody who may see it; {@code EveryPageTests} fails when one is missing. */
final class Pages {

    /** Nobody is signed in. */
    static final String NOBODY = "";

    /** Somebody with a code of the rights page. */
    static final String HOLDER = "a patient with a code";

    /**
     * A page.
     *
     * @param name of its picture
     * @param user who looks at it
     * @param route as the application maps it
     * @param path to go to; {@code {case}} is the number of a played case
     * @param link selector of the link to follow from there, with what to append after a bar; null: the path is the page itself
     */
    record Visit(String name, String user, String route, String path, @Nullable String link) {}

    private Pages() {}

    private static Visit at(String name, String user, String route, String path) {
        return new Visit(name, user, route, path, null);
    }

    private static Visit by(String name, String user, String route, String path, String link) {
        return new Visit(name, user, route, path, link);
    }

    private static Visit here(String name, String user, String route) {
        return new Visit(name, user, route, route, null);
    }

    private static Visit tab(String tab, String user) {
        return at("case-" + tab, user, "/cases/{number}", "/cases/{case}?tab=" + tab);
    }

    private static Visit verb(String verb, String user) {
        return at("verb-" + verb, user, "/work-items/{id}/verbs/{verb}", "/work-items/{task}/verbs/" + verb);
    }

    /** Addresses that only lead on to another page, or answer a piece of one. */
    static final List<String> LEAD_ON =
            List.of("/oversight", "/work-items/{id}/verbs", "/work-items/live", "/rights/{code}");

    /** In the order of people, so that nobody signs in twice. */
    static final List<Visit> ALL = List.of(
            here("login", NOBODY, "/login"),
            here("verify", NOBODY, "/verify"),
            at("verify-unknown", NOBODY, "/verify/{code}", "/verify/ABCD-EFGH-JKLM"),
            here("rights-door", NOBODY, "/rights"),
            here("offline", NOBODY, "/offline"),
            at("rights", HOLDER, "/rights", "/rights"),
            by("rights-request", HOLDER, "/rights/requests/{form}", "/rights", "a[href*='/requests/']"),
            // a psychiatrist: the desk, tasks, a case
            at("work-list-mine", "doctor", "/", "/?view=mine"),
            at("work-list-available", "doctor", "/", "/?view=available"),
            at("work-list-team", "doctor", "/", "/?view=team"),
            at("work-list-done", "doctor", "/", "/?view=done"),
            at("work-list-copied", "doctor", "/", "/?view=copied"),
            at("work-list-empty", "doctor", "/", "/?view=mine&q=EA-1999-000001"),
            at("task", "doctor", "/work-items/{id}", "/work-items/{task}"),
            verb("delegate", "doctor"),
            verb("countersign", "doctor"),
            verb("add-signer", "doctor"),
            verb("send-back", "doctor"),
            verb("copy", "doctor"),
            verb("nudge", "doctor"),
            verb("pause-clock", "doctor"),
            verb("comment", "doctor"),
            here("to-sign", "doctor", "/work-items/to-sign"),
            here("cases", "doctor", "/cases"),
            tab("timeline", "doctor"),
            tab("decisions", "doctor"),
            tab("submissions", "doctor"),
            tab("documents", "doctor"),
            tab("attachments", "doctor"),
            tab("clocks", "doctor"),
            tab("diagram", "doctor"),
            tab("people", "doctor"),
            tab("notes", "doctor"),
            by(
                    "submission",
                    "doctor",
                    "/cases/{number}/submissions/{id}",
                    "/cases/{case}?tab=submissions",
                    "a[href*='/submissions/']:not([href$='/changes'])"),
            by(
                    "changes",
                    "doctor",
                    "/cases/{number}/submissions/{id}/changes",
                    "/cases/{case}?tab=submissions",
                    "a[href*='/submissions/']:not([href$='/changes'])|/changes"),
            by(
                    "attachment",
                    "doctor",
                    "/cases/{number}/attachments/{id}/pages",
                    "/cases/{case}?tab=attachments",
                    "a[href$='/pages']"),
            at("start", "doctor", "/start", "/start"),
            here("deputies", "doctor", "/deputies"),
            here("notifications", "doctor", "/notifications"),
            here("preferences", "doctor", "/notifications/preferences"),
            here("help", "doctor", "/help"),
            here("help-roles", "doctor", "/help/roles"),
            at("help-role", "doctor", "/help/roles/{code}", "/help/roles/psychiatrist-initial"),
            here("help-words", "doctor", "/help/words"),
            here("help-keys", "doctor", "/help/keys"),
            at("help-page", "doctor", "/help/pages/{id}", "/help/pages/work"),
            at("help-process", "doctor", "/help/processes/{key}", "/help/processes/emergency-admission"),
            at("help-task", "doctor", "/help/tasks/{process}/{key}", "/help/tasks/emergency-admission/DiagnosePerson"),
            here("help-tour", "doctor", "/help/tour"),
            here("person-search", "doctor", "/persons"),
            by("person", "doctor", "/persons/{id}", "/cases/{case}", "a.who"),
            at("not-found", "doctor", "/error", "/no-such-page"),
            // an officer in the field
            here("emergency", "officer", "/start/emergency"),
            at("sent", "officer", "/start/sent/{number}", "/start/sent/{case}"),
            at("receipt", "officer", "/work-items/{id}/receipt", "/work-items/{done}/receipt"),
            // the hospital around the doctor
            tab("funding", "insurance"),
            at("case-rights", "affairs", "/cases/{number}/rights", "/cases/{case}/rights"),
            by("message", "affairs", "/cases/{number}/messages/{name}", "/cases/{case}", "a[href*='/messages/']"),
            at("bulk", "doctor", "/work-items/bulk", "/work-items/bulk?verb=assign&item={task}"),
            // the prevention centre: people entered twice
            here("duplicates", "prevention", "/persons/duplicates"),
            at("compare", "prevention", "/persons/{id}/compare/{other}", "/persons/{one}/compare/{other}"),
            at("merge", "prevention", "/persons/merges/{id}", "/persons/merges/{merge}"),
            // the community
            here("community", "primary", "/community"),
            at("start-form", "primary", "/start/{key}", "/start/two-way-referral"),
            at("exchange", "civil", "/community/exchanges/{number}", "/community/exchanges/{exchange}"),
            at("brief", "town", "/cases/{number}/brief", "/cases/{case}/brief"),
            // those who look on
            here("alerts", "health", "/oversight/alerts"),
            here("clocks", "health", "/oversight/clocks"),
            here("delays", "health", "/oversight/delays"),
            here("history", "supervisor", "/oversight/history"),
            here("audit", "auditor", "/oversight/audit"),
            here("traceability", "supervisor", "/oversight/traceability"),
            at(
                    "process",
                    "supervisor",
                    "/oversight/traceability/processes/{key}",
                    "/oversight/traceability/processes/emergency-admission"));
}
