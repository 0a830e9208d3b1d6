package org.greenchannel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Only a module itself writes its tables: nobody else's code inserts, updates or deletes in its schema. */
class TableOwnershipTests {

    private static final Path CODE = Path.of("src/main/java/org/greenchannel");
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Pattern WRITE =
            Pattern.compile("(?i)\\b(?:insert\\s+into|update|delete\\s+from|truncate)\\s+([a-z]+)\\.[a-z_]+");

    @Test
    void nobodyWritesTheTablesOfOthers() throws IOException {
        var found = new ArrayList<String>();
        for (String module : modules()) {
            try (var files = Files.walk(CODE.resolve(module))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    foreignWrites(module, Files.readString(file))
                            .forEach(schema -> found.add(file.getFileName() + " writes " + schema));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void migrationsStayInTheirSchema() throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(MIGRATIONS)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".sql")).toList()) {
                String module = file.getParent().getFileName().toString();
                var tables = Pattern.compile("(?i)\\bcreate table (?:if not exists )?([a-z]+)\\.")
                        .matcher(Files.readString(file));
                while (tables.find()) {
                    String schema = tables.group(1);
                    if (!schema.equals(module) && !schema.equals("public")) {
                        found.add(file.getFileName() + " creates tables in " + schema);
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void aForeignWriteIsNoticed() throws IOException {
        assertThat(foreignWrites("worklist", "\"update casefile.case_file set x = 1\""))
                .containsExactly("casefile");
        assertThat(foreignWrites("worklist", "insert into\n   audit.entry (a)")).containsExactly("audit");
        assertThat(foreignWrites("worklist", "delete from worklist.work_item")).isEmpty();
        assertThat(foreignWrites("oversight", "select * from casefile.timeline"))
                .isEmpty();
        assertThat(foreignWrites("worklist", "// update the.list")).isEmpty();
    }

    private static List<String> foreignWrites(String module, String text) throws IOException {
        var schemas = new ArrayList<String>();
        var writes = WRITE.matcher(text);
        while (writes.find()) {
            String schema = writes.group(1);
            if (!schema.equals(module) && modules().contains(schema)) {
                schemas.add(schema);
            }
        }
        return schemas;
    }

    private static List<String> modules() throws IOException {
        try (var folders = Files.list(CODE)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
