package org.greenchannel.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.support.FreshDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;

/** Entries of one person: found, merged into one, separated again. */
@SpringBootTest(
        classes = PersonSlice.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {"greenchannel.demo=true"})
@ContextConfiguration(initializers = FreshDatabase.class)
class IdentitiesTests {

    private static final Viewer VIEWER =
            new Viewer(UUID.randomUUID(), "keeper", "某人", "zz-prevention", Set.of("prevention-center"), Set.of());

    @Autowired
    private Persons persons;

    @Autowired
    private Identities identities;

    @Autowired
    private PersonIndexes indexes;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    private List<String> reasons(UUID one, UUID other) {
        return identities.alike(one).stream()
                .filter(pair -> pair.other(one).equals(other))
                .findFirst()
                .map(Identities.Alike::reasons)
                .orElse(List.of());
    }

    private void merge(UUID from, UUID into) {
        transaction.executeWithoutResult(status -> identities.merge(from, into, VIEWER));
    }

    @Test
    void whoMayBeTheSameIsFoundByBlindIndexesOnly() {
        String number = ResidentIdTests.number("99010219810203001");
        UUID known = persons.register(Map.of("name", "对照甲", "idNo", number), VIEWER);
        UUID unknown = persons.register(Map.of(), VIEWER);
        assertThat(identities.alike(unknown)).isEmpty();
        persons.update(unknown, Map.of("idNo", number), VIEWER);
        assertThat(reasons(known, unknown)).containsExactly("IDENTITY_FOUND");
        UUID namesake = persons.register(Map.of("name", "对照 甲", "birthDate", "1981-02-03"), VIEWER);
        assertThat(reasons(known, namesake)).containsExactly("NAME_BIRTH");
        // a telephone pairs, but not two people whose numbers are known and differ
        persons.update(known, Map.of("phone", "+86 139 1111 2222"), VIEWER);
        UUID ward = persons.register(Map.of("name", "对照乙"), VIEWER);
        persons.updateGuardian(ward, Map.of("name", "对照丙", "phone", "13911112222"), VIEWER);
        assertThat(reasons(known, ward)).containsExactly("PHONE");
        persons.update(ward, Map.of("idNo", ResidentIdTests.number("99010219820304002")), VIEWER);
        assertThat(reasons(known, ward)).isEmpty();
    }

    @Test
    void everyReadByAnOldIdReachesTheOneThatCounts() {
        UUID first = persons.register(Map.of("name", "链一", "address", "某路"), VIEWER);
        UUID second = persons.register(Map.of("name", "链二"), VIEWER);
        UUID third = persons.register(Map.of("name", "链三"), VIEWER);
        merge(first, second);
        merge(second, third);
        assertThat(identities.current(first)).contains(third);
        assertThat(identities.same(List.of(second))).containsExactlyInAnyOrder(first, second, third);
        assertThat(persons.masked(List.of(first, third)).get(first).id()).isEqualTo(third);
        assertThat(persons.forPaper(first)).containsEntry("person.name", "链三").containsEntry("person.address", "某路");
        persons.update(first, Map.of("phone", "13900002222"), VIEWER);
        assertThat(persons.forPaper(third)).containsEntry("person.phone", "13900002222");
        assertThat(persons.search("链一", VIEWER)).extracting(MaskedPerson::id).containsExactly(third);
        // only the outermost merge can be taken back, and nothing in a circle
        assertThatThrownBy(() -> merge(third, first)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> transaction.executeWithoutResult(
                        status -> identities.separate(first, second, Set.of("address"), VIEWER)))
                .isInstanceOf(Problem.class);
        transaction.executeWithoutResult(status -> identities.separate(second, third, Set.of("address"), VIEWER));
        assertThat(persons.forPaper(third))
                .doesNotContainKey("person.address")
                .containsEntry("person.phone", "13900002222");
        assertThat(persons.forPaper(first)).containsEntry("person.name", "链二").containsEntry("person.address", "某路");
    }

    @Test
    void olderRowsGetTheirIndexes() {
        UUID id = persons.register(Map.of("name", "旧行", "phone", "13700003333"), VIEWER);
        persons.updateGuardian(id, Map.of("name", "旧行监护", "phone", "13700004444"), VIEWER);
        jdbc.sql("update person.person set index_version = 0, phone_index = null where id = ?")
                .param(id)
                .update();
        jdbc.sql("update person.guardian set index_version = 0, phone_index = null where person_id = ?")
                .param(id)
                .update();
        assertThat(persons.search("13700003333", VIEWER)).isEmpty();
        indexes.run(new DefaultApplicationArguments());
        assertThat(persons.search("13700003333", VIEWER)).hasSize(1);
        assertThat(persons.search("13700004444", VIEWER)).hasSize(1);
    }

    @Test
    void aSearchReadsIndexesHoweverManyPeopleThereAre() {
        transaction.executeWithoutResult(status -> {
            jdbc.sql(
                            "insert into person.person (id, identity_status, version, created_at, updated_at, updated_by, name_index,"
                                    + " phone_index, id_no_index, index_version) select gen_random_uuid(), 'KNOWN', 1, now(), now(),"
                                    + " 'load', decode(md5('n' || i), 'hex'), decode(md5('p' || i), 'hex'), decode(md5('d' || i), 'hex'), 1"
                                    + " from generate_series(1, 20000) i")
                    .update();
            jdbc.sql("analyze person.person").update();
            String plan = String.join(
                    "\n",
                    jdbc.sql("explain select id from person.person where " + PersonTable.FOUND)
                            .param("number", new byte[16])
                            .param("name", new byte[16])
                            .param("phone", new byte[16])
                            .query(String.class)
                            .list());
            assertThat(plan).as(plan).doesNotContain("Seq Scan on person");
            status.setRollbackOnly();
        });
    }
}
