package org.greenchannel.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.greenchannel.form.FormFixture.form;

import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.engine.FormResource;
import org.greenchannel.form.Forms.Answer;
import org.junit.jupiter.api.Test;

class FormViewTests {

    private static final String COMPONENTS =
            """
            {"type":"text","id":"Text_title","text":"# 标题"},
            {"type":"group","id":"G1","label":"时间","components":[
              {"type":"datetime","id":"F1","key":"at","subtype":"datetime","dateLabel":"时刻","properties":{"prefill":"now"}},
              {"type":"datetime","id":"F2","key":"day","subtype":"date","dateLabel":"日期","properties":{"prefill":"variable:since"}}]},
            {"type":"select","id":"F3","key":"doctor","label":"医师","values":[],
             "properties":{"ref":"account","refRoles":"psychiatrist-initial","prefill":"submission:assign.doctor1"}},
            {"type":"select","id":"F4","key":"hospital","label":"医院","values":[],"properties":{"ref":"organisation","refFunction":"hospital"}},
            {"type":"radio","id":"F5","key":"sure","label":"确定","values":[{"label":"是的","value":true},{"label":"不","value":false}],
             "properties":{"prefill":"variable:sure"}},
            {"type":"checklist","id":"F6","key":"ways","label":"方式","values":[{"label":"电话","value":"PHONE"},{"label":"上门","value":"VISIT"}]},
            {"type":"checkbox","id":"F7","key":"signature","label":"签署"},
            {"type":"number","id":"F8","key":"fee","label":"费用","decimalDigits":2,"appearance":{"suffixAdorner":"元"}},
            {"type":"textfield","id":"F9","key":"phone","label":"电话","validate":{"pattern":"^1[0-9]+$"},"properties":{"prefill":"person.phone"}},
            {"type":"dynamiclist","id":"log","path":"log","label":"记录","properties":{"prefill":"submission:contact.log"},"components":[
              {"type":"textfield","id":"F10","key":"who","label":"谁"}]}
            """;
    private static final String ENGLISH =
            """
            {"title":"Trial","fields":{"Text_title":{"text":"# Title"},"G1":{"label":"Times"},"at":{"label":"Moment"},
             "doctor":{"label":"Doctor"},"ways":{"label":"Ways","options":{"PHONE":"Phone","VISIT":"Visit"}},
             "sure":{"options":{"true":"Indeed"}},"fee":{"suffix":"yuan"},"log":{"label":"Log"},"who":{"label":"Who"}}}
            """;

    private final FormFixture fixture = new FormFixture();

    @Test
    void showsTextsOptionsAndValues() {
        fixture.variables.put("since", Date.from(FormFixture.NOW));
        fixture.variables.put("sure", true);
        fixture.values.put("person.phone", "13800000000");
        fixture.values.put("submission:assign.doctor1", "dr.li");
        fixture.values.put("submission:contact.log", "[{\"who\":\"甲\"}]");
        FormResource form = form(COMPONENTS, ENGLISH, "");
        assertThat(fixture.forms.prefillSources(form))
                .containsExactlyInAnyOrder("person.phone", "submission:assign.doctor1", "submission:contact.log");

        FormView view = fixture.forms.view(form, fixture.context(), Locale.ENGLISH);
        assertThat(view.data())
                .containsEntry("at", "2026-11-21T14:05+08:00")
                .containsEntry("day", "2026-11-21")
                .containsEntry("sure", true)
                .containsEntry("phone", "13800000000")
                .containsEntry("log", List.of(Map.of("who", "甲")));
        assertThat(FormFixture.JSON.writeValueAsString(view.schema()))
                .contains("# Title", "\"dateLabel\":\"Moment\"", "\"label\":\"Indeed\"", "\"suffixAdorner\":\"yuan\"")
                .contains("dr.wang", "李医生", "Eighth Hospital", "patternErrorMessage\":\"The format is not right");

        String chinese = FormFixture.JSON.writeValueAsString(
                fixture.forms.view(form, fixture.context(), Locale.CHINESE).schema());
        assertThat(chinese).contains("# 标题", "时刻", "是的", "第八医院", "格式不正确").doesNotContain("Doctor");
    }

    @Test
    void readsAnswersInWords() {
        FormResource form = form(COMPONENTS, ENGLISH, "");
        Map<String, Object> data = FormFixture.map(
                """
                {"at":"2026-11-21T06:05Z","day":"2026-11-01","doctor":"dr.wang","hospital":"zz-hosp-8","sure":false,
                 "ways":["PHONE","VISIT"],"signature":true,"fee":100,"log":[{"who":"甲"},{"who":null}]}
                """);
        var submission = new Submission(
                UUID.randomUUID(),
                UUID.randomUUID(),
                null,
                "p",
                "t",
                "trial",
                "d",
                "dr.wang",
                FormFixture.NOW,
                "LEG",
                "",
                data);
        assertThat(fixture.forms.answers(submission, form, Locale.CHINESE))
                .containsExactly(
                        new Answer("at", "时间", "时刻", "2026年11月21日 14:05"),
                        new Answer("day", "时间", "日期", "2026年11月1日"),
                        new Answer("doctor", "", "医师", "王医生"),
                        new Answer("hospital", "", "医院", "第八医院"),
                        new Answer("sure", "", "确定", "不"),
                        new Answer("ways", "", "方式", "电话、上门"),
                        new Answer("signature", "", "签署", "是"),
                        new Answer("fee", "", "费用", "100 元"),
                        new Answer("log[0].who", "记录（1）", "谁", "甲"),
                        new Answer("log[1].who", "记录（2）", "谁", ""));
        assertThat(fixture.forms.answers(submission, form, Locale.ENGLISH))
                .contains(
                        new Answer("at", "Times", "Moment", "2026-11-21 14:05"),
                        new Answer("hospital", "", "医院", "Eighth Hospital"),
                        new Answer("ways", "", "Ways", "Phone, Visit"),
                        new Answer("signature", "", "签署", "Yes"),
                        new Answer("log[0].who", "Log (1)", "Who", "甲"));
    }

    @Test
    void canonicalTextDoesNotDependOnOrderOrWriting() {
        var json = new CanonicalJson(FormFixture.JSON);
        String one = json.write(FormFixture.map("{\"b\":[1.50,null],\"a\":{\"y\":\"\\u00e9\",\"x\":1e3}}"));
        String other = json.write(FormFixture.map("{ \"a\":{\"x\":1000,\"y\":\"é\"}, \"b\":[1.5,null]}"));
        assertThat(one).isEqualTo(other).isEqualTo("{\"a\":{\"x\":1000,\"y\":\"é\"},\"b\":[1.5,null]}");
        assertThat(CanonicalJson.digest("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
