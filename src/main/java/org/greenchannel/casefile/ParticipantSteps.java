package org.greenchannel.casefile;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.greenchannel.engine.ProcessStep;
import org.greenchannel.engine.StepContext;
import org.greenchannel.kernel.Text;
import org.greenchannel.organisation.Organisation;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.Texts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Steps that decide which organisations take part in a case. */
@Configuration(proxyBeanMethods = false)
class ParticipantSteps {

    private static final String HOSPITAL = "hospital";

    /** Role of a hospital that was asked and had no bed. */
    private static final String ASKED = "hospital-asked";

    /** {@code assignParticipants}: binds the functions of the case's area to organisations, by today's bindings. */
    @Bean
    ProcessStep assignParticipants(CaseFiles cases, Organisations organisations, ZoneId zone) {
        return step -> {
            CaseSummary file = cases.byId(step.caseId());
            for (String function : step.parameter("functions").split(",")) {
                String name = function.strip();
                Organisation holder = organisations.bound(
                        name,
                        step.optional("area").orElse(file.areaCode()),
                        step.now().atZone(zone).toLocalDate());
                cases.participate(file.id(), name, holder.code());
                step.set(name, holder.code());
            }
        };
    }

    /** {@code selectHospital}: the next hospital of the city's ring for a routing target that was not asked before. */
    @Bean
    ProcessStep selectHospital(CaseFiles cases, Organisations organisations, Texts texts) {
        return step -> {
            CaseSummary file = cases.byId(step.caseId());
            Set<String> asked = cases.participants(file.id()).stream()
                    .filter(participant -> participant.role().equals(ASKED))
                    .map(Participant::organisation)
                    .collect(Collectors.toSet());
            String except = step.optional("except").orElse("");
            List<Organisation> ring = organisations.ring(step.parameter("target"), file.areaCode()).stream()
                    .filter(each -> !each.code().equals(except))
                    .toList();
            String preferred = step.optional("preferred").orElse("");
            var next = ring.stream()
                    .filter(each -> each.code().equals(preferred))
                    .findFirst()
                    .or(() -> ring.stream()
                            .filter(each -> !asked.contains(each.code()))
                            .findFirst());
            step.set("hospitalFound", next.isPresent());
            step.set("hospitalsTried", asked.size());
            next.ifPresent(hospital -> ask(step, cases, texts, hospital));
        };
    }

    private static void ask(StepContext step, CaseFiles cases, Texts texts, Organisation hospital) {
        step.set(HOSPITAL, hospital.code());
        cases.participate(step.caseId(), HOSPITAL, hospital.code());
        cases.participate(step.caseId(), ASKED, hospital.code());
        Text title = texts.of("casefile.hospital-asked", hospital.name());
        cases.tell(step.caseId(), step.now(), "CASE", title, "", null, Map.of("organisation", hospital.code()));
    }

    /** {@code assignHospital}: the hospital the health commission decided on. */
    @Bean
    ProcessStep assignHospital(CaseFiles cases, Organisations organisations, Texts texts) {
        return step -> {
            Organisation hospital = organisations
                    .find(step.parameter("organisation"))
                    .orElseThrow(() -> new IllegalStateException("unknown organisation"));
            step.set("hospitalFound", true);
            ask(step, cases, texts, hospital);
        };
    }

    /** {@code changeLegalStatus}: through the state machine of C9. */
    @Bean
    ProcessStep changeLegalStatus(CaseFiles cases) {
        return step -> cases.changeLegalStatus(
                step.caseId(),
                step.parameter("status"),
                step.optional("basis").orElse(""),
                step.now(),
                step.processInstanceId());
    }

    /** {@code readLegalStatus}: the legal status as it is now, for tables that decide by it. */
    @Bean
    ProcessStep readLegalStatus(CaseFiles cases) {
        return step ->
                step.set(step.parameter("variable"), cases.byId(step.caseId()).legalStatus());
    }
}
