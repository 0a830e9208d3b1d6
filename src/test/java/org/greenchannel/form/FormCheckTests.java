package org.greenchannel.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.greenchannel.form.FormFixture.form;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.greenchannel.engine.FormResource;
import org.greenchannel.kernel.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormCheckTests {

    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("text", "'type':'textfield','validate':{'required':true,'minLength':2,'maxLength':5}"),
            Map.entry("code", "'type':'textfield','validate':{'pattern':'^F[0-9]{2}$'}"),
            Map.entry("plainFact", "'type':'textfield','properties':{'store':'fact'}"),
            Map.entry("area", "'type':'textarea','validate':{'maxLength':10}"),
            Map.entry("whole", "'type':'number','decimalDigits':0,'validate':{'min':0,'max':5}"),
            Map.entry("money", "'type':'number','decimalDigits':2,'validate':{'min':0}"),
            Map.entry("tick", "'type':'checkbox'"),
            Map.entry("must", "'type':'checkbox','validate':{'required':true}"),
            Map.entry("radio", "'type':'radio','values':[{'label':'A','value':'A'},{'label':'B','value':'B'}]"),
            Map.entry("yes", "'type':'radio','values':[{'label':'是','value':true},{'label':'否','value':false}]"),
            Map.entry("grade", "'type':'select','values':[{'label':'1','value':1}]"),
            Map.entry("list", "'type':'checklist','values':[{'label':'A','value':'A'},{'label':'B','value':'B'}]"),
            Map.entry("two", "'type':'checklist','properties':{'min':'2'},'values':[{'label':'A','value':'A'}]"),
            Map.entry("date", "'type':'datetime','subtype':'date'"),
            Map.entry("time", "'type':'datetime','subtype':'time'"),
            Map.entry("moment", "'type':'datetime','subtype':'datetime'"),
            Map.entry("doctor", "'type':'select','properties':{'ref':'account','refRoles':'psychiatrist-initial'}"),
            Map.entry("hospital", "'type':'select','properties':{'ref':'organisation','refFunction':'hospital'}"),
            Map.entry("town", "'type':'select','properties':{'ref':'area'}"),
            Map.entry(
                    "rows",
                    "'type':'dynamiclist','path':'rows','properties':{'min':'1','max':'2'},'components':["
                            + "{'type':'textfield','id':'F_n','key':'n','label':'N','validate':{'required':true}}]"));

    private final FormFixture fixture = new FormFixture();

    private static FormResource single(String name) {
        String key = name.equals("rows") ? "" : "'key':'" + name + "',";
        return form(("{'id':'F_" + name + "','label':'L'," + key + FIELDS.get(name) + "}").replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                // field | value sent | refused by, or - | value kept
                "text | \"  ab \" | - | ab",
                "text | \"a\" | minLength | -",
                "text | \"abcdef\" | maxLength | -",
                "text | \"𠮷𠮷𠮷𠮷𠮷\" | - | 𠮷𠮷𠮷𠮷𠮷",
                "text | null | required | -",
                "text | \"   \" | required | -",
                "text | 12 | type | -",
                "text | [\"ab\"] | type | -",
                "text | \"a\\u0000b\" | characters | -",
                "text | \"a\\nb\" | characters | -",
                "text | \"ab\\ud800\" | characters | -",
                "text | \"a\\u202eb\" | characters | -",
                "code | \"F20\" | - | F20",
                "code | \"X20\" | pattern | -",
                "plainFact | \"410105\" | - | 410105",
                "plainFact | \"某某人\" | code | -",
                "area | \"a\\r\\nb\" | - | `a\nb`",
                "area | \"a\\u0007b\" | characters | -",
                "area | \"12345678901\" | maxLength | -",
                "whole | 3 | - | 3",
                "whole | 3.0 | - | 3",
                "whole | 3.5 | decimals | -",
                "whole | -1 | min | -",
                "whole | 6 | max | -",
                "whole | \"3\" | type | -",
                "whole | true | type | -",
                "whole | 1e400000 | type | -",
                "money | 12.50 | - | 12.5",
                "money | 12.345 | decimals | -",
                "money | 1e20 | type | -",
                "tick | true | - | true",
                "tick | null | - | false",
                "tick | \"true\" | type | -",
                "must | false | required | -",
                "must | true | - | true",
                "radio | \"B\" | - | B",
                "radio | \"C\" | option | -",
                "radio | {} | type | -",
                "yes | true | - | true",
                "yes | \"true\" | option | -",
                "grade | 1 | - | 1",
                "grade | 2 | option | -",
                "list | [\"A\",\"B\"] | - | [A, B]",
                "list | [\"A\",\"A\"] | distinct | -",
                "list | [\"C\"] | option | -",
                "list | [null] | type | -",
                "list | \"A\" | type | -",
                "two | [\"A\"] | minItems | -",
                "date | \"2026-11-21\" | - | 2026-11-21",
                "date | \"2026-02-30\" | date | -",
                "date | \"0000-01-01\" | year | -",
                "date | \"2101-01-01\" | year | -",
                "date | \"2026-11-21T10:00+08:00\" | date | -",
                "date | 20261121 | type | -",
                "time | \"14:05\" | - | 14:05",
                "time | \"14:05+08:00\" | - | 14:05",
                "time | \"25:00\" | date | -",
                "moment | \"2026-11-21T14:05+08:00\" | - | 2026-11-21T14:05+08:00",
                "moment | \"2026-11-21T06:05:09Z\" | - | 2026-11-21T06:05:09Z",
                "moment | \"2026-11-21T14:05\" | zone | -",
                "moment | \"2026-11-21T14:05+24:00\" | date | -",
                "moment | \"2026-11-21T14:05+17:00\" | zone | -",
                "moment | \"9999-01-01T00:00Z\" | year | -",
                "moment | \"2026-11-21\" | date | -",
                "doctor | \"dr.wang\" | - | dr.wang",
                "doctor | \"dr.li\" | option | -",
                "hospital | \"zz-hosp-8\" | - | zz-hosp-8",
                "hospital | \"zz-hosp-9\" | option | -",
                "town | \"410105001000\" | - | 410105001000",
                "town | \"1\" | option | -",
                "rows | [{\"n\":\"x\"}] | - | [{n=x}]",
                "rows | [] | minItems | -",
                "rows | [{\"n\":\"a\"},{\"n\":\"b\"},{\"n\":\"c\"}] | maxItems | -",
                "rows | {\"n\":\"a\"} | type | -",
                "rows | [\"a\"] | type | -",
            })
    void everyTypeIsCheckedStrictly(String name, String sent, String refusedBy, String kept) {
        FormResource form = single(name);
        String json = "{\"" + name + "\":" + sent + "}";
        if (refusedBy != null) {
            assertThat(fixture.refusals(form, json)).containsExactly("/data/" + name + " " + refusedBy);
        } else {
            assertThat(fixture.check(form, json).data().get(name)).hasToString(kept);
        }
    }

    @Test
    void numbersThatAreNoneAreRefused() {
        for (Object number : List.of(Double.NaN, Double.POSITIVE_INFINITY, new BigDecimal("1e999999999"))) {
            assertThat(fixture.refusals(single("money"), Map.of("money", number)))
                    .containsExactly("/data/money type");
        }
    }

    @Test
    void unknownKeysAreRefusedWhereverTheyStand() {
        assertThat(fixture.refusals(single("tick"), "{\"tick\":true,\"other/x\":1}"))
                .containsExactly("/data/other~1x unknown");
        assertThat(fixture.refusals(single("rows"), "{\"rows\":[{\"n\":\"x\",\"m\":1}]}"))
                .containsExactly("/data/rows/0/m unknown");
    }

    @Test
    void rowsAreCheckedOneByOne() {
        assertThat(fixture.refusals(single("rows"), "{\"rows\":[{\"n\":\"x\"},{\"n\":\"\"}]}"))
                .containsExactly("/data/rows/1/n required");
    }

    @Test
    void tooMuchOrTooDeepIsRefusedAtOnce() {
        Object deep = "x";
        for (int i = 0; i < 5000; i++) {
            deep = List.of(deep);
        }
        assertThat(fixture.refusals(single("tick"), Map.of("tick", deep))).containsExactly("/data size");
        assertThat(fixture.refusals(single("tick"), Map.of("tick", "x".repeat(1 << 20))))
                .containsExactly("/data size");
    }

    private static final String CONDITIONAL =
            """
            {"type":"radio","id":"F1","key":"kind","label":"K","values":[{"label":"A","value":"A"},{"label":"B","value":"B"}]},
            {"type":"group","id":"G1","label":"G","conditional":{"hide":"=kind = null or kind != \\"B\\""},"components":[
              {"type":"textfield","id":"F2","key":"why","label":"W","validate":{"required":true},"properties":{"store":"fact"}},
              {"type":"checkbox","id":"F3","key":"sure","label":"S","properties":{"store":"fact"}}]},
            {"type":"textfield","id":"F4","key":"more","label":"M","conditional":{"hide":"=why = null"}}
            """;

    @Test
    void hiddenFieldsAreNeitherRequiredNorKept() {
        FormResult result =
                fixture.check(form(CONDITIONAL), "{\"kind\":\"A\",\"why\":17,\"sure\":true,\"more\":\"x\"}");
        assertThat(result.data()).containsOnlyKeys("kind");
        assertThat(result.facts()).containsEntry("why", null).containsEntry("sure", null);
        assertThat(fixture.refusals(form(CONDITIONAL), "{\"kind\":\"B\"}")).containsExactly("/data/why required");
        assertThat(fixture.refusals(form(CONDITIONAL), "{\"kind\":\"B\",\"why\":17}"))
                .containsExactly("/data/why type");
    }

    @Test
    void rowsHaveConditionsOfTheirOwn() {
        FormResource form = form(
                """
                {"type":"dynamiclist","id":"log","path":"log","label":"L","components":[
                  {"type":"checkbox","id":"F1","key":"reached","label":"R"},
                  {"type":"textfield","id":"F2","key":"reason","label":"R","validate":{"required":true},
                   "conditional":{"hide":"=this.reached = true"}}]}
                """);
        assertThat(fixture.refusals(form, "{\"log\":[{\"reached\":true},{\"reached\":false}]}"))
                .containsExactly("/data/log/1/reason required");
    }

    @Test
    void whatIsComputedIsNeverTakenFromOutside() {
        FormResource form = form(
                """
                {"type":"number","id":"F1","key":"total","label":"T","decimalDigits":2},
                {"type":"expression","id":"F2","key":"half","expression":"=total / 2"}
                """);
        assertThat(fixture.check(form, "{\"total\":5,\"half\":99}").data().get("half"))
                .hasToString("2.5");
    }

    @Test
    void aReadOnlyValueOfTheServerCannotBeChanged() {
        FormResource form = form(
                """
                {"type":"select","id":"F1","key":"doctor","label":"D","readonly":true,"values":[],
                 "properties":{"ref":"account","refRoles":"x","prefill":"viewer.account"}},
                {"type":"select","id":"F2","key":"notice","label":"N","readonly":true,
                 "values":[{"label":"1","value":"RN-01"},{"label":"8","value":"RN-08"}],"properties":{"prefill":"task:notice"}}
                """);
        fixture.properties.put("notice", "RN-01");
        assertThat(fixture.check(form, "{}").data())
                .containsEntry("doctor", "dr.wang")
                .containsEntry("notice", "RN-01");
        assertThat(fixture.refusals(form, "{\"notice\":\"RN-08\"}")).containsExactly("/data/notice stale");
    }

    @Test
    void aReadOnlyAmountIsTheSameHoweverItIsWritten() {
        FormResource form = form(
                """
                {"type":"number","id":"F1","key":"amount","label":"A","readonly":true,"decimalDigits":2,
                 "properties":{"prefill":"variable:claimAmount"}}
                """);
        fixture.variables.put("claimAmount", 1000.0);
        assertThat(fixture.refusals(form, "{\"amount\":1000}")).isEmpty();
        assertThat(fixture.refusals(form, "{\"amount\":1000.5}")).containsExactly("/data/amount stale");
    }

    private static final String RULES =
            """
            - id: V90
              fields: [end]
              valid: 'if start = null or end = null then true else start <= end'
              message: {zh: 顺序不对, en: Wrong order}
            - id: V91
              fields: [start]
              valid: 'if start = null then true else start <= now and date(start) <= today'
              message: {zh: 不能晚于现在, en: Not in the future}
            - id: V92
              fields: [log]
              valid: 'log = null or count(distinct values(log.channel)) >= 2'
              message: {zh: 至少两种方式, en: Two channels}
            - id: V04
              fields: [log]
              valid: 'not(list contains(signers.Earlier, viewer.username))'
              message: {zh: 须由他人, en: Somebody else}
            - id: W1
              fields: [log]
              valid: 'case.level = null or case.level < 3 or case.until > now or task.properties.notice = "RN-01"'
              message: {zh: 请核对, en: Check}
              level: warning
            """;
    private static final String RULED =
            """
            {"type":"datetime","id":"F1","key":"start","label":"S","subtype":"datetime"},
            {"type":"datetime","id":"F2","key":"end","label":"E","subtype":"datetime"},
            {"type":"dynamiclist","id":"log","path":"log","label":"L","components":[
              {"type":"textfield","id":"F3","key":"channel","label":"C"}]}
            """;

    @Test
    void rulesSeeDatesCaseSignersAndTask() {
        fixture.signers.put("Earlier", List.of("dr.li"));
        fixture.variables.put("level", 4);
        fixture.variables.put("until", Date.from(FormFixture.NOW.minusSeconds(60)));
        FormResource form = form(RULED, "{}", RULES);
        String order = "{\"start\":\"2026-11-21T14:05+08:00\",\"end\":\"2026-11-21T06:04Z\"}";
        assertThat(fixture.refusals(form, order)).containsExactly("/data/end V90");
        String equal = "{\"start\":\"2026-11-21T14:05+08:00\",\"end\":\"2026-11-21T06:05Z\"}";
        assertThat(fixture.check(form, equal).warnings())
                .extracting(FormFixture::brief)
                .containsExactly("/data/log W1");
        assertThat(fixture.refusals(form, "{\"start\":\"2026-11-21T14:06+08:00\"}"))
                .containsExactly("/data/start V91");
        assertThat(fixture.refusals(form, "{\"log\":[{\"channel\":\"A\"},{\"channel\":\"A\"}]}"))
                .containsExactly("/data/log V92");
        fixture.properties.put("notice", "RN-01");
        assertThat(fixture.check(form, "{}").warnings()).isEmpty();
        fixture.signers.put("Earlier", List.of("dr.wang"));
        assertThat(fixture.refusals(form, "{}")).containsExactly("/data/log V04");
    }

    @Test
    void rulesAreSilentAboutFieldsAlreadyRefused() {
        fixture.signers.put("Earlier", List.of());
        assertThat(fixture.refusals(
                        form(RULED, "{}", RULES),
                        "{\"start\":\"2026-11-21T14:05+08:00\",\"end\":\"2026-11-21T06:04\"}"))
                .containsExactly("/data/end zone");
    }

    @Test
    void aRuleWithoutAnAnswerRefuses() {
        String rule = "- {id: V93, fields: [tick], valid: 'tick <= now', message: {zh: 甲, en: A}}";
        FormResource form = form("{\"type\":\"checkbox\",\"id\":\"F\",\"key\":\"tick\",\"label\":\"T\"}", "{}", rule);
        assertThatThrownBy(() -> fixture.check(form, "{}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("V93");
        var lenient = new RuleCheck(FormFixture.expressions(), new FormMessages(FormFixture.bundle()), false);
        var definition = new FormLibrary(FormFixture.JSON).chinese(form);
        var outcome = lenient.run(definition, new HashMap<>(Map.of("now", "x", "tick", true)), java.util.Set.of());
        assertThat(outcome.errors()).extracting(FormFixture::brief).containsExactly("/data/tick V93");
    }

    @Test
    void valuesGoWhereTheFormSends() {
        FormResource form = form(
                """
                {"type":"datetime","id":"F1","key":"bornOn","label":"B","subtype":"date","properties":{"store":"person.birthDate"}},
                {"type":"number","id":"F2","key":"age","label":"A","decimalDigits":0,"properties":{"store":"person.estimatedAge"}},
                {"type":"textfield","id":"F3","key":"gName","label":"G","properties":{"store":"guardian.name"}},
                {"type":"number","id":"F4","key":"totalFee","label":"T","decimalDigits":2,"properties":{"store":"fact"}},
                {"type":"datetime","id":"F5","key":"at","label":"T","subtype":"datetime","properties":{"store":"fact"}},
                {"type":"datetime","id":"F6","key":"day","label":"T","subtype":"date","properties":{"store":"fact"}},
                {"type":"number","id":"F7","key":"count","label":"T","decimalDigits":0,"properties":{"store":"fact"}}
                """);
        FormResult result = fixture.check(
                form,
                """
                {"bornOn":"1990-01-02","age":36,"gName":"甲","totalFee":100,"at":"2026-11-21T14:05+08:00",
                 "day":"2026-11-21","count":2}
                """);
        assertThat(result.person()).isEqualTo(Map.of("birthDate", "1990-01-02", "estimatedAge", "36"));
        assertThat(result.guardian()).isEqualTo(Map.of("name", "甲"));
        assertThat(result.facts())
                .containsEntry("totalFee", 100.0)
                .containsEntry("count", 2)
                .containsEntry("at", Date.from(Instant.parse("2026-11-21T06:05:00Z")))
                .containsEntry("day", Date.from(Instant.parse("2026-11-20T16:00:00Z")));
    }

    @Test
    void messagesComeInBothLanguages() {
        assertThatThrownBy(() -> fixture.check(single("whole"), "{\"whole\":6}"))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.type()).isEqualTo("form-invalid");
                    assertThat(problem.errors().get(0).message().zh()).isEqualTo("不能大于 5");
                    assertThat(problem.errors().get(0).message().en()).isEqualTo("Not more than 5");
                });
    }
}
