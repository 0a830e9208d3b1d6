package org.greenchannel.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.greenchannel.browser.Pages.Visit;
import org.greenchannel.flow.Hands;
import org.greenchannel.flow.RolePlays;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * What holds for every page: WCAG 2.2 A and AA at a desk and on a phone, nothing cut off at 200 %, every control reached
 * and seen by keyboard alone. The pictures of {@code docs/pictures} are made here: {@code bin/pictures}.
 */
class EveryPageTests extends BrowserTests {

    private static final int DESK = 1440;
    private static final int PHONE = 360;
    private static final int HEIGHT = 900;
    private static final int STOPS_MORE = 25;
    private static final int QUALITY = 70;
    private static final int ENOUGH = 12;

    /** What a keyboard must reach: shown, enabled; of a group of radio buttons one. */
    private static final String CONTROLS = "()=>{const groups=new Set();let n=0;"
            + "for(const e of document.querySelectorAll('a[href],button,input,select,textarea,summary,[tabindex]')){"
            + "if(e.disabled||e.tabIndex<0||e.type==='hidden'||!e.checkVisibility({visibilityProperty:true})||e.closest('[inert]'))continue;"
            + "if(e.type==='radio'){if(groups.has(e.name))continue;groups.add(e.name)}"
            + "e.setAttribute('data-to-reach',n++)}"
            // from the top, also where the page has put the focus on something
            + "const b=document.body;b.tabIndex=-1;b.focus();b.removeAttribute('tabindex');scrollTo(0,0);return n}";

    /** Where the focus is: '' outside the page; and whether one can see it there. */
    private static final String STOP = "()=>{let e=document.activeElement;if(!e||e===document.body)return null;"
            + "let id=e.getAttribute('data-to-reach');"
            + "if(id===null&&e.type==='radio')id=document.querySelector(`input[type=radio][name='${CSS.escape(e.name)}'][data-to-reach]`)?.getAttribute('data-to-reach')??null;"
            + "const seen=x=>!!x&&[null,'::after'].some(part=>{const s=getComputedStyle(x,part);return (s.outlineStyle!=='none'&&parseFloat(s.outlineWidth)>0)||s.boxShadow!=='none'});"
            + "const near=[e,e.parentElement,e.nextElementSibling,e.closest('label'),e.closest('.fjs-input-group')];"
            + "const r=e.getBoundingClientRect();const points=[[.5,.5],[.1,.2],[.9,.2],[.1,.8],[.9,.8]];"
            + "const clear=r.width<2||points.some(([x,y])=>{const at=document.elementFromPoint(r.left+r.width*x,r.top+r.height*y);"
            + "return at&&(e.contains(at)||at.contains(e)||e.labels&&[...e.labels].some(l=>l.contains(at)))});"
            + "return {id,ring:near.some(seen),clear,html:e.outerHTML.slice(0,140)}}";

    private static final String UNREACHED =
            "ids=>[...document.querySelectorAll('[data-to-reach]')].filter(e=>!ids.includes(e.getAttribute('data-to-reach'))"
                    + "&&e.checkVisibility({visibilityProperty:true})).map(e=>e.outerHTML.slice(0,140))";

    /** A form that was walked through may ask whether to leave it; that is looked at elsewhere. */
    private static final String NO_QUESTION = "addEventListener('beforeunload',e=>e.stopImmediatePropagation(),true)";

    private static Map<String, String> places = Map.of();

    @Autowired
    private TestClock clock;

    @Autowired
    private ManagementService management;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mapping;

    private final List<String> faults = new ArrayList<>();

    static List<String> users() {
        return Pages.ALL.stream().map(Visit::user).distinct().toList();
    }

    @ParameterizedTest
    @MethodSource("users")
    void everyPageOf(String user) {
        play();
        List<Visit> visits =
                Pages.ALL.stream().filter(visit -> visit.user().equals(user)).toList();
        open(DESK, HEIGHT);
        enter(user);
        Map<String, String> addresses = new HashMap<>();
        for (Visit visit : visits) {
            tried(visit, () -> addresses.put(visit.name(), atTheDesk(visit)));
        }
        for (Visit visit : visits) {
            tried(visit, () -> onThePhone(visit, Objects.requireNonNull(addresses.get(visit.name()))));
        }
        // English words are longer
        page.navigate("/verify?lang=en");
        for (Visit visit : visits) {
            tried(visit, () -> {
                page.navigate(Objects.requireNonNull(addresses.get(visit.name())));
                fits(visit.name() + " in English");
            });
        }
        // what is chosen is kept with the account
        page.navigate("/verify?lang=zh");
        assertThat(faults).isEmpty();
    }

    @Override
    void open(int width, int height, double scale) {
        super.open(width, height, scale);
        context.addInitScript(NO_QUESTION);
    }

    private void enter(String user) {
        if (user.equals(Pages.HOLDER)) {
            signIn("affairs");
            page.navigate("/cases/" + places.get("case") + "/rights");
            page.locator("input[name=holder]").first().check();
            page.locator("input[name=identityChecked]").check();
            page.locator("main form button[type=submit]").first().click();
            String code = page.locator(".code-big").innerText();
            open(DESK, HEIGHT);
            page.navigate("/rights");
            page.locator("#code").fill(code);
            page.locator("main form button[type=submit]").first().click();
        } else if (!user.isEmpty()) {
            signIn(user);
        }
    }

