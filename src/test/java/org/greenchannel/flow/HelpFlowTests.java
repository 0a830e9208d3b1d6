package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.greenchannel.engine.ProcessGuides;
import org.greenchannel.engine.Processes;
import org.greenchannel.help.HelpBook;
import org.greenchannel.kernel.Text;
import org.greenchannel.platform.LegalBasis;
import org.greenchannel.support.AppTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.yaml.snakeyaml.Yaml;

/** Help over HTTP: nobody and nothing is without it, in both languages, without scripts. */
@AppTest
class HelpFlowTests {

    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    /** Answered at a page, but no page people read: data, files, prints, and what leads somewhere else. */
    private static final Pattern NO_PAGE = Pattern.compile(
            "/(api|fhir|v3|actuator|events|session|sw\\.js|manifest\\.webmanifest|offline|error|login|rights|verify|help|islands)\\b.*"
                    + "|.*/(draft|diagram|unread|live|attachments/\\{id})");

    @LocalServerPort
    private int port;

    @Autowired
    private HelpBook help;

    @Autowired
    private Processes processes;

    @Autowired
    private ProcessGuides guides;

    @Autowired
    private LegalBasis basis;

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Autowired
    private JdbcClient jdbc;

    private static Map<String, Map<String, Object>> seeds(String name) throws java.io.IOException {
        return new Yaml().load(Files.readString(Path.of("seeds", name)));
    }

    private static void bothLanguages(String what, Text text) {
        assertThat(text.zh()).as(what).containsPattern(HAN);
        assertThat(text.en()).as(what).isNotBlank().doesNotContainPattern(HAN);
    }

    @Test
    void everyRoleHasAPageAndATour() throws java.io.IOException {
        var roles = seeds("roles.yaml").get("roles").keySet();
        assertThat(help.roles().stream().map(HelpBook.Named::id)).containsExactlyElementsOf(roles);
        for (String code : roles) {
            HelpBook.RoleHelp role = help.role(code).orElseThrow();
            bothLanguages(code, role.text());
            bothLanguages(code, role.first());
            List<HelpBook.Step> tour = help.tour(List.of(code));
            assertThat(tour).as(code).hasSizeBetween(3, 11);
            tour.forEach(step -> {
                bothLanguages(code + " " + step.id(), step.title());
                bothLanguages(code + " " + step.id(), step.text());
            });
        }
        // what a step shows exists
        String templates = "";
        for (String name : List.of("layout", "worklist")) {
            templates += Files.readString(Path.of("src/main/resources/templates/web/" + name + ".html"));
        }
        for (String code : roles) {
            for (HelpBook.Step step : help.tour(List.of(code))) {
                if (step.at() != null) {
                    assertThat(templates).contains("data-tour=\"" + step.at() + "\"");
                }
            }
        }
    }

    @Test
    void everyTaskOfEveryModelExplainsItself() throws java.io.IOException {
        Map<String, Map<String, Object>> written = new Yaml().load(Files.readString(Path.of("seeds/help.yaml")));
        var named = new TreeSet<String>();
        written.get("tasks")
                .forEach((process, tasks) ->
                        ((Map<?, ?>) tasks).keySet().forEach(task -> named.add(process + " " + task)));
        var found = new TreeSet<String>();
        var next = new ArrayList<String>();
        for (var process : processes.all()) {
            if (!Files.exists(Path.of("processes", process.key()))) {
                continue;
            }
            for (var guide : guides.tasks(process.key())) {
                String name = process.key() + " " + guide.key();
                found.add(name);
                HelpBook.TaskHelp task = help.task(process.key(), guide.key()).orElseThrow();
                bothLanguages(name, task.text());
                assertThat(task.text()).as(name).isNotEqualTo(process.description());
                assertThat(task.guide().basis()).as(name).isNotBlank();
                if (guide.next().isEmpty()) {
                    next.add(name);
                }
                for (String role : guide.roles()) {
                    assertThat(help.role(role).orElseThrow().tasks().stream().flatMap(p -> p.tasks().stream()))
                            .as(name)
                            .contains(guide);
                }
            }
        }
        assertThat(found).hasSizeGreaterThan(200).containsAll(named);
        assertThat(next).as("steps after which nothing is said to come").hasSizeLessThan(40);
    }

    @Test
    void everyPageHasATextAndEveryTextAPage() throws java.io.IOException {
        var pages = new TreeSet<String>();
        requestMappingHandlerMapping.getHandlerMethods().forEach((info, method) -> {
            if (method.getBeanType().getPackageName().equals("org.greenchannel.web")
                    && info.getMethodsCondition().getMethods().contains(RequestMethod.GET)) {
                pages.addAll(info.getPatternValues());
            }
        });
        pages.removeIf(path -> NO_PAGE.matcher(path).matches());
        assertThat(pages).hasSizeGreaterThan(25);
        assertThat(pages.stream().filter(path -> help.pageAt(path).isEmpty())).isEmpty();
        for (Object page : seeds("help.yaml").get("pages").values()) {
            assertThat(pages).containsAll((List<String>) ((Map<String, Object>) page).get("paths"));
        }
        help.pages().forEach(page -> {
            var text = help.page(page.id()).orElseThrow();
            bothLanguages(page.id(), text.title());
            bothLanguages(page.id(), text.text());
            assertThat(text.points()).as(page.id()).isNotEmpty();
            text.points().forEach(point -> bothLanguages(page.id(), point));
        });
    }

