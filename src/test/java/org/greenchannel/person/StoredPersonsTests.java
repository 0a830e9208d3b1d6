package org.greenchannel.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.person.PersonSlice.Diary;
import org.greenchannel.support.FreshDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

@SpringBootTest(
        classes = PersonSlice.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {"greenchannel.demo=true"})
@ContextConfiguration(initializers = FreshDatabase.class)
class StoredPersonsTests {

    private static final Viewer VIEWER =
            new Viewer(UUID.randomUUID(), "p.wang", "王警官", "zz-police-1", Set.of("police-officer"), Set.of("4101"));
    private static final List<String> TABLES = List.of("person", "guardian", "version", "day_serial");

    @Autowired
    Persons persons;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Diary diary;

    @AfterEach
    void mend() {
        diary.broken.set(false);
    }

    private static Map<String, String> someone(String first17) {
        return Map.of(
                "name",
                "测试甲乙",
                "idType",
                "RESIDENT_ID",
                "idNo",
                ResidentIdTests.number(first17),
                "phone",
                "13812340000");
    }

    @Test
    void keepsNothingInPlainText() {
        UUID id = persons.register(someone("99010119900307001"), VIEWER);
        persons.update(id, Map.of("name", "另名丙丁", "address", "某路一百二十三号"), VIEWER);
        persons.updateGuardian(id, Map.of("name", "监护戊己", "phone", "13900001111"), VIEWER);
        persons.updateGuardian(id, Map.of("name", "监护庚辛"), VIEWER);
        for (String table : TABLES) {
            String dump = String.join(
                    "\n",
                    jdbc.sql("select t::text from person." + table + " t")
                            .query(String.class)
                            .list());
            for (String plain : List.of(
                    "测试甲乙", "另名丙丁", "监护戊己", "监护庚辛", "1990030700", "13812340000", "13900001111", "某路", "1990-03-07")) {
                String hex = HexFormat.of().formatHex(plain.getBytes(StandardCharsets.UTF_8));
                assertThat(dump).as(table).doesNotContain(plain, hex);
            }
        }
        assertThat(persons.forPaper(id))
                .containsEntry("person.name", "另名丙丁")
                .containsEntry("person.birthDate", "1990-03-07")
                .containsEntry("person.sex", "1")
                .containsEntry("person.minor", "false")
                .containsEntry("guardian.name", "监护庚辛")
                .containsEntry("guardian.phone", "13900001111");
    }

    @Test
    void findsTheSamePersonByNumber() {
        UUID id = persons.register(someone("99010119900307019"), VIEWER);
        String number = persons.forPaper(id).get("person.idNo");
        assertThat(persons.register(Map.of("idNo", " " + number.toLowerCase(), "address", "新址"), VIEWER))
                .isEqualTo(id);
        assertThat(persons.search(number, VIEWER)).extracting(MaskedPerson::id).containsExactly(id);
        assertThat(persons.forPaper(id)).containsEntry("person.address", "新址").containsEntry("person.name", "测试甲乙");
    }

