package org.greenchannel.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.greenchannel.platform.SeedErrors;
import org.greenchannel.platform.SeedFiles;
import org.greenchannel.platform.Seeds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A pack with mistakes is refused with all of them, each with its file and line. */
class BrokenPackTests {

    private static final String CITY = "cities/jiyuan/city.yaml";
    private static final String ORGANISATIONS = "cities/jiyuan/organisations.yaml";
    private static final String AREAS = "cities/jiyuan/areas.yaml";

    @TempDir
    Path folder;

    @BeforeEach
    void copySeeds() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("seeds"), folder);
    }

    private List<String> errors() {
        Seeds seeds = SeedFiles.in(folder);
        var errors = new SeedErrors();
        RoleBook roles = RoleBook.read(seeds, errors);
        Pack pack = new PackReader(seeds, roles, errors).read("jiyuan");
        new DemoAccountReader(seeds, roles, pack, errors).read();
        return errors.all();
    }

    private void edit(String file, String from, String to) throws IOException {
        String text = Files.readString(folder.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(folder.resolve(file), text.replaceFirst(Pattern.quote(from), to));
    }

    private int line(String file, String text) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(file));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i + 1;
            }
        }
        throw new AssertionError(text);
    }

    private void refuses(String file, String from, String to, String message) throws IOException {
        edit(file, from, to);
        assertThat(errors()).anySatisfy(error -> assertThat(error)
                .contains("seeds/" + file + ":" + line(file, to.strip().split("\n")[0]), message));
    }

    @Test
    void theShippedPacksAreRight() {
        assertThat(errors()).isEmpty();
    }

    @Test
    void allMistakesAreToldAtOnce() throws IOException {
        edit(CITY, "maxHours: 72", "maxHours: three");
        edit(CITY, "lead: \\[police]".replace("\\", ""), "lead: [sheriff]");
        edit(ORGANISATIONS, "organisation: jy-dpf", "organisation: jy-nobody");
        edit(AREAS, "level: VILLAGE", "level: HAMLET");
        edit("demo/jiyuan.yaml", "jy-hosp-1", "jy-hosp-9");
        assertThat(errors())
                .hasSizeGreaterThanOrEqualTo(5)
                .anyMatch(error -> error.contains("observation.maxHours: must be a whole number from 1 to 168"))
                .anyMatch(error -> error.contains("incentive.lead.0: no such function: sheriff"))
                .anyMatch(error -> error.contains("no such organisation: jy-nobody"))
                .anyMatch(error -> error.contains("must be CITY, DISTRICT, TOWN or VILLAGE"))
                .anyMatch(error -> error.contains("no such organisation: jy-hosp-9"));
        assertThatThrownBy(() -> new ModuleDatabase("organisation")
                        .load(SeedFiles.in(folder), new org.greenchannel.support.TestClock(), "jiyuan", true))
                .hasMessageContaining("seeds/" + CITY + ":" + line(CITY, "maxHours: three"));
    }

    @Test
    void unknownClocks() throws IOException {
        edit(CITY, "clocks: {}", "clocks:\n  T99: {amount: 1}");
        assertThat(errors()).anyMatch(error -> error.contains("clocks.T99: no such clock"));
        refuses(CITY, "timeClock: FUNDING_25WD", "timeClock: FUNDING_SOON", "no such clock: FUNDING_SOON");
    }

    @Test
    void aClockIsSetInOnePlaceOnly() throws IOException {
        edit(CITY, "clocks: {}", "clocks:\n  T12: {amount: 1}");
        assertThat(errors())
                .anyMatch(error -> error.contains("clocks.T12: this clock is set by discharge.guardianDays"));
    }

    @Test
    void missingKeys() throws IOException {
        edit(CITY, "  policeHours: 24", "  constableHours: 24");
        edit(CITY, "exchange:\n  period: QUARTER", "barter:\n  period: QUARTER");
        assertThat(errors())
                .anyMatch(error -> error.contains("abscond.policeHours: missing"))
                .anyMatch(error -> error.contains("exchange.period: missing"));
    }

    @Test
    void chainsNobodyCanFollow() throws IOException {
        refuses(CITY, "chain: town-civil-affairs@town,", "chain: town-civil-affairs@mayor,", "no such function: mayor");
        refuses(CITY, "payer: medical-insurance@medicalAssistance", "payer: mayor@finance", "no such role");
        refuses(CITY, "payer: mayor@finance", "payer: finance@civilAffairs", "can have the role finance");
        refuses(CITY, "payer: finance@civilAffairs", "payer: finance", "must be role@function");
    }

    @Test
    void teamsAndColours() throws IOException {
        refuses(CITY, "members: [primary-doctor@primary", "members: [primary-doctor@police", "can have the role");
        refuses(CITY, "{code: RED, zh: 红色", "{code: PINK, zh: 红色", "must be new and one of");
        assertThat(errors()).anyMatch(error -> error.contains("caseTeam.colours.RED: not in colour.set"));
    }

    @Test
    void schedules() throws IOException {
        refuses(CITY, "every: QUARTER, level: TOWN", "every: FORTNIGHT, level: TOWN", "must be one of");
        refuses(CITY, "every: FORTNIGHT, level: TOWN", "every: MONTH, level: CITY", "no area of this level");
        refuses(CITY, "process: info-exchange", "process: tea-party", "no such process");
    }

    @Test
    void targets() throws IOException {
        refuses(CITY, "{id: K02, floor: 80, goal: 80", "{id: K02, floor: 80", "goal: missing");
        refuses(CITY, "{id: K13, floor: 80", "{id: K99, floor: 80", "no such indicator");
        refuses(CITY, "{id: K14, floor: 100", "{id: K14, floor: all", "must be a number");
    }

    @Test
    void ringsWithAHospitalThatCannot() throws IOException {
        edit(ORGANISATIONS, "traits: [LEVEL2, GREEN_CHANNEL, SEPARATE_ROOM, VETERANS]", "traits: [GREEN_CHANNEL]");
        assertThat(errors())
                .anyMatch(error -> error.contains("rings.PSY_LEVEL2_GREEN.990201000000.1")
                        && error.contains("jy-hosp-2 lacks what PSY_LEVEL2_GREEN needs: [LEVEL2]"));
        edit(ORGANISATIONS, "  PSY_LEVEL3:", "  PSY_LEVEL4:");
        assertThat(errors())
                .anyMatch(error -> error.contains("rings.PSY_LEVEL3: no organisation for the whole city"))
                .anyMatch(error -> error.contains("rings.PSY_LEVEL4: no such target"));
    }

    @Test
    void functionsNobodyHolds() throws IOException {
        // health moves to nobody for a year
        edit(
                ORGANISATIONS,
                "organisation: jy-health, area: '990201000000', from: '2019-01-01'",
                "organisation: jy-health, area: '990201000000', from: '2020-01-01'");
        assertThat(errors())
                .anyMatch(error -> error.contains("nobody holds healthCommission in 990201000000 from 2019-01-01"))
                .noneMatch(error -> error.contains("nobody holds healthCommission in 990201001000"));
    }

    @Test
    void functionsHeldTwice() throws IOException {
        edit(
                ORGANISATIONS,
                "organisation: jy-health, area: '990201000000', from: '2019-01-01'",
                "organisation: jy-health, area: '990201000000', from: '2018-01-01'");
        assertThat(errors()).anyMatch(error -> error.contains("overlaps: jy-health-2018 holds this function"));
    }

    @Test
    void functionsOfTheWrongOrganisation() throws IOException {
        refuses(
                ORGANISATIONS,
                "{function: finance, organisation: jy-finance",
                "{function: finance, organisation: jy-court",
                "an organisation of type COURT cannot hold finance");
        refuses(
                ORGANISATIONS,
                "{function: finance, organisation: jy-court",
                "{function: treasure, organisation: jy-finance",
                "no such function in functions.yaml: treasure");
    }

    @Test
    void badDays() throws IOException {
        refuses(CITY, "effectiveFrom: '2017-01-01'", "effectiveFrom: '2017-13-01'", "must be a day");
        refuses(
                ORGANISATIONS,
                "organisation: jy-medins, area: '990201000000', from: '2019-01-01'",
                "organisation: jy-medins, area: '990201000000', from: '2019-01-01', until: '2018-01-01'",
                "from must be before until");
    }

    @Test
    void areasOutOfOrder() throws IOException {
        edit(
                AREAS,
                "'990201001000': {zh: 济水街道, en: Jishui Sub-district, parent: '990201000000', level: TOWN}",
                "'990201001000': {zh: 济水街道, en: Jishui Sub-district, level: TOWN}");
        assertThat(errors()).anyMatch(error -> error.contains("must be a DISTRICT named before"));
    }
}
