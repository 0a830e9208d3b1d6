package org.greenchannel.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.UUID;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.organisation.AccessPolicy.Sight;
import org.greenchannel.platform.SeedErrors;
import org.greenchannel.platform.SeedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * Every role in every relation for every action and every data class, against a table a person has read. Run with
 * {@code -Daccess.write=true} to write the table anew after a change of {@code seeds/access.yaml}, then read the diff.
 */
class AccessMatrixTests {

    private static final Path GOLDEN = Path.of("src/test/resources/organisation/access-matrix.txt");

    private final AccessTable table = new AccessTable(SeedFiles.ofRepository());
    private final Set<String> roles =
            RoleBook.read(SeedFiles.ofRepository(), new SeedErrors()).all().keySet();

    private static Viewer viewer(String... roles) {
        return new Viewer(UUID.randomUUID(), "somebody", "某人", "zz-hosp-8", Set.of(roles), Set.of());
    }

    @Test
    void theWholeTableIsAsAPersonHasReadIt() throws IOException {
        String matrix = matrix();
        if (Boolean.getBoolean("access.write")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, matrix);
        }
        assertThat(matrix).isEqualTo(Files.readString(GOLDEN));
    }

    private String matrix() {
        var lines = new StringJoiner("\n", "", "\n");
        for (String role : new TreeSet<>(roles)) {
            for (Relation relation : Relation.values()) {
                for (String action : new TreeSet<>(table.actions())) {
                    if (table.allows(viewer(role), action, relation)) {
                        lines.add(role + " " + relation + " may " + action);
                    }
                }
                for (String dataClass : new TreeSet<>(table.dataClasses())) {
                    Sight sight = table.sight(viewer(role), dataClass, relation);
                    if (sight != Sight.NONE) {
                        lines.add(role + " " + relation + " sees " + dataClass + " " + sight);
                    }
                }
            }
        }
        return lines.toString();
    }

    @Test
    void administratorsSeeNoCase() {
        for (String role : Set.of("sys-admin", "sec-admin")) {
            for (Relation relation : Relation.values()) {
                assertThat(table.actions().stream().filter(action -> table.allows(viewer(role), action, relation)))
                        .as(role)
                        .noneMatch(action -> action.startsWith("case.") || action.startsWith("person."));
                assertThat(table.dataClasses().stream()
                                .filter(one -> table.sight(viewer(role), one, relation) != Sight.NONE))
                        .isSubsetOf("AUD");
            }
        }
    }

    /** Whoever audits reads the record of every case, and of it neither forms, papers nor identities. */
    @Test
    void auditorsReadTheRecordOnly() {
        for (String role : AUDITORS) {
            for (Relation relation : Relation.values()) {
                assertThat(table.allows(viewer(role), "case.timeline", relation))
                        .isTrue();
                for (String action : Set.of(
                        "case.documents",
                        "case.submissions",
                        "case.submissions.own",
                        "person.reveal",
                        "person.search")) {
                    assertThat(table.allows(viewer(role), action, relation))
                            .as(role + action)
                            .isFalse();
                }
                for (String dataClass : Set.of("CON", "GUA", "CLS", "CLF", "WEL")) {
                    assertThat(table.sight(viewer(role), dataClass, relation)).isEqualTo(Sight.NONE);
                }
                assertThat(table.sight(viewer(role), "IDN", relation)).isEqualTo(Sight.MASKED);
            }
        }
    }

    private static final Set<String> AUDITORS = Set.of("audit-admin", "supervisor-auditor");

    @Test
    void strangersSeeNothingOfACase() {
        for (String role : roles) {
            if (AUDITORS.contains(role)) {
                continue;
            }
            for (String dataClass : table.dataClasses()) {
                if (!Set.of("KPI", "AUD").contains(dataClass)) {
                    assertThat(table.sight(viewer(role), dataClass, Relation.NONE))
                            .as(role + dataClass)
                            .isEqualTo(Sight.NONE);
                }
            }
            assertThat(table.actions().stream().filter(action -> table.allows(viewer(role), action, Relation.NONE)))
                    .as(role)
                    .noneMatch(action -> action.startsWith("case.") || action.equals("person.reveal"));
        }
    }

    @Test
    void onlyThoseWhoTreatOrJudgeSeeTheFullRecord() {
        assertThat(roles.stream().filter(role -> table.sight(viewer(role), "CLF", Relation.TASK) != Sight.NONE))
                .containsExactlyInAnyOrder(
                        "psychiatrist-initial",
                        "psychiatrist-attending",
                        "psychiatrist-redx",
                        "ward-nurse",
                        "compulsory-institution",
                        "primary-doctor",
                        "appraiser");
        assertThat(roles.stream().filter(role -> table.sight(viewer(role), "CLF", Relation.AREA) != Sight.NONE))
                .isEmpty();
    }

    @Test
    void theBestOfSeveralRolesCounts() {
        assertThat(table.sight(viewer("finance", "psychiatrist-attending"), "CLF", Relation.TASK))
                .isEqualTo(Sight.WRITE);
        assertThat(table.sight(viewer("finance"), "CLF", Relation.TASK)).isEqualTo(Sight.NONE);
        assertThat(table.allows(viewer(), "case.read", Relation.TASK)).isFalse();
        assertThat(table.allows(viewer("psychiatrist-initial"), "no.such.action", Relation.TASK))
                .isFalse();
    }

    @Test
    void mistakesStopTheStart(@TempDir Path folder) throws IOException {
        FileSystemUtils.copyRecursively(Path.of("seeds"), folder);
        Path file = folder.resolve("access.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("NONE: [audit.read, audit.verify,", "NONE: [audit.raed,")
                        .replace("roles: [finance]\n    TASK: {IDN: MASKED", "roles: [finanse]\n    TASK: {IDN: SOME"));
        assertThatThrownBy(() -> new AccessTable(SeedFiles.in(folder)))
                .hasMessageContaining("seeds/access.yaml:")
                .hasMessageContaining("an action that is not in the list")
                .hasMessageContaining("a role that is not in roles.yaml")
                .hasMessageContaining("must be NONE, MASKED, STATUS, READ or WRITE");
    }
}
