package org.greenchannel.community;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.audit.AuditQuery;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.engine.ProcessStep;
import org.greenchannel.engine.StepContext;
import org.greenchannel.engine.TaskCompletion;
import org.greenchannel.engine.TaskOutcome;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.person.Persons;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Registration, colours, team and lists on the real database: what is stored, what is refused, who sees what. */
@AppTest
class CommunityCareTests {

    private static final String AREA = "990105001001";
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    @Autowired
    private CommunityCare care;

    @Autowired
    private Map<String, ProcessStep> steps;

    @Autowired
    private Map<String, TaskOutcome> outcomes;

    @Autowired
    private CaseFiles cases;

    @Autowired
    private Persons persons;

    @Autowired
    private Accounts accounts;

    @Autowired
    private AuditLog audit;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private TestClock clock;

    private final Map<String, @Nullable Object> variables = new HashMap<>();
    private UUID caseId;
    private UUID person;

    @BeforeEach
    void open() {
        variables.clear();
        Viewer doctor = accounts.viewer("primary");
        transaction.executeWithoutResult(status -> {
            person = persons.register(Map.of("name", "测社区", "sex", "1"), doctor);
            caseId = cases.open("joint-followup", person, AREA, doctor).id();
        });
    }

    private void run(String step, String... parameters) {
        transaction.executeWithoutResult(
                status -> steps.get(step).execute(new Step(caseId, pairs(parameters), variables, clock.instant())));
    }

