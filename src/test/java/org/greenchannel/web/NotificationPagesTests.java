package org.greenchannel.web;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.kernel.Problem;
import org.greenchannel.notification.Channel;
import org.greenchannel.notification.NoticeKind;
import org.greenchannel.notification.NoticePreferences;
import org.greenchannel.notification.Notifications;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultMatcher;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The page of messages, duties and failed mails, and the bell on every page. */
@SpringBootTest(classes = PreviewApplication.class, properties = "greenchannel.demo=true")
@AutoConfigureMockMvc
class NotificationPagesTests {

    private static final String DUTY = "/notifications/duties/" + PageStubs.DONE;
    private static final String MAIL = "/notifications/mails/" + PageStubs.DONE + "/retry";

    @Autowired
    MockMvc mvc;

    @Autowired
    Notifications notifications;

    @Autowired
    NoticePreferences preferences;

    @Autowired
    AuditLog audit;

    @BeforeEach
    void forget() {
        clearInvocations(notifications, audit, preferences);
    }

    private static MockHttpServletRequestBuilder as(String name, MockHttpServletRequestBuilder request) {
        return request.with(user(name));
    }

    private static ResultMatcher shows(String text) {
        return content().string(containsString(text));
    }

    private static ResultMatcher hides(String text) {
        return content().string(not(containsString(text)));
    }

    @Test
    void theBellCountsInWordsAndNoFurtherThanItShould() throws Exception {
        mvc.perform(as("triage", get("/"))).andExpect(shows(">99+<")).andExpect(shows("（99+ 条未读）"));
        mvc.perform(as("auditor", get("/cases?lang=en"))).andExpect(shows("(3 unread)"));
        mvc.perform(as("officer", get("/"))).andExpect(shows("class=\"bell\"")).andExpect(hides("bell-count"));
        mvc.perform(get("/login")).andExpect(hides("class=\"bell\""));
    }

    @Test
    void aPageCountsOnceAndAnAnswerWithoutBellNever() throws Exception {
        mvc.perform(as("triage", get("/notifications"))).andExpect(status().isOk());
        verify(notifications, times(1)).unread(any());
        clearInvocations(notifications);
        mvc.perform(as("triage", post("/notifications/read")).with(csrf()));
        verify(notifications, never()).unread(any());
    }

    @Test
    void aPageComesEvenWhenNothingCanBeCounted() throws Exception {
        doThrow(new DataAccessResourceFailureException("gone"))
                .when(notifications)
                .unread(argThat(viewer -> viewer != null && viewer.username().equals("officer")));
        mvc.perform(as("officer", get("/cases"))).andExpect(status().isOk()).andExpect(hides("bell-count"));
    }

    @Test
    void messagesLeadToTheCaseAndAreMarkedReadByAPost() throws Exception {
        mvc.perform(as("triage", get("/notifications")))
                .andExpect(shows("有新的应急事件，请协助处置"))
                .andExpect(shows("href=\"/cases/" + PageStubs.NUMBER + "\""))
                .andExpect(shows("row unread"))
                .andExpect(shows("cursor=more"));
        verify(notifications, never()).markRead(any(), any());
        String read = "/notifications/" + PageStubs.TAKEN + "/read";
        mvc.perform(as("triage", post(read))).andExpect(status().isForbidden());
        verify(notifications, never()).markRead(any(), any());
        mvc.perform(as("triage", post(read)).with(csrf()).param("state", "unread"))
                .andExpect(redirectedUrl("/notifications?state=unread"));
        verify(notifications).markRead(eq(PageStubs.TAKEN), argThat(viewer -> viewer.username()
                .equals("triage")));
        mvc.perform(as("triage", post("/notifications/read")).with(csrf())).andExpect(redirectedUrl("/notifications"));
        verify(notifications).markAllRead(argThat(viewer -> viewer.username().equals("triage")));
        mvc.perform(get("/notifications")).andExpect(redirectedUrl("/login"));
    }

    @Test
    void withoutMessagesThePageIsCalm() throws Exception {
        mvc.perform(as("officer", get("/notifications")))
                .andExpect(shows("还没有消息"))
                .andExpect(hides("/notifications/read"))
                .andExpect(hides("id=\"duties\""))
                .andExpect(hides("id=\"mails\""));
        mvc.perform(as("officer", get("/notifications?state=unread"))).andExpect(shows("没有未读消息"));
    }

