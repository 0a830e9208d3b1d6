package org.greenchannel.document;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.casefile.Participant;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Submission;
import org.greenchannel.kernel.Text;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.organisation.Organisation;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.person.Persons;
import org.springframework.context.support.ReloadableResourceBundleMessageSource;

/** A synthetic case with everything papers may show. */
class PaperFixture {

    static final Instant NOW = Instant.parse("2026-11-22T06:05:00Z");
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final UUID CASE = UUID.fromString("00000000-0000-4000-8000-000000000001");
    static final CaseSummary FILE = new CaseSummary(
            CASE,
            "EA-2026-000123",
            "emergency-admission",
            UUID.fromString("00000000-0000-4000-8000-000000000002"),
            "990105001001",
            "INVOLUNTARY_HARM_OTHERS",
            "INVOLUNTARY_HARM_OTHERS",
            "ADMITTED",
            null,
            "zz-hosp-8",
            "police-1",
            NOW.minusSeconds(7200),
            null,
            1);

    final CaseFiles cases = mock();
    final Persons persons = mock();
    final Forms forms = mock();
    final Organisations organisations = mock();
    final Accounts accounts = mock();
    final Blueprints blueprints = new Blueprints();
    final PaperData data = new PaperData(cases, persons, forms, organisations, accounts, ZONE);
    final PaperFormat format = new PaperFormat(data, messages(), ZONE);
    final PaperFonts fonts = new PaperFonts();
    final PaperPress press = new PaperPress(fonts, format);

    PaperFixture() {
        var hospital = new Organisation(
                "zz-hosp-8",
                new Text("绿城精神卫生中心", "Lücheng Mental Health Centre"),
                "PSYCHIATRIC_HOSPITAL",
                "990105000000",
                "0371-00000022",
                Set.of());
        var appraisal = new Organisation(
                "zz-appraisal",
                new Text("中原司法鉴定中心", "Zhongyuan Forensic Appraisal Centre"),
                "APPRAISAL_BODY",
                "990100000000",
                "0371-00000013",
                Set.of());
        when(cases.byId(CASE)).thenReturn(FILE);
        when(cases.participants(CASE)).thenReturn(List.of(new Participant("hospital", "zz-hosp-8")));
        when(organisations.find(anyString())).thenReturn(Optional.empty());
        when(organisations.find("zz-hosp-8")).thenReturn(Optional.of(hospital));
        when(organisations.find("zz-appraisal")).thenReturn(Optional.of(appraisal));
        when(organisations.holders(eq("appraisal"), anyString(), any())).thenReturn(List.of(appraisal));
        when(organisations.setting(anyString(), any())).thenReturn("");
        when(organisations.setting(eq("complaint.health"), any())).thenReturn("0371-00000003");
        when(organisations.setting(eq("complaint.legalAid"), any())).thenReturn("0371-00000010");
        when(organisations.setting(eq("complaint.procuratorate"), any())).thenReturn("0371-00000015");
        when(organisations.setting(eq("time.rollOnRestDay"), any())).thenReturn("true");
        when(accounts.displayNames(anyCollection())).thenReturn(Map.of("doctor-1", "王医师"));
        when(persons.forPaper(any())).thenReturn(person());
        when(forms.latest(any(), anyString())).thenReturn(Optional.empty());
        submitted("handover-sheet", handover());
        submitted("arrival-record", Map.of("arrivalTime", "2026-11-22T12:10:00+08:00", "greenChannel", true));
        submitted("diagnosis", diagnosis());
    }

    final void submitted(String form, Map<String, Object> data) {
        when(forms.latest(CASE, form))
                .thenReturn(Optional.of(new Submission(
                        UUID.randomUUID(),
                        CASE,
                        null,
                        "emergency-admission",
                        "Task",
                        form,
                        "deployment",
                        "doctor-1",
                        NOW,
                        "LEG",
                        "",
                        data)));
    }

    Paper paper(String code, String language, String recipient) {
        Blueprint blueprint = blueprints.get(code);
        Locale locale = Locale.forLanguageTag(language);
        var reader = data.of(FILE, NOW, recipient == null ? Map.of() : Map.of("recipient", recipient));
        var shown = new HashMap<String, String>();
        var values = new HashMap<String, String>();
        blueprint.fields().forEach((name, field) -> {
            List<String> found = reader.values(field.from());
            shown.put(name, format.show(found, field.as(), locale));
            values.put(name, String.join(",", found));
        });
        return new Paper(
                blueprint,
                locale,
                "绿精卫" + blueprint.word() + "字〔2026〕第0001号",
                FILE.number(),
                format.organisation("zz-hosp-8").in(locale),
                format.date(NOW, locale),
                shown,
                values,
                blueprint.signatures().stream().map(label -> label.in(locale)).toList(),
                "ABCD-EFGH-JKMN-PQRS",
                "http://localhost:8080/verify/ABCDEFGHJKMNPQRS");
    }

    static ReloadableResourceBundleMessageSource messages() {
        var source = new ReloadableResourceBundleMessageSource();
        source.setBasename("classpath:messages/document");
        source.setDefaultEncoding("UTF-8");
        source.setFallbackToSystemLocale(false);
        return source;
    }

    private static Map<String, String> person() {
        return Map.of(
                "person.name", "行喆镕",
                "person.sex", "1",
                "person.birthDate", "1990-03-07",
                "person.idNo", "990105199003070017",
                "guardian.name", "食小山",
                "guardian.relation", "PARENT",
                "guardian.phone", "13900000000");
    }

    private static Map<String, Object> handover() {
        return Map.of(
                "sendingParty", "POLICE",
                "senderName", "赵警官",
                "senderPhone", "0371-00000040",
                "senderUnit", "花园路派出所",
                "sendReason", "在小区持木棍追打他人，劝阻后仍不停止",
                "belongings", "手机一部，钥匙一串");
    }

    private static Map<String, Object> diagnosis() {
        return Map.of(
                "doctor", "doctor-1",
                "examStart", "2026-11-22T12:30:00+08:00",
                "examEnd", "2026-11-22T13:20:00+08:00",
                "diagnosisConclusion", "SMD",
                "icd10", "F20.0",
                "dangerToSelf", "NONE",
                "dangerToOthers", "ACT",
                "natureDegreeLikelihood", "持木棍追打他人，受被害妄想支配，短期内再次发生的可能性大。",
                "lessRestrictiveConsidered", "门诊治疗和居家看护均不能防止再次伤人。",
                "needInpatient", true);
    }
}
