package org.greenchannel.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.cookie;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrlPattern;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.kernel.Problem;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.person.Persons;
import org.greenchannel.worklist.WorkItems;
import org.greenchannel.worklist.WorkVerbs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Pages and doors over {@link PageStubs}. */
@SpringBootTest(classes = PreviewApplication.class, properties = "greenchannel.demo=true")
@AutoConfigureMockMvc
class PagesTests {

    private static final String ITEM = "/work-items/00000000-0000-4000-8000-0000000000cc";
    private static final String CASE = "/cases/" + PageStubs.NUMBER;

    @Autowired
    MockMvc mvc;

    @Autowired
    AuditLog audit;

    @Autowired
    Accounts accounts;

    @Autowired
    Persons persons;

    @Autowired
    WorkItems work;

    @Autowired
    WorkVerbs verbs;

    private static MockHttpServletRequestBuilder as(String name, MockHttpServletRequestBuilder request) {
        return request.with(user(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/start",
                "/start/emergency",
                "/start/funding-approval",
                ITEM,
                ITEM + "/verbs/assign",
                ITEM + "/verbs/comment",
                "/work-items/to-sign",
                "/deputies",
                "/work-items/00000000-0000-4000-8000-0000000000bb/receipt",
                "/start/sent/" + PageStubs.NUMBER,
                "/cases",
                "/persons",
                "/persons/duplicates",
                CASE,
                CASE + "?tab=submissions",
                CASE + "?tab=documents",
                CASE + "?tab=clocks",
                CASE + "?tab=diagram",
                CASE + "?tab=funding",
                CASE + "?tab=people",
                CASE + "/messages/objection-filed",
                CASE + "/submissions/00000000-0000-4000-8000-000000000001",
                "/notifications",
                "/notifications?state=unread",
                "/oversight/alerts",
                "/oversight/clocks",
                "/oversight/history",
                "/oversight/audit",
                "/oversight/traceability",
                "/oversight/traceability/processes/emergency-admission",
                "/verify",
                "/verify/AB12-CD34",
                "/verify/nothing"
            })
    void everyPageRendersInBothLanguages(String path) throws Exception {
        mvc.perform(as("auditor", get(path + (path.contains("?") ? "&" : "?") + "lang=zh")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("lang=\"zh-CN\"")))
                .andExpect(content().string(not(containsString("??"))));
        mvc.perform(as("auditor", get(path + (path.contains("?") ? "&" : "?") + "lang=en")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("lang=\"en\"")))
                .andExpect(header().string("Content-Language", "en"))
                .andExpect(cookie().value("gc-lang", "en"));
    }

    @Test
    void aPageTellsEveryHeaderOfProtection() throws Exception {
        mvc.perform(get("/login").secure(true))
                .andExpect(header().string("Content-Security-Policy", SecurityConfiguration.CONTENT_POLICY))
                .andExpect(header().string("X-Content-Type-Options", "nosniff"))
                .andExpect(header().string("X-Frame-Options", "DENY"))
                .andExpect(header().string("Referrer-Policy", "no-referrer"))
                .andExpect(header().string("Cross-Origin-Opener-Policy", "same-origin"))
                .andExpect(header().string("Cross-Origin-Resource-Policy", "same-origin"))
                .andExpect(header().string("Strict-Transport-Security", containsString("max-age=31536000")))
                .andExpect(header().exists("Permissions-Policy"))
                .andExpect(header().string("Cache-Control", containsString("no-store")));
        assertThat(SecurityConfiguration.CONTENT_POLICY).doesNotContain("unsafe", "*", "http");
    }

    @Test
    void strangersAreAskedToSignInAndUnknownAddressesDoNotExist() throws Exception {
        mvc.perform(get("/")).andExpect(redirectedUrl("/login"));
        mvc.perform(get("/cases")).andExpect(redirectedUrl("/login"));
        mvc.perform(get("/nonsense")).andExpect(status().isNotFound());
        mvc.perform(as("triage", get("/nonsense"))).andExpect(status().isNotFound());
        mvc.perform(as("triage", get("/actuator/env"))).andExpect(status().isNotFound());
        mvc.perform(get("/login"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("officer")));
    }

    @Test
    void anExpiredSessionOfHtmxAndOfIslandsIsToldInTheirWay() throws Exception {
        mvc.perform(get("/").header("HX-Request", "true"))
                .andExpect(status().isUnauthorized())
                .andExpect(header().string("HX-Redirect", "/login?expired"));
        mvc.perform(post(ITEM + "/claim").header("HX-Request", "true"))
                .andExpect(status().isUnauthorized())
                .andExpect(header().string("HX-Redirect", "/login?expired"));
        mvc.perform(post(ITEM + "/complete")
                        .header("Accept", "application/json")
                        .contentType("application/json")
                        .content("{}"))
                .andExpect(status().isUnauthorized())
                .andExpect(content().contentTypeCompatibleWith("application/problem+json"));
    }

    @Test
    void writesNeedTheTokenAndComeFromHere() throws Exception {
        mvc.perform(as("triage", post(ITEM + "/claim"))).andExpect(status().isForbidden());
        mvc.perform(as("triage", post(ITEM + "/claim")).with(csrf()).header("Sec-Fetch-Site", "cross-site"))
                .andExpect(status().isForbidden());
        mvc.perform(as("triage", post(ITEM + "/claim")).with(csrf()).header("Sec-Fetch-Site", "same-origin"))
                .andExpect(status().is3xxRedirection());
    }

    @Test
    void aVerbIsDoneByAPlainFormAndARefusalSaysWhy() throws Exception {
        String page = ITEM + "/verbs/assign";
        doAnswer(call -> {
                    if (call.getArgument(1).equals("nurse")) {
                        throw Problem.conflict("not-qualified", "测护士");
                    }
                    return work.get(call.getArgument(0), call.getArgument(3));
                })
                .when(verbs)
                .assign(any(), any(), any(), any());
        mvc.perform(as("triage", post(page)).with(csrf()).param("to", "officer").param("reason", "轮班"))
                .andExpect(status().is3xxRedirection())
                .andExpect(redirectedUrlPattern("/work-items/*"));
        mvc.perform(as("triage", post(page)).with(csrf()).param("to", "nurse").param("reason", "轮班中"))
                .andExpect(status().isConflict())
                .andExpect(content().string(containsString("测护士")))
                .andExpect(content().string(containsString("轮班中")));
        mvc.perform(as("triage", get(ITEM + "/verbs/destroy"))).andExpect(status().isNotFound());
        mvc.perform(as("triage", post(page)).param("to", "officer")).andExpect(status().isForbidden());
    }

    @Test
    void signingInIsRecordedAndAnErrorSaysNothing() throws Exception {
        clearInvocations(audit, accounts);
        mvc.perform(post("/login").with(csrf()).param("username", "triage").param("password", PageStubs.PASSWORD))
                .andExpect(redirectedUrl("/"));
        verify(audit).recordApart(any(), argThat((AuditEntry e) -> e.action().equals("login.success")));
        mvc.perform(post("/login").with(csrf()).param("username", "triage").param("password", "wrong"))
                .andExpect(redirectedUrl("/login?failed"));
        mvc.perform(post("/login").with(csrf()).param("username", "nobody").param("password", "wrong"))
                .andExpect(redirectedUrl("/login?failed"));
        verify(accounts).signInFailed("triage");
        verify(accounts).signInFailed("nobody");
        mvc.perform(post("/login").with(csrf()).param("username", "locked").param("password", PageStubs.PASSWORD))
                .andExpect(redirectedUrl("/login?locked=10"));
        verify(audit, times(3))
                .recordApart(
                        eq(null),
                        argThat((AuditEntry e) -> e.action().equals("login.failure")
                                && !e.detail().toString().contains("triage")));
    }

    @Test
    void theApiHashesAPasswordOnceAndForgetsItWhenTheAccountChanges() throws Exception {
        clearInvocations(accounts);
        mvc.perform(get("/api/v1/none"))
                .andExpect(status().isUnauthorized())
                .andExpect(header().string("WWW-Authenticate", containsString("Basic")))
                .andExpect(content().contentTypeCompatibleWith("application/problem+json"));
        for (int i = 0; i < 3; i++) {
            mvc.perform(get("/api/v1/none").with(httpBasic("officer", PageStubs.PASSWORD)))
                    .andExpect(status().isNotFound());
        }
        verify(accounts, times(1)).signInSucceeded("officer");
        mvc.perform(get("/api/v1/none").with(httpBasic("officer", "wrong"))).andExpect(status().isUnauthorized());
        mvc.perform(get("/v3/api-docs")).andExpect(status().isUnauthorized());
        mvc.perform(as("triage", get("/v3/api-docs"))).andExpect(status().isOk());
    }

    @Test
    void aRefusedFormNamesTheFieldsAndASentOneTheReceipt() throws Exception {
        mvc.perform(as("triage", post(ITEM + "/complete"))
                        .with(csrf())
                        .contentType("application/json")
                        .accept("application/json")
                        .content("{\"data\":{}}"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.errors[0].pointer").value("/data/receivedBy"));
        mvc.perform(as("triage", post(ITEM + "/complete"))
                        .with(csrf())
                        .contentType("application/json")
                        .accept("application/json")
                        .content("{\"data\":{\"receivedBy\":\"triage\"},\"version\":3}"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.location").value(ITEM + "/receipt"));
        mvc.perform(as("triage", put(ITEM + "/draft"))
                        .with(csrf())
                        .contentType("application/json")
                        .accept("application/json")
                        .content("{\"data\":{}}"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.savedAt").exists());
    }

    @Test
    void anEmergencyKeepsWhatWasTypedAndPostsTypedData() throws Exception {
        mvc.perform(as("officer", post("/start/emergency")).with(csrf()).param("actDescription", "在路口挥舞木棍拦车"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("在路口挥舞木棍拦车")))
                .andExpect(content().string(containsString("href=\"#f-place\"")));
        mvc.perform(as("officer", post("/start/emergency"))
                        .with(csrf())
                        .param("place", "花园路口")
                        .param("behaviours", "ASSAULT", "WEAPON")
                        .param("ongoing", "true"))
                .andExpect(redirectedUrl("/start/sent/" + PageStubs.NUMBER));
    }

    @Test
    void theSecondToTakeATaskIsToldWhyInItsRow() throws Exception {
        mvc.perform(as("triage", post("/work-items/" + PageStubs.TAKEN + "/claim"))
                        .with(csrf())
                        .header("HX-Request", "true"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("data-row")))
                .andExpect(content().string(containsString("role=\"alert\"")))
                .andExpect(content().string(not(containsString("<html"))));
    }

    @Test
    void identityIsShownForAPurposeOnly() throws Exception {
        clearInvocations(persons);
        mvc.perform(as("triage", post(CASE + "/reveal")).with(csrf()).param("purpose", "CURIOSITY"))
                .andExpect(status().isBadRequest());
        mvc.perform(as("triage", post(CASE + "/reveal")).with(csrf()).param("purpose", "CONTACT_GUARDIAN"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("李示例")));
        verify(persons, times(1)).reveal(any(), any(), any(), eq("CONTACT_GUARDIAN"));
        mvc.perform(as("triage", get(CASE))).andExpect(content().string(not(containsString("张示例"))));
    }

    @Test
    void theAuditLogIsForAuditorsAndARefusalIsRecorded() throws Exception {
        clearInvocations(audit);
        mvc.perform(as("triage", get("/oversight/audit"))).andExpect(status().isForbidden());
        verify(audit, atLeastOnce())
                .recordApart(
                        any(),
                        argThat((AuditEntry e) ->
                                e.action().equals("audit.read") && e.outcome() == AuditEntry.Outcome.DENIED));
        mvc.perform(as("auditor", post("/oversight/audit/verification")).with(csrf()))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("1234")));
    }

    @Test
    void aPaperIsAPdf() throws Exception {
        mvc.perform(as("triage", get(CASE + "/documents/" + PageStubs.DONE)))
                .andExpect(status().isOk())
                .andExpect(content().contentType("application/pdf"));
        mvc.perform(as("triage", get(CASE + "/diagram")))
                .andExpect(content().contentTypeCompatibleWith("application/xml"));
    }

    @Test
    void aCaseNobodyMaySeeIsADesignedPage() throws Exception {
        mvc.perform(as("triage", get("/cases/EA-2026-999999")))
                .andExpect(status().isNotFound())
                .andExpect(content().string(containsString("href=\"/\"")));
    }
}