    @Test
    void aDutyIsClosedWithAResultAndTheSecondIsTold() throws Exception {
        mvc.perform(as("triage", get("/notifications")))
                .andExpect(shows("告知监护人：收治决定已作出"))
                .andExpect(shows("value=\"NOT_REACHED\""));
        var done = as("triage", post(DUTY))
                .with(csrf())
                .param("case", PageStubs.CASE.toString())
                .param("result", "REACHED");
        mvc.perform(done).andExpect(redirectedUrl("/notifications")).andExpect(flash().attributeExists("done"));
        verify(notifications).finishDuty(eq(PageStubs.CASE), eq(PageStubs.DONE), eq("REACHED"), any());
        UUID other = PageStubs.TAKEN;
        doThrow(Problem.conflict("duty-done")).when(notifications).finishDuty(any(), eq(other), any(), any());
        mvc.perform(as("triage", post("/notifications/duties/" + other))
                        .with(csrf())
                        .param("case", PageStubs.CASE.toString())
                        .param("result", "REACHED"))
                .andExpect(redirectedUrl("/notifications"))
                .andExpect(flash().attribute("notice", "这项告知义务已由他人办理。"));
        doThrow(Problem.notFound("duty-unknown")).when(notifications).finishDuty(any(), eq(other), any(), any());
        mvc.perform(as("officer", post("/notifications/duties/" + other))
                        .with(csrf())
                        .param("case", PageStubs.CASE.toString())
                        .param("result", "REACHED"))
                .andExpect(status().isNotFound());
    }

    @Test
    void failedMailsAreForThoseWhoMaySendThemAgain() throws Exception {
        mvc.perform(as("auditor", get("/notifications"))).andExpect(shows(MAIL));
        mvc.perform(as("triage", get("/notifications"))).andExpect(hides("/notifications/mails/"));
        mvc.perform(as("triage", post(MAIL)).with(csrf())).andExpect(status().isForbidden());
        verify(notifications, never()).retry(any(), any());
        verify(audit)
                .recordApart(
                        any(),
                        argThat((AuditEntry e) ->
                                e.action().equals("mail.retry") && e.outcome() == AuditEntry.Outcome.DENIED));
        mvc.perform(as("auditor", post(MAIL)).with(csrf())).andExpect(redirectedUrl("/notifications"));
        verify(notifications).retry(eq(PageStubs.DONE), any());
    }

    @Test
    void theBellOfAnOpenPageAsksForItsNumber() throws Exception {
        mvc.perform(as("triage", get("/notifications/unread")))
                .andExpect(content().json("{\"count\":\"99+\",\"words\":\"（99+ 条未读）\"}"));
        mvc.perform(as("auditor", get("/notifications/unread")))
                .andExpect(content().json("{\"count\":\"3\"}"));
    }

    @Test
    void everybodyChoosesHowHeIsTold() throws Exception {
        mvc.perform(as("triage", get("/notifications/preferences")))
                .andExpect(status().isOk())
                .andExpect(shows("法定期限已过"))
                .andExpect(shows("value=\"TASK:MAIL\" checked"))
                .andExpect(shows("value=\"DEADLINE_BREACHED:IN_APP\" aria-describedby=\"always\" disabled"))
                .andExpect(shows("13****00"))
                .andExpect(shows("/notifications/preferences/SMS/verify"))
                .andExpect(hides("/notifications/preferences/CHAT/verify"));
        mvc.perform(as("triage", post("/notifications/preferences")).param("on", "TASK:MAIL"))
                .andExpect(status().isForbidden());
        mvc.perform(as("triage", post("/notifications/preferences"))
                        .with(csrf())
                        .param("on", "TASK:MAIL", "MENTION:CHAT")
                        .param("quietFrom", "21:30")
                        .param("quietUntil", "06:00"))
                .andExpect(redirectedUrl("/notifications/preferences"));
        verify(preferences)
                .save(
                        argThat(wanted -> wanted.has(NoticeKind.MENTION, Channel.CHAT)
                                && !wanted.has(NoticeKind.DECISION, Channel.MAIL)
                                && !wanted.digest()
                                && java.time.LocalTime.of(21, 30).equals(wanted.quietFrom())),
                        any());
        mvc.perform(as("triage", post("/notifications/preferences"))
                        .with(csrf())
                        .param("on", "NONSENSE"))
                .andExpect(status().isBadRequest())
                .andExpect(shows("role=\"alert\""));
    }

    @Test
    void helpIsOneLinkAway() throws Exception {
        mvc.perform(as("triage", get("/cases"))).andExpect(shows("href=\"/help\""));
        mvc.perform(as("triage", get("/help"))).andExpect(status().isOk()).andExpect(shows("常用词语"));
        mvc.perform(get("/help")).andExpect(redirectedUrl("/login"));
    }
}
