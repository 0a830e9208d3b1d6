package org.greenchannel.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads YAML with the safe constructor only: plain maps, lists and scalars, no duplicate keys. */
@Component
class YamlSeeds implements Seeds {

    private final @Nullable Path folder;

    YamlSeeds(PlatformProperties properties) {
        Path given = properties.seedsDir();
        this.folder = given == null || given.toString().isBlank()
                ? null
                : given.toAbsolutePath().normalize();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new IllegalStateException("The folder of greenchannel.seeds-dir does not exist: " + folder);
        }
    }

    @Override
    public Map<String, Object> read(String path) {
        Resource resource = resource(path);
        if (!resource.exists()) {
            return Map.of();
        }
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (InputStream in = resource.getInputStream()) {
            Object document = new Yaml(new SafeConstructor(options)).load(in);
            if (document == null) {
                return Map.of();
            }
            if (!(document instanceof Map<?, ?> map)) {
                throw new IllegalStateException("Not a map at the top of seeds/" + path);
            }
            var result = new LinkedHashMap<String, Object>();
            map.forEach((key, value) -> result.put(String.valueOf(key), value));
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (YAMLException e) {
            throw new IllegalStateException("seeds/" + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public byte[] bytes(String path) {
        try (InputStream in = resource(path).getInputStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean exists(String path) {
        return resource(path).exists();
    }

    @Override
    public List<String> list(String inside) {
        String prefix = checked(inside).replaceAll("/+$", "");
        var names = new TreeSet<String>();
        try {
            if (folder != null) {
                listFolder(folder.resolve(prefix), prefix, names);
            } else {
                String pattern = "classpath*:seeds/" + prefix + "/*";
                for (Resource file : new PathMatchingResourcePatternResolver().getResources(pattern)) {
                    String name = file.getFilename();
                    if (name != null && name.contains(".") && file.isReadable()) {
                        names.add(prefix + "/" + name);
                    }
                }
            }
        } catch (java.io.FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ArrayList<>(names);
    }

    @Override
    public int line(String path, List<String> keys) {
        try (InputStream in = resource(path).getInputStream();
                var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            Node node = new Yaml(new SafeConstructor(new LoaderOptions())).compose(reader);
            for (String key : keys) {
                Node next = below(node, key);
                if (next == null) {
                    break; // something is missing: name the place where it should be
                }
                node = next;
            }
            return node == null ? 0 : node.getStartMark().getLine() + 1;
        } catch (IOException | YAMLException e) {
            return 0;
        }
    }

    private static @Nullable Node below(@Nullable Node node, String key) {
        if (node instanceof MappingNode map) {
            return map.getValue().stream()
                    .filter(entry -> entry.getKeyNode() instanceof ScalarNode name
                            && name.getValue().equals(key))
                    .map(NodeTuple::getValueNode)
                    .findFirst()
                    .orElse(null);
        }
        if (node instanceof SequenceNode list && key.matches("[0-9]{1,6}")) {
            int index = Integer.parseInt(key);
            return index < list.getValue().size() ? list.getValue().get(index) : null;
        }
        return null;
    }

    private static void listFolder(Path path, String prefix, TreeSet<String> names) throws IOException {
        if (!Files.isDirectory(path)) {
            return;
        }
        try (var files = Files.list(path)) {
            files.filter(Files::isRegularFile).forEach(file -> names.add(prefix + "/" + file.getFileName()));
        }
    }

    private Resource resource(String path) {
        String name = checked(path);
        return folder == null ? new ClassPathResource("seeds/" + name) : new FileSystemResource(folder.resolve(name));
    }

    private static String checked(String path) {
        if (path.startsWith("/") || Path.of(path).normalize().startsWith("..")) {
            throw new IllegalArgumentException("outside of the seeds: " + path);
        }
        return path;
    }
}
