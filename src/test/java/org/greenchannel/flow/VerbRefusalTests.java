package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.greenchannel.worklist.Verb;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;

/**
 * Every verb in every state of a task, by whoever sees it: what the menu says is not possible is refused for that reason
 * when it is tried, and each refusal says why and what to do, in both languages, on page and API.
 */
@AppTest
class VerbRefusalTests {

    private static final String ITEMS = "/api/v1/work-items/";
    /** What a text that says what to do contains. */
    private static final Pattern ADVICE_ZH = Pattern.compile("请|可以|须");

    private static final Pattern ADVICE_EN =
            Pattern.compile("(?i)please|\\bcan\\b|\\bmay\\b|\\bmust\\b|choose|ask |withdraw it|first");

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    private Api api;
    private final Map<String, Visitor> visitors = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final TreeSet<String> seen = new TreeSet<>();
    private int refusals;

    @BeforeEach
    void open() {
        clock.reset();
        api = new Api(port);
    }

    @Test
    void everyRefusalExplainsItselfAndTheMenuTellsTheTruth() {
        Task task = new Task();
        check("offered", task);
        task.verb("appraiser", "claim", Map.of());
        check("claimed", task);
        task.verb("appraiser", "pause-clock", Map.of("code", "APPRAISAL_MATERIAL", "reason", "待补充材料"));
        check("paused", task);
        task.verb("appraiser", "resume-clock", Map.of());
        task.verb("appraiser", "delegate", Map.of("to", "appraiser2", "reason", "代为准备"));
        check("delegated", task);
        task.verb("appraiser2", "give-back", Map.of());
        task.verb("appraiser", "countersign", Map.of("mode", "ALL", "people", List.of("appraiser2"), "reason", "请复核"));
        check("signers asked", task);
        task.complete();
        check("waiting for signatures", task);
        task.verb("appraiser2", "sign", Map.of("agree", false, "reason", "依据不足"));
        check("refused", task);
        task.complete();
        task.verb("appraiser2", "sign", Map.of());
        check("done", task);

        Task back = new Task();
        back.verb("appraiser", "send-back", Map.of("to", "previous", "reason", "委托事项不明"));
        check("sent back", back);

        assertThat(wrong).as(refusals + " refusals").isEmpty();
        assertThat(seen)
                .as("the table reaches the refusals")
                .contains(
                        "already-claimed",
                        "clock-not-paused",
                        "clock-not-running",
                        "is-delegated",
                        "not-asked-to-sign",
                        "not-delegated",
                        "not-your-delegation",
                        "sign-not-submitted",
                        "signers-none",
                        "waits-for-signatures",
                        "withdraw-not-yours",
                        "work-item-closed");
    }

    /** A task that may stand still, with two people of its role and one of another who sees it. */
    private final class Task {
        private final CourtCase court;
        private final String id;

        Task() {
            court = new CourtCase(api, clock).open("handler", "INVESTIGATION", Map.of());
            court.complete("handler", "RecordFacts");
            court.complete("handler", "ConfirmScreening", Map.of("screeningDecision", "ORDER_APPRAISAL"));
            court.complete("handler", "CommissionAppraisal");
            id = court.journey().item("appraiser", "ReceiveOpinion").get("id").asString();
        }

        JsonNode verb(String user, String verb, Map<String, ?> body) {
            return api.post(user, ITEMS + id + "/" + verb, body).expect(200).json();
        }

        void complete() {
            api.post("appraiser", ITEMS + id + "/complete", Map.of("data", court.answers("ReceiveOpinion")))
                    .expect(200);
        }
    }

    private void check(String state, Task task) {
        for (String user : List.of("appraiser", "appraiser2", "approver")) {
            Api.Answer answer = api.get(user, ITEMS + task.id + "/standing");
            if (answer.status() == 404) {
                continue;
            }
            List<String> verbs = new ArrayList<>();
            for (JsonNode offer : answer.expect(200).json().get("verbs")) {
                String verb = offer.get("verb").asString();
                verbs.add(verb);
                if (!offer.get("refusal").isNull()) {
                    refused(state + ": " + verb + " by " + user, user, task.id, verb, offer.get("refusal"));
                }
            }
            assertThat(verbs).as("one list of verbs").isEqualTo(Verb.codes());
        }
    }

    private void refused(String where, String user, String id, String verb, JsonNode offered) {
        refusals++;
        String type = offered.get("type").asString().replace("/problems/", "");
        seen.add(type);
        explain(where + " offered", offered.get("detail").asString(), ADVICE_EN);
        Api.Answer tried = api.post(user, ITEMS + id + "/" + verb, body(verb));
        if (tried.status() < 400 || !tried.json().get("type").asString().equals("/problems/" + type)) {
            wrong.add(where + ": offered as " + type + ", tried " + tried.status() + " "
                    + tried.json().path("type").asString(""));
            return;
        }
        Visitor visitor = visitors.computeIfAbsent(user, name -> new Visitor(port).signedIn(name));
        String page = HtmlUtils.htmlUnescape(
                visitor.get("/work-items/" + id + "/verbs/" + verb).expect(200).body());
        String note = page.replaceAll("(?s).*role=\"alert\"[^>]*>(.*?)</div></div>.*", "$1")
                .replaceAll("<[^>]*>", " ");
        explain(where + " on the page", note, ADVICE_ZH);
        if (page.contains("<form class=\"card stack\" method=\"post\"")) {
            wrong.add(where + ": the page offers a form for what it refuses");
        }
    }

    private void explain(String where, String text, Pattern advice) {
        if (text.isBlank() || text.contains("{") || !advice.matcher(text).find()) {
            wrong.add(where + ": " + text.strip());
        }
    }

    private static Map<String, Object> body(String verb) {
        Map<String, Object> body = new HashMap<>(Map.of("reason", "试一试", "text", "看一看", "code", "APPRAISAL_MATERIAL"));
        body.put("mode", "ALL");
        body.put("agree", true);
        body.put("people", List.of("appraiser2"));
        body.put("to", verb.equals("send-back") ? "previous" : "appraiser2");
        return body;
    }
}
