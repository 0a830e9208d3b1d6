package org.greenchannel.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.greenchannel.support.AppTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * The whole application in the system's Chromium. Every test ends with the check that nothing broke the content policy
 * and that no script failed. With
 * {@code -Dlook=true} pictures go to {@code target/pictures}.
 */
@AppTest
abstract class BrowserTests {

    static final String PASSWORD = "Lvtong-Demo-2026";
    private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    private static final String WATCH = "window.broken=[];document.addEventListener('securitypolicyviolation',"
            + "e=>window.broken.push(e.effectiveDirective+' '+e.blockedURI))";

    /** Bars that stay in sight cover whatever has been scrolled under them; that is no fault of what lies there. */
    private static final String UNSTICK =
            "on=>document.querySelectorAll('.top,.bottom,.submit-bar,.bulk-bar,.case-head')"
                    + ".forEach(bar=>bar.style.position=on?'static':'')";

    /** Whoever wants to look at the pages asks for their pictures; they take a tenth of the time of a run. */
    private static final boolean PICTURES = Boolean.getBoolean("look");

    /** Elements that make the page scroll sideways. */
    private static final String WIDER =
            "()=>{const d=document.documentElement;if(d.scrollWidth<=d.clientWidth)return[];"
                    + "const all=[...document.body.querySelectorAll('*')].filter(e=>e.getBoundingClientRect().right>d.clientWidth"
                    + "&&!e.closest('svg,.table-scroll'));return all.slice(0,5).map(e=>e.outerHTML.slice(0,160))"
                    + ".concat('page '+d.scrollWidth+' in '+d.clientWidth)}";

    /** Errors and the beginning of the page. */
    private static final String WORDS =
            "()=>[...document.querySelectorAll('[role=alert],.errors,.error-text')].map(e=>e.innerText).join('\\n')"
                    + "+'\\n---\\n'+(document.querySelector('main')?.innerText??'').slice(0,1500)";

    private static final int TABS = 120;

    /** Some calls of the driver have no time limit of their own: a browser that answers nothing must not hold up a run. */
    private static final Duration LIMIT = Duration.ofMinutes(8);

    private static final ScheduledExecutorService GUARD = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "browser-guard");
        thread.setDaemon(true);
        return thread;
    });

    private static Chromium chromium;
    private static Browser browser;
    private static volatile boolean killed;
    private ScheduledFuture<?> end = GUARD.schedule(() -> {}, 0, TimeUnit.SECONDS);

    @LocalServerPort
    int port;

    BrowserContext context;
    Page page;
    private final List<String> complaints = new ArrayList<>();

    /** What was on the page when a test failed, for whoever reads the report. */
    @RegisterExtension
    final TestExecutionExceptionHandler failed = (test, fault) -> {
        try {
            String name = getClass().getSimpleName() + "-"
                    + test.getTestMethod().map(Method::getName).orElse("");
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of("target/pictures/failed-" + name + ".png"))
                    .setFullPage(true));
            Object words = page.evaluate(WORDS);
            fault.addSuppressed(
                    new AssertionError("the page was " + page.url() + " at " + Instant.now() + "\n" + words));
        } catch (RuntimeException e) {
            fault.addSuppressed(e);
        }
        throw fault;
    };

    @BeforeAll
    static void start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
        killed = false;
        chromium = Chromium.start();
        browser = chromium.browser();
    }

    @AfterAll
    static void stop() {
        if (!killed) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        if (killed) {
            start();
        }
        Thread test = Thread.currentThread();
        end = GUARD.schedule(() -> kill(test), LIMIT.toSeconds(), TimeUnit.SECONDS);
        open(1280, 900);
    }

    private static void kill(Thread test) {
        System.err.println("The browser is killed after " + LIMIT + "; the test waits at:");
        Stream.of(test.getStackTrace()).forEach(at -> System.err.println("    " + at));
        killed = true;
        Chromium.kill();
    }

    /** A new browser profile with that size of window. */
    void open(int width, int height) {
        open(width, height, 1);
    }

    /**
     * Whether the application may be kept on the device. The driver holds every start of a service worker, and now and
     * then forgets one that the browser had stopped: the page behind it never comes.
     */
    boolean offline() {
        return false;
    }

    /** A window of 1280 by 900 as it is at 200 per cent zoom. */
    void openZoomed() {
        open(640, 450, 2);
    }

    /** As {@link #open(int, int)}, with pixels so many times as large: a small window at 2 is a large one at 200 % zoom. */
    void open(int width, int height, double scale) {
        if (context != null) {
            context.close();
        }
        context = browser.newContext(new Browser.NewContextOptions()
                .setLocale("zh-CN")
                .setTimezoneId("Asia/Shanghai")
                .setBaseURL("http://127.0.0.1:" + port)
                .setDeviceScaleFactor(scale)
                .setServiceWorkers(offline() ? ServiceWorkerPolicy.ALLOW : ServiceWorkerPolicy.BLOCK)
                .setViewportSize(width, height));
        context.addInitScript(WATCH);
        page = context.newPage();
        page.setDefaultTimeout(20_000);
        page.setDefaultNavigationTimeout(40_000);
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            // the browser itself reports every refused request; those are asserted where they matter
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
    }

    @AfterEach
    void close() {
        try {
            assertThat(page.evaluate("window.broken")).as("content policy").isEqualTo(List.of());
            assertThat(complaints).as("scripts").isEmpty();
            context.close();
        } finally {
            end.cancel(false);
        }
    }

    /** Signs in as an account of the demonstration, in a fresh session. */
    void signIn(String username) {
        context.clearCookies(new BrowserContext.ClearCookiesOptions().setName("gc-session"));
        page.navigate("/login?lang=zh");
        page.locator("#username").fill(username);
        page.locator("#password").fill(PASSWORD);
        page.locator("form[data-sign-in] button[type=submit]").click();
        page.waitForURL(url -> !url.contains("/login"));
    }

    /** Clicks what leads to another page and waits until that is there: the old one may say the same. */
    void leave(Locator control) {
        page.evaluate("window.left = true");
        control.click();
        page.waitForFunction("() => !window.left && document.readyState === 'complete'");
    }

    /** Goes to an element as somebody without a mouse does. */
    void tabTo(Locator element) {
        for (int i = 0; i < TABS; i++) {
            if (Boolean.TRUE.equals(element.evaluate("it => it === document.activeElement"))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("not reached by the keyboard: " + element);
    }

    /** Nothing is wider than the window; what is, is named. */
    void fits(String what) {
        assertThat(page.evaluate(WIDER)).as("wider than the window: " + what).isEqualTo(List.of());
    }

    /** WCAG 2.2 A and AA, nothing wider than the window; and a picture of it. */
    void check(String picture) {
        accessible(picture);
        if (!PICTURES) {
            return;
        }
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/pictures/" + picture + ".png"))
                .setFullPage(true));
    }

    /** WCAG 2.2 A and AA, and nothing wider than the window. */
    void accessible(String picture) {
        fits(picture);
        page.evaluate(UNSTICK, true);
        // there are no frames of others here: no second window is needed to put the results together
        var found = new AxeBuilder(page)
                .setLegacyMode(true).withTags(RULES).analyze().getViolations().stream()
                        .map(rule -> rule.getId() + " "
                                + rule.getNodes().stream()
                                        .map(node -> node.getTarget() + "")
                                        .toList())
                        .toList();
        page.evaluate(UNSTICK, false);
        assertThat(found).as("accessibility: " + picture).isEmpty();
        assertThat(page.evaluate("document.compatMode")).isEqualTo("CSS1Compat");
    }
}