    private static Map<String, String> pairs(String... parameters) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            map.put(parameters[i], parameters[i + 1]);
        }
        return map;
    }

    private Registration registration() {
        return care.ofPerson(person).orElseThrow();
    }

    private Map<String, @Nullable Object> complete(String outcome, String user, Map<String, Object> data) {
        return java.util.Objects.requireNonNull(transaction.execute(status -> outcomes.get(outcome)
                .apply(new TaskCompletion(
                        caseId,
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        "joint-followup",
                        "instance",
                        "Task",
                        Map.of("department", "police"),
                        variables,
                        new HashMap<>(data),
                        accounts.viewer(user),
                        clock.instant()))));
    }

    @Test
    void aPersonIsEnrolledOnceAndComesBackAfterClosing() {
        run("enrolPerson", "consent", "STATUTORY");
        assertThat(variables).containsEntry("enrolled", true);
        assertThat(registration().status()).isEqualTo("MANAGED");
        run("gradeColour", "colour", "RED", "row", "D7c-3");
        run("closeRegistration", "reason", "NEGATED");
        assertThat(registration().status()).isEqualTo("CLOSED");
        assertThat(registration().colour()).as("V19: no colour is left").isNull();
        run("closeRegistration", "reason", "DIED");
        assertThat(registration().closeReason()).isEqualTo("NEGATED");

        run("enrolPerson", "consent", "AGREE");
        run("gradeColour", "colour", "GREEN", "row", "D7c-6");
        assertThat(registration().colour()).as("graded anew, not lowered").isEqualTo("GREEN");
        assertThat(care.colours(person)).extracting(ColourChange::colour).containsExactly("RED", null, "GREEN");
    }

    @Test
    void whoRefusesIsKnownAndNotVisited() {
        run("enrolPerson", "consent", "REFUSE");
        assertThat(variables).containsEntry("enrolled", false);
        assertThat(registration().managed()).isFalse();
        assertThatThrownBy(() -> run("enrolPerson", "consent", "MAYBE")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void coloursRiseAtOnceAndFallOnlySigned() {
        run("enrolPerson", "consent", "AGREE");
        run("gradeColour", "colour", "YELLOW");
        run("gradeColour", "colour", "RED", "row", "D7c-3");
        assertThat(registration().colour()).isEqualTo("RED");
        assertThat(variables).containsEntry("colourChange", "RAISED");

        run("gradeColour", "colour", "GREEN", "row", "D7c-6", "cap", "90");
        assertThat(registration().colour()).isEqualTo("RED");
        assertThat(registration().heldColour()).isEqualTo("GREEN");
        assertThat(variables)
                .containsEntry("colourHeld", true)
                .containsEntry("colour", "RED")
                .containsEntry("colourDays", 14)
                .containsEntry("colourTeamNeeded", true);

        assertThatThrownBy(() -> run("gradeColour", "colour", "GREEN", "decidedBy", "colour-decision"))
                .as("nobody has signed")
                .isInstanceOf(IllegalStateException.class);
        assertThat(registration().colour()).isEqualTo("RED");
    }

    @Test
    void aStayIsNoWayToALowerColour() {
        run("enrolPerson", "consent", "AGREE");
        run("gradeColour", "colour", "RED");
        run("gradeColour", "colour", "BLUE", "row", "D7c-1");
        assertThat(registration().colour()).isEqualTo("BLUE");
        run("gradeColour", "colour", "GREEN");
        assertThat(registration().colour()).isEqualTo("RED");
        assertThat(variables).containsEntry("colourChange", "HELD");
    }

    @Test
    void theHistoryOfColoursIsOnlyAdded() {
        run("enrolPerson", "consent", "AGREE");
        run("gradeColour", "colour", "RED");
        for (String statement :
                List.of("update community.colour_change set colour = 'GREEN'", "delete from community.colour_change")) {
            assertThatThrownBy(() -> jdbc.sql(statement).update()).isInstanceOf(DataAccessException.class);
        }
        assertThatThrownBy(() -> run("gradeColour", "colour", "PURPLE")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theTeamFollowsTheColour() {
        run("enrolPerson", "consent", "AGREE");
        run("gradeColour", "colour", "RED");
        run("assignCareTeam");
        assertThat(variables).containsEntry("teamSize", 4);
        assertThat(cases.participants(caseId))
                .extracting(participant -> participant.role())
                .contains("primary", "police", "town", "village");
        assertThat(entry("officer")).isPresent();

        run("gradeColour", "colour", "BLUE");
        run("assignCareTeam");
        assertThat(variables).containsEntry("teamSize", 2);
        assertThat(entry("officer")).as("no longer in the team").isEmpty();
        assertThat(entry("primary")).isPresent();
    }

    @Test
    void whoTakesTheConsentBackHasNoTeamThatLooksOn() {
        run("enrolPerson", "consent", "AGREE");
        run("gradeColour", "colour", "RED");
        run("assignCareTeam");
        assertThat(entry("village")).isPresent();
        run("enrolPerson", "consent", "REFUSE");
        assertThat(entry("officer")).isEmpty();
        assertThat(entry("village")).isEmpty();
        run("enrolPerson", "consent", "AGREE");
        run("assignCareTeam");
        assertThat(entry("village")).as("asked again, agreed again").isPresent();
    }

    private Optional<RegisterEntry> entry(String user) {
        Viewer viewer = accounts.viewer(user);
        String cursor = null;
        do {
            var page = care.register(new RegisterQuery(null, null, null, AREA, 100, cursor), viewer);
            Optional<RegisterEntry> found = page.items().stream()
                    .filter(row -> row.id().equals(registration().id()))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
            cursor = page.nextCursor();
        } while (cursor != null);
        return Optional.empty();
    }

    @Test
    void everybodySeesOfAPersonWhatHisTaskNeeds() {
        variables.put("stabilityClass", "UNSTABLE");
        variables.put("dangerLevel", 4);
        run("enrolPerson", "consent", "AGREE");
        run("gradeColour", "colour", "RED");
        run("assignCareTeam");
        run("planVisit", "days", "14");

        RegisterEntry doctor = entry("primary").orElseThrow();
        assertThat(doctor.dangerLevel()).isEqualTo(4);
        assertThat(doctor.why()).contains("DANGER", "UNSTABLE", "FIRST_VISIT");
        RegisterEntry village = entry("village").orElseThrow();
        assertThat(village.colour()).isEqualTo("RED");
        assertThat(village.dangerLevel()).as("the village sees the colour only").isNull();
        assertThat(village.stability()).isNull();
        assertThat(village.why()).doesNotContain("DANGER", "UNSTABLE");
        assertThat(village.person()).isNotNull();
        assertThat(village.person().name()).doesNotContain("社区");

        assertThatThrownBy(() -> entry("finance")).isInstanceOf(Problem.class);
        assertThat(audit.search(new AuditQuery(null, "village", "community.register.view", null, null, 5, null))
                        .items())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.purpose()).isEqualTo("COMMUNITY_CARE"));
    }

    @Test
    void theNextVisitStaysWithinTheCap() {
        run("enrolPerson", "consent", "AGREE");
        LocalDate today = clock.instant().atZone(CHINA).toLocalDate();
        variables.put("nextDate", today.plusDays(60).toString());
        run("planVisit", "days", "90", "by", "nextDate", "cap", "14");
        assertThat(registration().nextDue()).isEqualTo(today.plusDays(14));
        run("planVisit", "days", "90", "by", "nextDate", "cap", "90");
        assertThat(registration().nextDue()).isEqualTo(today.plusDays(60));
        run("planVisit", "days", "0");
        assertThat(registration().nextDue()).isEqualTo(today.plusDays(1));
        assertThat((Date) variables.get("visitFrom")).isBefore((Date) variables.get("nextDue"));
    }

    @Test
    void visitsCountWhatTheTablesAsk() {
        run("enrolPerson", "consent", "AGREE");
        assertThat(complete("visit", "primary", Map.of("found", false, "lostReason", "NOT_HOME")))
                .containsEntry("missedVisits", 1)
                .containsEntry("monthsSinceIncident", 999);
        assertThat(complete("visit", "primary", Map.of("found", false))).containsEntry("missedVisits", 2);
        LocalDate longAgo = clock.instant().atZone(CHINA).toLocalDate().minusDays(70);
        assertThat(complete(
                        "visit",
                        "primary",
                        Map.of("found", true, "dangerLevel", 3, "zhaoshiCount", 1, "visitDate", longAgo.toString())))
                .containsEntry("missedVisits", 0)
                .containsEntry("daysSinceContact", 70)
                .containsEntry("monthsSinceIncident", 2);
        assertThat(registration().dangerLevel()).isEqualTo(3);
    }

    @Test
    void theIncentiveIsPaidOnceAsApprovedAndTheAccountIsSealed() {
        run("enrolPerson", "consent", "AGREE");
        variables.put("incentivePeriod", 1);
        complete("incentiveAgreement", "village", Map.of("validFrom", "2026-01-01", "validTo", "2099-12-31"));
        complete("incentiveCheck", "village", Map.of("checkPassed", true, "homeMonths", 2, "selfAdmissionMonths", 1));
        run("incentiveReview");
        assertThat(variables).containsEntry("incentiveFull", 600.0).containsEntry("incentivePart", 300.0);
        variables.put("incentiveAmount", 600.0);
        String voucher = "GZ-" + UUID.randomUUID();
        Map<String, Object> paid =
                Map.of("amount", 600, "bankAccount", "6200000000000000001", "paymentVoucher", voucher);
        assertThatThrownBy(() -> complete("incentivePayment", "finance", Map.of("amount", 900, "paymentVoucher", "x")))
                .isInstanceOf(Problem.class);
        complete("incentivePayment", "finance", paid);
        assertThatThrownBy(() -> complete("incentivePayment", "finance", paid)).isInstanceOf(Problem.class);
        byte[] account = jdbc.sql("select account from community.incentive_payment where voucher = :voucher")
                .param("voucher", voucher)
                .query(byte[].class)
                .single();
        assertThat(new String(account, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("6200000000");
    }

    @Test
    void aDepartmentGetsNoMoreThanItMayKnow() {
        variables.put("dangerLevel", 4);
        run("enrolPerson", "consent", "AGREE");
        run("gradeColour", "colour", "RED");
        Viewer organiser = accounts.viewer("prevention");
        transaction.executeWithoutResult(status -> caseId =
                cases.open("info-exchange", person, "990100000000", organiser).id());
        run("prepareExchange", "period", "2026-11");
        String number = cases.byId(caseId).number();
        assertThat(variables.get("exchangeCivilAffairs")).isEqualTo("civil-affairs@zz-civil");

        ExchangeList civil = care.exchange(number, accounts.viewer("civil")).get(0);
        assertThat(civil.entries()).isNotEmpty().allSatisfy(row -> {
            assertThat(row.colour()).isNull();
            assertThat(row.dangerLevel()).isNull();
            assertThat(row.person()).isNotNull();
        });
        assertThat(civil.sights()).doesNotContainKeys("RSK", "CLS", "CLF");
        assertThat(care.exchange(number, accounts.viewer("medins")).get(0).entries())
                .allSatisfy(row -> assertThat(row.colour()).isNull());

        assertThatThrownBy(() -> complete(
                        "exchangeReceipt",
                        "civil",
                        Map.of("differences", List.of(Map.of("entryNo", 100000, "differenceKind", "DEAD")))))
                .isInstanceOf(Problem.class);
        assertThat(complete(
                        "exchangeReceipt",
                        "civil",
                        Map.of("differences", List.of(Map.of("entryNo", 1, "differenceKind", "MOVED")))))
                .containsEntry("openDifferences", 1);
        assertThat(complete(
                        "exchangeResolution",
                        "prevention",
                        Map.of("resolutions", List.of(Map.of("differenceNo", 1, "resolution", "CORRECTED")))))
                .containsEntry("openDifferences", 0);
    }

    /** A step of a model. */
    private record Step(UUID caseId, Map<String, String> given, Map<String, @Nullable Object> variables, Instant now)
            implements StepContext {

        @Override
        public String processKey() {
            return "joint-followup";
        }

        @Override
        public String processInstanceId() {
            return "instance";
        }

        @Override
        public String activityId() {
            return "Step";
        }

        @Override
        public String parameter(String name) {
            return optional(name).orElseThrow(() -> new IllegalStateException("lacks " + name));
        }

        @Override
        public Optional<String> optional(String name) {
            return Optional.ofNullable(given.get(name));
        }

        @Override
        public Map<String, @Nullable Object> parameters() {
            return new HashMap<>(given);
        }

        @Override
        public @Nullable Object variable(String name) {
            return variables.get(name);
        }

        @Override
        public void set(String name, @Nullable Object value) {
            variables.put(name, value);
        }
    }
}
