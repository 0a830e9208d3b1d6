package org.greenchannel.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.greenchannel.kernel.Problem;
import org.greenchannel.platform.SeedFiles;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class CityPackTests {

    private static final String COMMUNITY = "990105001001";
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private final ModuleDatabase database = new ModuleDatabase("organisation");

    @BeforeEach
    void copySeeds() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("seeds"), folder);
    }

    private Organisations load() {
        return database.organisations(SeedFiles.in(folder), clock);
    }

    private void edit(String file, String from, String to) throws IOException {
        String text = Files.readString(folder.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(folder.resolve(file), text.replaceFirst(java.util.regex.Pattern.quote(from), to));
    }

    @Test
    void nearestAreaWithABindingWins() {
        Organisations organisations = load();
        assertThat(organisations.bound("village", "990105001002", TODAY).code()).isEqualTo("zz-village-txhy");
        assertThat(organisations.bound("police", COMMUNITY, TODAY).code()).isEqualTo("zz-ps-huayuanlu");
        assertThat(organisations.bound("policeCounty", COMMUNITY, TODAY).code()).isEqualTo("zz-police-jinshui");
        assertThat(organisations.bound("healthCommission", COMMUNITY, TODAY).code())
                .isEqualTo("zz-health");
        assertThat(organisations
                        .bound("healthCommission", "990122001001", TODAY)
                        .code())
                .isEqualTo("zz-health-zhongmu");
    }

    @Test
    void everyFunctionOfTheModelsIsHeldInEveryArea() {
        Organisations organisations = load();
        for (Area area : organisations.areas()) {
            for (String function : List.of(
                    "police",
                    "policeCounty",
                    "town",
                    "village",
                    "primary",
                    "healthCommission",
                    "civilAffairs",
                    "medicalInsurance",
                    "finance",
                    "preventionCenter",
                    "politicsLaw",
                    "rescueStation",
                    "dpf",
                    "veteransAffairs")) {
                if (!function.equals("policeCounty") || !area.level().equals("CITY")) {
                    assertThat(organisations.holders(function, area.code(), TODAY))
                            .as(function + " in " + area.code())
                            .isNotEmpty();
                }
            }
        }
    }

    @Test
    void functionsFollowTheReformOf2018() {
        Organisations organisations = load();
        LocalDate before = LocalDate.of(2018, 12, 31);
        LocalDate after = LocalDate.of(2019, 1, 1);
        assertThat(organisations
                        .bound("healthCommission", COMMUNITY, before)
                        .name()
                        .zh())
                .contains("计划生育");
        assertThat(organisations
                        .bound("healthCommission", COMMUNITY, after)
                        .name()
                        .zh())
                .contains("卫生健康");
        assertThat(organisations.bound("medicalAssistance", COMMUNITY, before).type())
                .isEqualTo("CIVIL_AFFAIRS");
        assertThat(organisations.bound("medicalAssistance", COMMUNITY, after).type())
                .isEqualTo("MEDICAL_INSURANCE");
        assertThat(organisations.holders("politicsLaw", COMMUNITY, before)).hasSize(1);
    }

    @Test
    void ringsAreInOrderOfTheArea() {
        Organisations organisations = load();
        assertThat(organisations.ring("PSY_LEVEL2_GREEN", COMMUNITY))
                .extracting(Organisation::code)
                .startsWith("zz-hosp-8", "zz-hosp-2", "zz-hosp-3");
        assertThat(organisations.ring("PSY_LEVEL2_GREEN", "990122001001"))
                .extracting(Organisation::code)
                .startsWith("zz-hosp-zhongmu");
        assertThat(organisations.ring("PSY_LEVEL2_GREEN", COMMUNITY))
                .allSatisfy(hospital -> assertThat(hospital.traits()).contains("LEVEL2", "GREEN_CHANNEL"));
        assertThat(organisations.ring("NO_SUCH_TARGET", COMMUNITY)).isEmpty();
    }

    @Test
    void settingsAreReadByPath() {
        Organisations organisations = load();
        assertThat(organisations.setting("case.prefixes.emergency-admission", null))
                .isEqualTo("EA");
        assertThat(organisations.setting("case.prefixes.unknown", "XX")).isEqualTo("XX");
        assertThat(organisations.setting("no.such.key", null)).isNull();
        assertThat(organisations.settings("funding")).containsKeys("thresholds", "chains");
        assertThat(organisations.settings("funding.chains.SPECIAL_FISCAL"))
                .containsEntry("chain", "civil-affairs@civilAffairs")
                .containsEntry("payer", "finance@finance");
        assertThat(organisations.settings("nothing")).isEmpty();
    }

    @Test
    void unboundFunctionIsAProblem() {
        assertThatThrownBy(() -> load().bound("fireBrigade", COMMUNITY, TODAY))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo("function-unbound"));
    }

    @Test
    void errorsNameFileAndLine() throws IOException {
        edit("cities/zhengzhou/organisations.yaml", "organisation: zz-dpf", "organisation: zz-nobody");
        edit("cities/zhengzhou/areas.yaml", "level: VILLAGE", "level: HAMLET");
        int line = lineOf("cities/zhengzhou/organisations.yaml", "zz-nobody");
        assertThatThrownBy(this::load)
                .hasMessageContaining("seeds/cities/zhengzhou/organisations.yaml:" + line)
                .hasMessageContaining("no such organisation: zz-nobody")
                .hasMessageContaining("must be CITY, DISTRICT, TOWN or VILLAGE");
        assertThat(database.jdbc()
                        .sql("select count(*) from organisation.area")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private int lineOf(String file, String text) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(file));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i + 1;
            }
        }
        throw new AssertionError(text);
    }

    @Test
    void whatThePackNoLongerNamesIsInactiveButNotForgotten() throws IOException {
        load();
        edit(
                "cities/zhengzhou/organisations.yaml",
                "  - {function: rehab, organisation: zz-rehab, area: '990100000000'}\n",
                "");
        edit(
                "cities/zhengzhou/organisations.yaml",
                "    '990100000000': [zz-rehab, zz-custodial]\n",
                "    '990100000000': [zz-custodial]\n");
        String file = Files.readString(folder.resolve("cities/zhengzhou/organisations.yaml"));
        Files.writeString(
                folder.resolve("cities/zhengzhou/organisations.yaml"), file.replaceFirst("  zz-rehab: .*\n", ""));
        Organisations organisations = load();
        assertThat(organisations.find("zz-rehab")).isPresent();
        assertThat(organisations.all()).extracting(Organisation::code).doesNotContain("zz-rehab");
        assertThat(organisations.holders("rehab", COMMUNITY, TODAY)).isEmpty();
        assertThat(organisations.ring("REHAB", COMMUNITY))
                .extracting(Organisation::code)
                .containsExactly("zz-custodial");
    }

    @Test
    void unchangedFilesAreNotWrittenAgain() {
        load();
        database.jdbc()
                .sql("update organisation.organisation set name_en = 'mark' where code = 'zz-health'")
                .update();
        assertThat(load().find("zz-health").orElseThrow().name().en()).isEqualTo("mark");
    }
}
