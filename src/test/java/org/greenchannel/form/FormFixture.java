package org.greenchannel.form;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.lang.reflect.Constructor;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.greenchannel.engine.Expressions;
import org.greenchannel.engine.FormResource;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Account;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.organisation.Area;
import org.greenchannel.organisation.Organisation;
import org.greenchannel.organisation.Organisations;
import org.springframework.context.support.ResourceBundleMessageSource;
import tools.jackson.databind.json.JsonMapper;

/** The module without a database; FEEL and messages are the real ones. */
final class FormFixture {

    static final Instant NOW = Instant.parse("2026-11-21T06:05:30Z");
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final AtomicInteger DEPLOYMENTS = new AtomicInteger();

    final Map<String, Object> variables = new HashMap<>();
    final Map<String, String> values = new HashMap<>();
    final Map<String, String> properties = new HashMap<>();
    final Map<String, List<String>> signers = new HashMap<>();
    final StoredForms forms;

    FormFixture() {
        this(null, null);
    }

    FormFixture(SubmissionStore submissions, DraftStore drafts) {
        var messages = new FormMessages(bundle());
        Expressions expressions = expressions();
        var references = new References(accounts(), organisations(), ZONE);
        var prefill = new Prefill(JSON, ZONE);
        forms = new StoredForms(
                new FormLibrary(JSON),
                new FormShow(references, prefill, messages),
                new FormAnswers(references, messages, ZONE),
                references,
                prefill,
                messages,
                expressions,
                new RuleCheck(expressions, messages, true),
                submissions,
                drafts,
                Clock.fixed(NOW, ZONE),
                ZONE);
    }

    static ResourceBundleMessageSource bundle() {
        var source = new ResourceBundleMessageSource();
        source.setBasename("messages/form");
        source.setDefaultEncoding("UTF-8");
        source.setFallbackToSystemLocale(false);
        return source;
    }

    /** The evaluator of the engine module, which keeps its class to itself. */
    static Expressions expressions() {
        try {
            Constructor<?> constructor =
                    Class.forName("org.greenchannel.engine.FeelExpressions").getDeclaredConstructor();
            constructor.setAccessible(true);
            return (Expressions) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Accounts accounts() {
        var doctor = new Account(
                UUID.randomUUID(), "dr.wang", "王医生", "zz-hosp-8", Set.of("psychiatrist-initial"), Set.of(), "zh", true);
        Accounts accounts = mock(Accounts.class);
        when(accounts.holders(anyCollection(), eq("zz-hosp-8"))).thenReturn(List.of(doctor));
        when(accounts.displayNames(anyCollection())).thenReturn(Map.of("dr.wang", "王医生", "dr.li", "李医生"));
        return accounts;
    }

    private static Organisations organisations() {
        var hospital = new Organisation(
                "zz-hosp-8",
                new Text("第八医院", "Eighth Hospital"),
                "PSYCHIATRIC_HOSPITAL",
                "410100000000",
                null,
                Set.of());
        var area = new Area("410105001000", new Text("经八路街道", "Jingba Road"), "410105000000", "TOWN");
        Organisations organisations = mock(Organisations.class);
        when(organisations.holders(anyString(), anyString(), any())).thenReturn(List.of(hospital));
        when(organisations.find("zz-hosp-8")).thenReturn(Optional.of(hospital));
        when(organisations.areas()).thenReturn(List.of(area));
        when(organisations.area(anyString())).thenReturn(Optional.empty());
        when(organisations.area(area.code())).thenReturn(Optional.of(area));
        return organisations;
    }

    static FormResource form(String components) {
        return form(components, "{}", "");
    }

    static FormResource form(String components, String english, String rules) {
        String schema =
                "{\"schemaVersion\":16,\"type\":\"default\",\"id\":\"trial\",\"components\":[" + components + "]}";
        return new FormResource("trial", "d" + DEPLOYMENTS.incrementAndGet(), schema, english, rules);
    }

    static Viewer viewer() {
        return new Viewer(
                new UUID(0, 7), "dr.wang", "王医生", "zz-hosp-8", Set.of("psychiatrist-initial"), Set.of("4101"));
    }

    FormContext context() {
        return new FormContext(
                "DiagnosePerson", properties, variables, signers, values, "410105001000", "zz-hosp-8", viewer(), NOW);
    }

    FormResult check(FormResource form, String json) {
        return forms.check(form, map(json), context());
    }

    /** Refusals as {@code pointer rule}. */
    List<String> refusals(FormResource form, Map<String, Object> data) {
        try {
            forms.check(form, data, context());
            return List.of();
        } catch (Problem problem) {
            return problem.errors().stream().map(FormFixture::brief).toList();
        }
    }

    List<String> refusals(FormResource form, String json) {
        return refusals(form, map(json));
    }

    static String brief(FieldError error) {
        return error.pointer() + " " + error.rule();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(String json) {
        return JSON.readValue(json, Map.class);
    }
}
