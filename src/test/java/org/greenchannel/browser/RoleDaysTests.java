package org.greenchannel.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.ManagementService;
import org.greenchannel.flow.Hands;
import org.greenchannel.flow.RolePlays;
import org.greenchannel.support.TestClock;
import org.greenchannel.support.TimeMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A day of each role, on a phone and at a desk: signs in, finds the task in the list, fills its form in, sends it, sees
 * the receipt and the case. The rest of the cases is played over the REST API.
 */
class RoleDaysTests extends BrowserTests {

    private static final String PHONE = "phone";
    private static final String DESK = "desk";
    private static final String SESSION = "gc-session";
    private static final int FAILURE_LINES = 12;

    @Autowired
    private TestClock clock;

    @Autowired
    private ManagementService management;

    /** Devices on which each account has done something. */
    private final Map<String, Set<String>> devices = new LinkedHashMap<>();

    /** One browser serves all, as at a desk that people share. */
    private final Map<String, Cookie> sessions = new HashMap<>();

    private final List<String> failures = new ArrayList<>();

    @AfterEach
    void realTime() {
        new TimeMachine(clock, management).realTime();
    }

    private RolePlays plays() {
        return new RolePlays(port, clock, management, this::byHand);
    }

    /** The first task of an account is done on a phone, the second at a desk, all others over the API. */
    private boolean byHand(Hands.Task task) {
        Set<String> done = devices.computeIfAbsent(task.user(), user -> new TreeSet<>());
        if (done.size() == 2) {
            return false;
        }
        String device = done.isEmpty() ? PHONE : DESK;
        done.add(device);
        try {
            work(task, device);
            return true;
        } catch (RuntimeException | AssertionError e) {
            failed(task.user() + " " + task.task() + " " + device, e);
            return page.url().endsWith("/receipt") || page.url().contains("/cases/");
        }
    }

    /** Goes on over the API, so that one run shows everything that is wrong. */
    private void failed(String what, Throwable e) {
        failures.add(what + ": "
                + String.valueOf(e.getMessage()).lines().limit(FAILURE_LINES).toList());
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/pictures/failed-" + what.replace(' ', '-') + ".png"))
                .setFullPage(true));
    }

    private void work(Hands.Task task, String device) {
        if (device.equals(PHONE)) {
            page.setViewportSize(360, 740);
        } else {
            page.setViewportSize(1440, 900);
        }
        goOnAs(task.user());
        find(task.caseNumber(), task.itemId());
        new FilledForm(page).fill(task.data());
        send();
        assertThat(page.locator(".number-big")).containsText(task.caseNumber());
        page.navigate("/cases/" + task.caseNumber());
        assertThat(page.locator(".case-head")).containsText(task.caseNumber());
        fits("case");
    }

    /** Signs in at the first task of an account; at the next its session goes on. */
    private void goOnAs(String user) {
        Cookie session = sessions.get(user);
        if (session == null) {
            signIn(user);
            context.cookies().stream()
                    .filter(cookie -> cookie.name.equals(SESSION))
                    .forEach(cookie -> sessions.put(user, cookie));
        } else {
            context.addCookies(List.of(session));
        }
    }

    /** From the list to the task, as one who looks for a case does. */
    private void find(String number, String item) {
        page.navigate("/?view=available&q=" + number);
        Locator title = page.locator("[data-row] a[href*='" + item + "']").first();
        if (title.count() == 0) {
            page.navigate("/?view=mine&q=" + number);
        }
        title.click();
    }

    private void send() {
        page.locator("[data-submits]").first().click();
        Locator dialog = page.locator("dialog[open]");
        page.waitForCondition(() -> page.url().endsWith("/receipt")
                || dialog.count() > 0
                || page.locator("form-viewer .errors").count() > 0);
        if (dialog.count() > 0) {
            dialog.locator("button[value=yes]").click();
            page.waitForCondition(() -> page.url().endsWith("/receipt")
                    || page.locator("form-viewer .errors").count() > 0);
        }
        if (!page.url().endsWith("/receipt")) {
            throw new AssertionError(page.locator("form-viewer .errors").innerText());
        }
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .containsText("已办结");
    }

    /** Every one of them has worked on both devices. */
    private void bothDevices(String... users) {
        Map<String, Set<String>> expected = new HashMap<>();
        for (String user : users) {
            expected.put(user, Set.of(DESK, PHONE));
        }
        assertThat(failures).isEmpty();
        assertThat(devices).containsAllEntriesOf(expected);
    }

    @Test
    void policeAndHospitalFromTheSceneToTheMoney() {
        RolePlays plays = plays();
        plays.emergency();
        plays.emergency();
        bothDevices(
                "officer",
                "approver",
                "triage",
                "social",
                "doctor",
                "affairs",
                "attending",
                "insurance",
                "civil",
                "finance");
    }

    @Test
    void objectionsComplaintsAndUnknownPeople() {
        RolePlays plays = plays();
        plays.objection();
        plays.objection();
        plays.commission();
        plays.tracing();
        plays.tracing();
        bothDevices("redx1", "redx2", "health", "rescue");
    }

    @Test
    void policeProcuratorateCourtAndInstitution() {
        RolePlays plays = plays();
        plays.court();
        plays.court();
        plays.institution();
        plays.institution();
        bothDevices("handler", "appraiser", "approver", "procurator", "judge", "ctoffice", "ctnurse", "ctdoctor");
    }

    @Test
    void careInTheCommunity() {
        RolePlays plays = plays();
        plays.referral();
        plays.referral();
        plays.rehabilitation();
        plays.incentive();
        plays.incentive();
        plays.report();
        plays.report();
        bothDevices("primary", "coordinator", "towncivil", "rehab", "village", "info", "prevention");
    }

    @Test
    void agenciesThatExchangeAndMeet() {
        RolePlays plays = plays();
        plays.exchange();
        plays.exchange();
        bothDevices("primary", "citypolice", "medins", "dpf", "town", "politics");
    }

    /** Who only looks on: supervision, audit, the administrators, agencies that are told. */
    @ParameterizedTest
    @CsvSource({
        "supervisor, /oversight/alerts|/oversight/clocks|/oversight/history|/oversight/traceability",
        "auditor, /oversight/audit|/oversight/history",
        "sysadmin, /notifications|/help",
        "secadmin, /notifications|/help",
        "veterans, /|/notifications|/help"
    })
    void whoOnlyLooksOn(String user, String pages) {
        for (int width : List.of(360, 1440)) {
            open(width, 800);
            signIn(user);
            for (String path : pages.split("\\|")) {
                assertThat(page.navigate(path).status()).as(path).isEqualTo(200);
                check("day-" + user + "-" + width + path.replace('/', '-'));
            }
        }
    }
}
