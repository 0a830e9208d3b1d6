package org.greenchannel.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

/** What a page asks by itself keeps nobody signed in. */
class IdlenessTests {

    private final Idleness idleness = new Idleness();
    private final MockHttpSession session = new MockHttpSession();

    private int ask(String path) {
        var request = new MockHttpServletRequest("GET", path);
        request.setSession(session);
        var response = new MockHttpServletResponse();
        boolean goesOn = idleness.preHandle(request, response, this);
        return goesOn ? 0 : response.getStatus();
    }

    @Test
    void whatThePageAsksByItselfIsAnsweredWhileThePersonIsThere() {
        session.setMaxInactiveInterval(900);
        assertThat(ask("/")).isZero();
        assertThat(ask("/events")).isZero();
        assertThat(ask("/work-items/0/working")).isZero();
        assertThat(session.isInvalid()).isFalse();
    }

    @Test
    void itEndsTheSessionOfSomebodyWhoLeft() throws InterruptedException {
        session.setMaxInactiveInterval(1);
        assertThat(ask("/cases")).isZero();
        Thread.sleep(600);
        assertThat(ask("/events")).isZero();
        Thread.sleep(600);
        assertThat(ask("/work-items/live")).isEqualTo(204);
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void aPersonWhoDoesSomethingStays() throws InterruptedException {
        session.setMaxInactiveInterval(1);
        assertThat(ask("/cases")).isZero();
        Thread.sleep(600);
        assertThat(ask("/cases")).isZero();
        Thread.sleep(600);
        assertThat(ask("/events")).isZero();
    }
}
