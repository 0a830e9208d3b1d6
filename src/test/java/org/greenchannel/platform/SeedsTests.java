package org.greenchannel.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedsTests {

    @TempDir
    Path folder;

    private YamlSeeds seeds() {
        return new YamlSeeds(new PlatformProperties("zhengzhou", false, null, null, null, null, 0, folder, null));
    }

    @Test
    void readsMapsFromTheConfiguredFolder() throws Exception {
        Files.createDirectories(folder.resolve("a"));
        Files.writeString(folder.resolve("a/b.yaml"), "城市: 郑州\nlist: [1, 2]\n");
        Files.writeString(folder.resolve("a/a.yaml"), "x: 1\n");
        assertThat(seeds().read("a/b.yaml")).containsEntry("城市", "郑州");
        assertThat(seeds().list("a")).containsExactly("a/a.yaml", "a/b.yaml");
        assertThat(seeds().exists("a/b.yaml")).isTrue();
        assertThat(seeds().exists("a/c.yaml")).isFalse();
        assertThat(seeds().read("a/c.yaml")).isEmpty();
        assertThat(seeds().list("nowhere")).isEmpty();
    }

    @Test
    void makesNoObjectsAndLeavesTheFolderNever() throws Exception {
        Files.writeString(folder.resolve("bad.yaml"), "x: !!java.net.URL ['http://localhost/']\n");
        assertThatThrownBy(() -> seeds().read("bad.yaml")).isInstanceOf(IllegalStateException.class);
        Files.writeString(folder.resolve("twice.yaml"), "x: 1\nx: 2\n");
        assertThatThrownBy(() -> seeds().read("twice.yaml")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> seeds().read("../secret.yaml")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> seeds().read("/etc/passwd")).isInstanceOf(IllegalArgumentException.class);
    }
}
