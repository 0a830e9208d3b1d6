package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Information exchange, meetings and the yearly sweep, every path of the model. */
class InfoExchangeProcessTests {

    private static final String KEY = "info-exchange";
    private static final ProcessHarness HARNESS = new ProcessHarness();

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    @BeforeEach
    void reset() {
        HARNESS.reset();
        HARNESS.steps()
                .answer(
                        "prepareExchange",
                        (parameters, variables) -> Map.of(
                                "exchangePolice", "police-case-handler@org-police",
                                "exchangeCivilAffairs", "civil-affairs@org-civil",
                                "exchangeMedicalInsurance", "medical-insurance@org-insurance",
                                "exchangeDpf", "dpf@org-dpf",
                                "openDifferences", 0));
    }

    @Test
    void everyDepartmentConfirmsItsOwnListAndDifferencesAreResolved() {
        var exchange = HARNESS.start(KEY, "exchangeKind", "EXCHANGE");
        assertThat(HARNESS.open()).containsExactly("ReceiveCivil", "ReceiveDpf", "ReceiveInsurance", "ReceivePolice");
        assertThat(HARNESS.groups("ReceiveCivil")).containsExactly("civil-affairs@org-civil");
        HARNESS.complete("ReceivePolice", "openDifferences", 1);
        HARNESS.complete("ReceiveCivil", "openDifferences", 2);
        HARNESS.complete("ReceiveInsurance", "openDifferences", 2);
        HARNESS.complete("ReceiveDpf", "openDifferences", 2);
        assertThat(HARNESS.open()).containsExactly("ResolveDifferences");
        HARNESS.complete("ResolveDifferences", "openDifferences", 1);
        assertThat(HARNESS.open()).as("not over while one is open").containsExactly("ResolveDifferences");
        HARNESS.complete("ResolveDifferences", "openDifferences", 0);
        assertThat(HARNESS.steps().values("stopClock", "clock")).containsExactly("T48");
        assertThat(HARNESS.outcomes(exchange)).containsExactly("EXCHANGE_DONE");
    }

    @Test
    void withoutDifferencesItEnds() {
        var exchange = HARNESS.start(KEY);
        for (String task : java.util.List.of("ReceivePolice", "ReceiveCivil", "ReceiveInsurance", "ReceiveDpf")) {
            HARNESS.complete(task, "openDifferences", 0);
        }
        assertThat(HARNESS.outcomes(exchange)).containsExactly("EXCHANGE_DONE");
    }

    @ParameterizedTest
    @CsvSource({"MEETING, HoldTownMeeting, T49", "CONFERENCE, HoldConference, T50"})
    void meetingsLeaveMinutes(String kind, String task, String clock) {
        var meeting = HARNESS.start(KEY, "exchangeKind", kind);
        assertThat(HARNESS.open()).containsExactly(task);
        HARNESS.complete(task);
        assertThat(HARNESS.steps().values("startClock", "clock")).containsExactly(clock);
        assertThat(HARNESS.steps().values("stopClock", "clock")).containsExactly(clock);
        assertThat(HARNESS.steps().values("issueDocument", "document")).containsExactly("meeting-minutes");
        assertThat(HARNESS.steps().calls("prepareExchange")).isEmpty();
        assertThat(HARNESS.outcomes(meeting)).containsExactly("MEETING_HELD");
    }

    @Test
    void cluesAreVerifiedByTheCentre() {
        var sweep = HARNESS.start(KEY, "exchangeKind", "SCREENING");
        assertThat(HARNESS.groups("ReportClues")).containsExactly("town-coordinator@org-town");
        HARNESS.complete("ReportClues", "cluesFound", 3);
        assertThat(HARNESS.groups("VerifyClues")).containsExactly("prevention-center@org-preventionCenter");
        HARNESS.complete("VerifyClues");
        assertThat(HARNESS.outcomes(sweep)).containsExactly("SCREENING_DONE");
    }
}