    @Test
    void theGlossaryIsFoundInEitherLanguage() {
        var all = help.words("");
        assertThat(all).hasSizeGreaterThanOrEqualTo(60);
        assertThat(all.stream().map(word -> word.term().zh())).doesNotHaveDuplicates();
        for (HelpBook.Word word : all) {
            bothLanguages(word.term().zh(), word.term());
            bothLanguages(word.term().zh(), word.text());
            if (!word.basis().isEmpty()) {
                assertThat(basis.references(word.basis()))
                        .as(word.term().zh() + ": " + word.basis())
                        .isNotEmpty();
            }
        }
        assertThat(help.words("再次").get(0).term().zh()).isEqualTo("再次诊断");
        assertThat(help.words("RE-DIAG").get(0).term().zh()).isEqualTo("再次诊断");
        assertThat(help.words("没有这种词")).isEmpty();
        var visitor = new Visitor(port).signedIn("officer");
        assertThat(visitor.get("/help/words?q=observation").expect(200).body()).contains("留院观察", "精神卫生法29条2款");
        assertThat(visitor.get("/help/words?q=xyzzy").expect(200).body()).contains("没有这个词语");
    }

    @Test
    void helpIsReadWithoutScriptsAndOnlySignedIn() {
        assertThat(new Visitor(port).get("/help/words").status()).isEqualTo(302);
        var visitor = new Visitor(port).signedIn("attending");
        assertThat(visitor.get("/help").expect(200).body()).contains("/help/roles/psychiatrist-attending");
        assertThat(visitor.get("/help/roles/psychiatrist-attending").expect(200).body())
                .contains("检查评估", "/help/tasks/periodic-assessment/AssessInvoluntary", "立即；超过");
        assertThat(visitor.get("/help/tasks/emergency-admission/ServeNoticeToPatient")
                        .expect(200)
                        .body())
                .contains("异议的三日从送达起算", "精神卫生法30条", "接下来可能是");
        assertThat(visitor.get("/help/processes/complaint").expect(200).body()).contains("/help/tasks/complaint/");
        assertThat(visitor.get("/help/pages/work").expect(200).body()).contains("上下移动");
        assertThat(visitor.get("/help/keys").expect(200).body()).contains("Shift");
        assertThat(visitor.get("/help/tour").expect(200).body()).contains("病区主管医师");
        for (String unknown : List.of("roles/x", "pages/x", "processes/x", "tasks/complaint/x", "tasks/x/y")) {
            visitor.get("/help/" + unknown).expect(404);
        }
        // each page leads to its own help
        assertThat(visitor.get("/cases").body()).contains("href=\"/help/pages/cases\"");
        assertThat(visitor.get("/notifications/preferences").body()).contains("href=\"/help/pages/preferences\"");
        assertThat(visitor.get("/cases/NONE-1").body()).contains("href=\"/help\"");
    }

    @Test
    void theTourIsOfferedUntilItIsSeenOrRefusedAndStaysWithTheAccount() {
        var visitor = new Visitor(port).signedIn("veterans");
        jdbc.sql(
                        "delete from help.tour where account_id = (select id from organisation.account where username = 'veterans')")
                .update();
        assertThat(visitor.get("/").expect(200).body()).contains("data-tour-offer", "id=\"tour\"");
        // only where nothing else is looked for
        assertThat(visitor.get("/?view=done").expect(200).body()).doesNotContain("data-tour-offer");
        visitor.post("/help/tour", "/help/tour", Map.of("outcome", "SKIPPED")).expect(302);
        assertThat(new Visitor(port).signedIn("veterans").get("/").body()).doesNotContain("data-tour-offer");
        assertThat(visitor.get("/?view=mine&tour=on").body())
                .contains("id=\"tour\"", "data-asked=\"on\"")
                .doesNotContain("data-tour-offer");
        visitor.post("/help/tour", "/help/tour", Map.of("outcome", "DONE")).expect(302);
        visitor.post("/help/tour", "/help/tour", Map.of("outcome", "SKIPPED")).expect(302);
        assertThat(jdbc.sql("select outcome from help.tour").query(String.class).list())
                .contains("DONE");
        assertThat(visitor.post("/help/tour", "/help/tour", Map.of("outcome", "NEVER"))
                        .status())
                .isBetween(400, 422);
    }

    @Test
    void theApiSaysTheSame() {
        var api = new Api(port);
        var role = api.get("officer", "/api/v1/help/roles/police-officer")
                .expect(200)
                .json();
        assertThat(role.get("tasks").toString()).contains("RecordScene");
        assertThat(role.get("tour")).isNotEmpty();
        var task = api.get("officer", "/api/v1/help/tasks/emergency-admission/AnswerAdmission")
                .expect(200)
                .json();
        assertThat(task.at("/deadline/id").asString()).isEqualTo("HOSPITAL_ANSWER");
        assertThat(task.get("next")).isNotEmpty();
        api.get("officer", "/api/v1/help/tasks/emergency-admission/Nothing").expect(404);
        assertThat(api.get("officer", "/api/v1/help/words?q=RE-DIAG")
                        .expect(200)
                        .json())
                .isNotEmpty();
        api.put("education-none", "/api/v1/me/tour", Map.of("outcome", "DONE")).expect(401);
        api.put("dpf", "/api/v1/me/tour", Map.of()).expect(400);
        api.put("dpf", "/api/v1/me/tour", Map.of("outcome", "DONE")).expect(204);
        assertThat(api.get("dpf", "/api/v1/me/tour")
                        .expect(200)
                        .json()
                        .get("offered")
                        .asBoolean())
                .isFalse();
    }
}
