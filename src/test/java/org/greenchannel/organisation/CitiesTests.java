package org.greenchannel.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.greenchannel.platform.SeedFiles;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The five cities as their documents say: what is the same, and what differs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CitiesTests {

    static final List<String> CITIES = List.of("jiyuan", "hangzhou", "zhengzhou", "qijiang", "yichang-county");

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    private Map<String, Organisations> cities;
    private Map<String, ModuleDatabase> databases;

    @BeforeAll
    void loadEachWithItsAccounts() {
        databases = CITIES.stream()
                .collect(Collectors.toMap(Function.identity(), city -> new ModuleDatabase("organisation")));
        cities = CITIES.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        city -> new StoredOrganisations(
                                databases.get(city).load(SeedFiles.ofRepository(), new TestClock(), city, true))));
    }

    private Organisations in(String city) {
        return cities.get(city);
    }

    private Object setting(String city, String section, String key) {
        return in(city).settings(section).get(key);
    }

    private String holder(String city, String function, LocalDate on) {
        return in(city).bound(function, in(city).setting("demo.area", ""), on)
                .name()
                .zh();
    }

    @Test
    void areasHaveTheLevelsOfThePlace() {
        for (String city : Set.of("jiyuan", "qijiang", "yichang-county")) {
            assertThat(levels(city)).as(city).isEqualTo(Set.of("DISTRICT", "TOWN", "VILLAGE"));
        }
        for (String city : Set.of("zhengzhou", "hangzhou")) {
            assertThat(levels(city)).as(city).isEqualTo(Set.of("CITY", "DISTRICT", "TOWN", "VILLAGE"));
        }
    }

    private Set<String> levels(String city) {
        return in(city).areas().stream().map(Area::level).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void noTwoCitiesShareACode() {
        var areas = CITIES.stream()
                .flatMap(city -> in(city).areas().stream().map(Area::code))
                .toList();
        assertThat(areas).doesNotHaveDuplicates().allMatch(code -> code.startsWith("99"));
        var organisations = CITIES.stream()
                .flatMap(city -> in(city).all().stream().map(Organisation::code))
                .toList();
        assertThat(organisations).doesNotHaveDuplicates();
    }

    @Test
    void everyCityHasTheSettingsOfTheDefaultOne() {
        Set<String> keys = keys(in("zhengzhou"));
        for (String city : CITIES) {
            assertThat(keys(in(city))).as(city).containsAll(keys);
        }
    }

    /** Keys of the settings, without the maps whose keys are codes. */
    private static Set<String> keys(Organisations city) {
        var keys = new TreeSet<String>();
        for (String section : List.of(
                "rules",
                "case",
                "case.prefixes",
                "duty",
                "demo",
                "time",
                "observation",
                "signatory",
                "rediagnosis",
                "assessment",
                "ct",
                "restraint",
                "abscond",
                "discharge",
                "report",
                "sheet",
                "route",
                "accept",
                "firstVisit",
                "emergencyRecord",
                "filing",
                "contact",
                "guardianRefusal",
                "funding",
                "incentive",
                "colour",
                "followup",
                "lost",
                "caseTeam",
                "meeting",
                "conference",
                "exchange",
                "screening",
                "indicators",
                "org",
                "privacy",
                "retention",
                "complaint",
                "documents")) {
            city.settings(section).keySet().forEach(key -> keys.add(section + "." + key));
            assertThat(city.settings(section)).as(section).isNotEmpty();
        }
        return keys;
    }

    @Test
    void everyAccountOfTheTourExistsEverywhere() {
        Set<String> names = Set.copyOf(accounts("zhengzhou"));
        assertThat(names).contains("officer", "triage", "doctor", "affairs", "health", "civil", "finance", "auditor");
        for (String city : CITIES) {
            assertThat(accounts(city)).as(city).containsExactlyInAnyOrderElementsOf(names);
        }
        assertThat(organisationOf("jiyuan", "officer")).isEqualTo("jy-ps-jishui");
        assertThat(organisationOf("hangzhou", "doctor")).isEqualTo("hz-hosp-1");
        assertThat(organisationOf("zhengzhou", "doctor")).isEqualTo("zz-hosp-8");
    }

    private List<String> accounts(String city) {
        return databases
                .get(city)
                .jdbc()
                .sql("select username from organisation.account where enabled")
                .query(String.class)
                .list();
    }

    private String organisationOf(String city, String username) {
        return databases
                .get(city)
                .jdbc()
                .sql("select organisation from organisation.account where username = ?")
                .param(username)
                .query(String.class)
                .single();
    }

    /** The accounts of the tour work where a case of the demonstration area arrives. */
    @Test
    void theTourMeetsItsCases() {
        for (String city : CITIES) {
            String area = in(city).setting("demo.area", "");
            assertThat(in(city).bound("police", area, TODAY).code()).isEqualTo(organisationOf(city, "officer"));
            assertThat(in(city).bound("town", area, TODAY).code()).isEqualTo(organisationOf(city, "town"));
            assertThat(in(city).bound("primary", area, TODAY).code()).isEqualTo(organisationOf(city, "primary"));
            assertThat(in(city).bound("village", area, TODAY).code()).isEqualTo(organisationOf(city, "village"));
            assertThat(in(city).bound("policeCounty", area, TODAY).code()).isEqualTo(organisationOf(city, "approver"));
            assertThat(in(city).ring("PSY_LEVEL2_GREEN", area))
                    .extracting(Organisation::code)
                    .startsWith(organisationOf(city, "triage"), organisationOf(city, "triage2"));
        }
    }

    @Test
    void departmentsOfTheirTimeAndOfToday() {
        LocalDate before = LocalDate.of(2018, 6, 1);
        for (String city : Set.of("jiyuan", "hangzhou", "zhengzhou")) {
            assertThat(holder(city, "healthCommission", before)).as(city).contains("卫生和计划生育");
            assertThat(holder(city, "healthCommission", TODAY)).as(city).contains("卫生健康");
            assertThat(holder(city, "medicalInsurance", before)).as(city).contains("人力资源和社会保障");
            assertThat(holder(city, "medicalAssistance", before)).as(city).contains("民政");
            assertThat(holder(city, "medicalAssistance", TODAY)).as(city).contains("医疗保障");
            assertThat(holder(city, "politicsLaw", before)).as(city).contains("综合治理");
            assertThat(holder(city, "politicsLaw", TODAY)).as(city).contains("政法");
        }
        assertThat(holder("yichang-county", "healthCommission", LocalDate.of(2019, 1, 1)))
                .contains("卫生健康");
    }

    @Test
    void routingDiffers() {
        assertThat(first("qijiang", "INFECTIOUS", null)).isEqualTo("qj-hosp-1"); // task 5: an area of its own
        assertThat(first("hangzhou", "INFECTIOUS", null)).isEqualTo("hz-hosp-infectious");
        assertThat(first("qijiang", "VETERANS", null)).isEqualTo("qj-hosp-veterans");
        assertThat(first("yichang-county", "REHAB", null)).isEqualTo("yc-custodial"); // (三)4
        assertThat(first("jiyuan", "CIVIL_DESIGNATED", null)).isEqualTo("jy-hosp-1");
        assertThat(first("hangzhou", "CIVIL_DESIGNATED", null)).isEqualTo("hz-hosp-3");
        assertThat(first("hangzhou", "PSY_LEVEL2_GREEN", "990382001001")).isEqualTo("hz-hosp-jiande");
        assertThat(first("yichang-county", "PSY_LEVEL2_GREEN", "990581003001")).isEqualTo("yc-hosp-2");
    }

    private String first(String city, String target, String area) {
        Organisations here = in(city);
        return here.ring(target, area == null ? here.setting("demo.area", "") : area)
                .get(0)
                .code();
    }

    @Test
    void deadlinesDiffer() {
        assertThat(clock("hangzhou", "T14")).isEqualTo(1); // at once, regulation 34
        assertThat(clock("zhengzhou", "T14")).isEqualTo(24);
        assertThat(CITIES.stream().map(city -> clock(city, "T49")).toList()).isEqualTo(List.of(3, 3, 3, 3, 1));
        assertThat(CITIES.stream().map(city -> clock(city, "T50")).toList()).isEqualTo(List.of(6, 6, 3, 3, 12));
        assertThat(CITIES.stream().map(city -> clock(city, "T48")).toList()).isEqualTo(List.of(3, 1, 1, 1, 1));
        assertThat(CITIES.stream().map(city -> clock(city, "T54")).toList()).isEqualTo(List.of(6, 3, 3, 3, 3));
        assertThat(clock("zhengzhou", "T28")).isEqualTo(7);
    }

    private Object clock(String city, String id) {
        return ((Map<?, ?>) in(city).settings("clocks").get(id)).get("amount");
    }

    @Test
    void moneyDiffers() {
        assertThat(in("zhengzhou").settings("funding.chains.SPECIAL_FISCAL"))
                .containsEntry("chain", "civil-affairs@civilAffairs");
        assertThat(in("hangzhou").settings("funding.chains.SPECIAL_FISCAL"))
                .containsEntry("chain", "health-commission@healthCommission");
        assertThat(in("yichang-county").settings("funding.chains.SPECIAL_FISCAL"))
                .containsEntry("chain", "town-coordinator@town,politics-law@politicsLaw,finance@finance");
        assertThat(in("jiyuan").settings("funding.chains")).doesNotContainKey("SPECIAL_FISCAL");
        assertThat(setting("qijiang", "funding", "specialFund")).isEqualTo(false);
        assertThat(setting("qijiang", "funding", "sources")).asInstanceOf(LIST).doesNotContain("SPECIAL_FISCAL");
        assertThat(setting("jiyuan", "incentive", "lead")).isEqualTo(List.of("police"));
        assertThat(setting("yichang-county", "incentive", "lead"))
                .isEqualTo(List.of("politicsLaw", "finance", "healthCommission"));
    }

    @Test
    void teamsAndColoursDiffer() {
        assertThat(CITIES.stream()
                        .map(city -> ((List<?>) setting(city, "caseTeam", "members")).size())
                        .toList())
                .isEqualTo(List.of(4, 4, 4, 5, 5));
        assertThat(colours("qijiang")).containsExactly("RED", "YELLOW", "GREEN", "BLUE", "GREY");
        assertThat(colours("zhengzhou")).contains("ORANGE");
    }

    private List<Object> colours(String city) {
        return ((List<?>) setting(city, "colour", "set"))
                .stream().<Object>map(one -> ((Map<?, ?>) one).get("code")).toList();
    }

    @Test
    void targetsHoldTwoNumbers() {
        var reported = target("qijiang", "K01");
        assertThat(reported.get("floor")).isEqualTo(5.0);
        assertThat(reported.get("goal")).isEqualTo(5.6);
        assertThat(target("qijiang", "K03").get("floor")).isEqualTo(95);
        assertThat(target("qijiang", "K03").get("goal")).isEqualTo(98);
        assertThat(target("jiyuan", "K02").get("goal")).isEqualTo(80);
    }

    private Map<?, ?> target(String city, String id) {
        return ((List<?>) setting(city, "indicators", "targets"))
                .stream()
                        .map(one -> (Map<?, ?>) one)
                        .filter(one -> id.equals(one.get("id")))
                        .findFirst()
                        .orElseThrow();
    }
}