    @Test
    void registersANumberOnlyOnceAtTheSameTime() throws Exception {
        Callable<UUID> register = () -> persons.register(someone("99010119900307027"), VIEWER);
        var pool = Executors.newFixedThreadPool(4);
        try {
            var ids = new java.util.HashSet<UUID>();
            for (var future : pool.invokeAll(java.util.Collections.nCopies(8, register))) {
                ids.add(future.get());
            }
            assertThat(ids).hasSize(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void masksAndSearches() {
        UUID id = persons.register(
                Map.of("name", "欧阳 测试", "idNo", ResidentIdTests.number("99010120150307035"), "phone", "13812340000"),
                VIEWER);
        MaskedPerson masked = persons.masked(List.of(id)).get(id);
        assertThat(masked.name()).isEqualTo("欧*");
        assertThat(masked.idNo()).matches("990\\*{11}035.");
        assertThat(masked.phone()).isEqualTo("138****0000");
        assertThat(masked.sex()).isEqualTo("1");
        assertThat(masked.identityStatus()).isEqualTo("KNOWN");
        assertThat(masked.toString()).doesNotContain("阳", "2015");
        assertThat(persons.isMinor(id)).isTrue();
        assertThat(persons.search("欧阳测试", VIEWER)).extracting(MaskedPerson::id).containsExactly(id);
        assertThat(persons.search("欧阳", VIEWER)).isEmpty();
        assertThat(persons.search("%", VIEWER)).isEmpty();
        assertThat(diary.entries.toString()).contains("person.search").doesNotContain("欧阳");
    }

    @Test
    void namesTheUnknownBySerial() {
        UUID id = persons.register(Map.of("estimatedAge", "40", "description", "黑色外套"), VIEWER);
        MaskedPerson masked = persons.masked(List.of(id)).get(id);
        assertThat(masked.name()).matches("无名氏 \\d{8}-\\d{4}");
        assertThat(masked.age()).isEqualTo("约 40");
        assertThat(masked.identityStatus()).isEqualTo("UNKNOWN");
        assertThat(persons.reveal(id, List.of("person.name", "person.description"), VIEWER, "TASK"))
                .isEqualTo(Map.of("person.description", "黑色外套"));
        assertThat(persons.forPaper(id).get("person.name")).startsWith("无名氏 ");
        persons.update(id, Map.of("name", "测试有名", "idNo", "", "sex", " "), VIEWER);
        assertThat(persons.masked(List.of(id)).get(id).identityStatus()).isEqualTo("PARTIAL");
    }

    @Test
    void everyChangeIsAVersion() {
        UUID id = persons.register(someone("99010119900307043"), VIEWER);
        persons.update(id, Map.of("phone", "13900000000"), VIEWER);
        persons.update(id, Map.of("phone", "13900000000"), VIEWER);
        persons.update(id, Map.of("phone", "13911111111", "address", "甲"), VIEWER);
        assertThat(jdbc.sql("select number || array_to_string(changed, ',') || username from person.version"
                                + " where subject_id = :id order by number")
                        .param("id", id)
                        .query(String.class)
                        .list())
                .containsExactly("1phonep.wang", "2address,phonep.wang");
        assertThatThrownBy(() -> jdbc.sql("update person.version set username = 'x' where subject_id = :id")
                        .param("id", id)
                        .update())
                .isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> jdbc.sql("delete from person.version").update())
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void aValueMovedToAnotherRowIsNotRead() {
        UUID one = persons.register(someone("99010119900307051"), VIEWER);
        UUID other = persons.register(someone("99010119900307060"), VIEWER);
        jdbc.sql("update person.person set phone = (select phone from person.person where id = :other) where id = :one")
                .param("one", one)
                .param("other", other)
                .update();
        assertThatThrownBy(() -> persons.forPaper(one)).isInstanceOf(IllegalStateException.class);
        jdbc.sql("update person.person set phone = name where id = :other")
                .param("other", other)
                .update();
        assertThatThrownBy(() -> persons.forPaper(other)).isInstanceOf(IllegalStateException.class);
        jdbc.sql("update person.person set phone = null where id in (:ids)")
                .param("ids", List.of(one, other))
                .update();
    }

    @Test
    void aLookIsAuditedOrRefused() {
        UUID id = persons.register(someone("99010119900307078"), VIEWER);
        assertThat(persons.reveal(id, List.of("person.phone"), VIEWER, "RESCUE"))
                .isEqualTo(Map.of("person.phone", "13812340000"));
        assertThat(diary.entries).last().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("person.reveal");
            assertThat(entry.purpose()).isEqualTo("RESCUE");
            assertThat(entry.detail()).containsEntry("fields", "person.phone");
        });
        assertThat(diary.entries.toString()).doesNotContain("1381234", "测试");
        diary.broken.set(true);
        assertThatThrownBy(() -> persons.reveal(id, List.of("person.phone"), VIEWER, "RESCUE"))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.type()).isEqualTo("look-not-audited"));
        assertThatThrownBy(() -> persons.search("测试甲乙", VIEWER)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> persons.update(id, Map.of("phone", "13900000000"), VIEWER))
                .isInstanceOf(IllegalStateException.class);
        assertThat(persons.forPaper(id)).containsEntry("person.phone", "13812340000");
    }

    @Test
    void refusesWrongValuesByName() {
        assertThatThrownBy(() -> persons.register(
                        Map.of(
                                "idType", "RESIDENT_ID",
                                "idNo", "990101199003070771",
                                "birthDate", "2199-01-01",
                                "sex", "7",
                                "estimatedAge", "-1"),
                        VIEWER))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.type()).isEqualTo("person-invalid");
                    assertThat(problem.errors())
                            .extracting(error -> error.pointer())
                            .containsExactlyInAnyOrder(
                                    "/data/idNo", "/data/birthDate", "/data/sex", "/data/estimatedAge");
                    assertThat(problem.errors().get(0).message().zh()).isNotEqualTo("person.error.idNo");
                    assertThat(problem.toString()).doesNotContain("990101");
                });
        UUID passport = persons.register(Map.of("idType", "PASSPORT", "idNo", "E1234567"), VIEWER);
        assertThat(persons.masked(List.of(passport)).get(passport).idNo()).isEqualTo("*******7");
        assertThatThrownBy(() -> persons.forPaper(UUID.randomUUID())).isInstanceOf(Problem.class);
    }
}
