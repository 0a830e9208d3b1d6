package org.greenchannel.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;

class QuickFormsTests {

    private final QuickForms forms = new QuickForms(ZoneId.of("Asia/Shanghai"));

    @Test
    void readsTheIncidentReportAndTypesWhatWasPosted() {
        var posted = new LinkedMultiValueMap<String, String>();
        posted.put("behaviours", List.of("ASSAULT", "WEAPON"));
        posted.add("victimCount", "2");
        posted.add("ongoing", "true");
        posted.add("personKnown", "true");
        posted.add("description", "never sent: hidden when the person is known");
        posted.add("incidentTime", "2026-11-22T10:05");
        posted.add("place", "  ");
        Map<String, Object> data = forms.data(forms.fields(PageStubs.form("incident-report"), posted));
        assertThat(data)
                .containsEntry("behaviours", List.of("ASSAULT", "WEAPON"))
                .containsEntry("victimCount", 2L)
                .containsEntry("ongoing", true)
                .containsEntry("dangerToSelfSeen", false)
                .containsEntry("incidentTime", "2026-11-22T10:05+08:00")
                .doesNotContainKeys("description", "place", "somaticState");
    }

    @Test
    void whatIsNoNumberGoesOnToTheCheckOfTheForm() {
        var posted = new LinkedMultiValueMap<String, String>();
        posted.add("victimCount", "two");
        assertThat(forms.data(forms.fields(PageStubs.form("incident-report"), posted)))
                .containsEntry("victimCount", "two");
    }

    @Test
    void momentsShowInTheCitysTime() {
        var field = forms.fields(PageStubs.form("incident-report"), null).stream()
                .filter(f -> f.key().equals("reportTime"))
                .findFirst()
                .orElseThrow();
        assertThat(field.values()).containsExactly("2026-11-22T10:05");
    }
}