    /** One case serves all: it is only looked at. */
    private void play() {
        if (places.isEmpty()) {
            clock.reset();
            places = new RolePlays(port, clock, management, Hands.NONE).shown();
        }
    }

    private void tried(Visit visit, Runnable look) {
        try {
            look.run();
        } catch (RuntimeException | AssertionError e) {
            faults.add(visit.name() + ": " + e.getMessage());
            // when nothing answers any more, each page costs a minute
            assertThat(faults).hasSizeLessThan(ENOUGH);
        }
    }

    private String atTheDesk(Visit visit) {
        page.setViewportSize(DESK, HEIGHT);
        String path = visit.path();
        for (Map.Entry<String, String> place : places.entrySet()) {
            path = path.replace("{" + place.getKey() + "}", place.getValue());
        }
        assertThat(page.navigate(path).status()).as(path).isNotEqualTo(HttpStatus.INTERNAL_SERVER_ERROR.value());
        if (visit.link() != null) {
            String[] link = visit.link().split("\\|");
            page.navigate(page.locator(link[0]).first().getAttribute("href") + (link.length > 1 ? link[1] : ""));
        }
        settle();
        String address = page.url();
        picture(visit, DESK);
        accessible(visit.name());
        byKeyboard(visit);
        // 1440 pixels at 200 %
        page.setViewportSize(DESK / 2, HEIGHT / 2);
        fits(visit.name() + " at 200 %");
        return address;
    }

    private void onThePhone(Visit visit, String address) {
        page.setViewportSize(PHONE, HEIGHT);
        page.navigate(address);
        settle();
        picture(visit, PHONE);
        accessible(visit.name());
    }

    /** Until what is drawn by scripts is there. */
    private void settle() {
        if (page.locator("form-viewer").count() > 0) {
            page.locator("form-viewer[data-state=ready]").waitFor();
        }
        if (page.locator("diagram-viewer").count() > 0) {
            // a picture is loaded when somebody looks at it
            page.locator("diagram-viewer").first().scrollIntoViewIfNeeded();
            page.locator("diagram-viewer[data-state=ready]").first().waitFor();
        }
    }

    private void picture(Visit visit, int width) {
        page.screenshot(new Page.ScreenshotOptions()
                .setType(ScreenshotType.JPEG)
                .setQuality(QUALITY)
                .setPath(Path.of(System.getProperty("pictures", "target/pictures/pages"))
                        .resolve(visit.name() + "-" + width + ".jpg")));
    }

    private void byKeyboard(Visit visit) {
        int controls = ((Number) page.evaluate(CONTROLS)).intValue();
        Set<String> reached = new TreeSet<>();
        Set<String> unseen = new TreeSet<>();
        Set<String> ringed = new TreeSet<>();
        for (int stop = 0; stop < controls + STOPS_MORE; stop++) {
            page.keyboard().press("Tab");
            if (!(page.evaluate(STOP) instanceof Map<?, ?> at)) {
                break;
            }
            if (at.get("id") != null) {
                reached.add(String.valueOf(at.get("id")));
            }
            // a field of date or time has several stops, and shows by itself in which part one is
            if (Boolean.TRUE.equals(at.get("ring"))) {
                ringed.add(String.valueOf(at.get("id")));
            } else if (!ringed.contains(String.valueOf(at.get("id")))) {
                unseen.add("no ring: " + at.get("html"));
            }
            if (!Boolean.TRUE.equals(at.get("clear"))) {
                unseen.add("covered: " + at.get("html"));
            }
        }
        assertThat(page.evaluate(UNREACHED, List.copyOf(reached)))
                .as("not reached by keyboard: " + visit.name())
                .isEqualTo(List.of());
        assertThat(unseen).as("focus not seen: " + visit.name()).isEmpty();
    }

    @Test
    void noPageIsMissing() {
        Map<String, String> mapped = new LinkedHashMap<>();
        mapping.getHandlerMethods().forEach((info, method) -> {
            boolean page = method.getReturnType().getParameterType() == String.class
                    && method.getBeanType().getName().startsWith("org.greenchannel.web.")
                    && info.getMethodsCondition().getMethods().contains(RequestMethod.GET)
                    && answersPages(info);
            if (page) {
                info.getPatternValues()
                        .forEach(pattern -> mapped.put(pattern.replaceAll(":.*}$", "}"), method.toString()));
            }
        });
        Set<String> known = Stream.concat(Pages.ALL.stream().map(Visit::route), Pages.LEAD_ON.stream())
                .collect(Collectors.toSet());
        mapped.keySet().removeAll(known);
        assertThat(mapped).as("pages that nobody looks at").isEmpty();
    }

    private static boolean answersPages(RequestMappingInfo info) {
        Set<MediaType> types = info.getProducesCondition().getProducibleMediaTypes();
        return types.isEmpty() || types.contains(MediaType.TEXT_HTML);
    }
}
