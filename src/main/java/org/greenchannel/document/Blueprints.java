package org.greenchannel.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads all kinds of papers at start, so that a mistake in a description stops the application and not a doctor. */
@Component
class Blueprints {

    private final Map<String, Blueprint> byCode;

    Blueprints() {
        var found = new TreeMap<String, Blueprint>();
        try {
            Map<String, Object> common = yaml(new ClassPathResource("documents/_layout/common.yaml"));
            for (Resource meta :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:documents/*/meta.yaml")) {
                Blueprint blueprint = blueprint(new Part(meta.getDescription(), yaml(meta)), common);
                found.put(blueprint.code(), blueprint);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byCode = Map.copyOf(found);
    }

    Set<String> codes() {
        return new java.util.TreeSet<>(byCode.keySet());
    }

    boolean has(String code) {
        return byCode.containsKey(code);
    }

    Blueprint get(String code) {
        Blueprint found = byCode.get(code);
        if (found == null) {
            throw Problem.notFound("document-unknown", code);
        }
        return found;
    }

    private static Map<String, Object> yaml(Resource file) throws IOException {
        try (InputStream in = file.getInputStream()) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
        }
    }

    private static Blueprint blueprint(Part doc, Map<String, Object> common) {
        var signatures = new ArrayList<Text>();
        for (Object signature : doc.list("signatures")) {
            signatures.add(doc.text(signature));
        }
        var fields = new LinkedHashMap<String, Blueprint.Field>();
        common.forEach((name, value) -> fields.put(name, field(doc, value)));
        doc.map("fields").forEach((name, value) -> fields.put(name, field(doc, value)));
        return new Blueprint(
                doc.string("code"),
                doc.text(doc.required("title")),
                doc.string("word"),
                doc.strings(doc.required("issuer")),
                doc.text(doc.required("basis")),
                doc.string("dataClass"),
                Optional.ofNullable(doc.map().get("startsClock")).map(Object::toString),
                List.copyOf(signatures),
                Boolean.TRUE.equals(doc.map().get("seal")),
                Boolean.TRUE.equals(doc.map().get("redHead")),
                fields);
    }

    private static Blueprint.Field field(Part doc, Object value) {
        if (value instanceof Map<?, ?> spec) {
            Object from = Objects.requireNonNull(spec.get("from"), "field without from");
            Object as = spec.get("as");
            return new Blueprint.Field(doc.strings(from), as == null ? "text" : as.toString());
        }
        return new Blueprint.Field(doc.strings(value), "text");
    }

    /** A mapping of the file, with errors that name it. */
    private record Part(String file, Map<String, Object> map) {

        Object required(String key) {
            Object value = map.get(key);
            if (value == null) {
                throw new IllegalStateException(file + ": " + key + " is missing");
            }
            return value;
        }

        String string(String key) {
            return required(key).toString();
        }

        List<?> list(String key) {
            return map.get(key) instanceof List<?> list ? list : List.of();
        }

        @SuppressWarnings("unchecked")
        Map<String, Object> map(String key) {
            return map.get(key) instanceof Map<?, ?> inner ? (Map<String, Object>) inner : Map.of();
        }

        List<String> strings(Object value) {
            if (value instanceof List<?> list) {
                return list.stream().map(Object::toString).toList();
            }
            return List.of(value.toString());
        }

        Text text(@Nullable Object value) {
            if (value instanceof Map<?, ?> both && both.get("zh") != null && both.get("en") != null) {
                return new Text(both.get("zh").toString(), both.get("en").toString());
            }
            throw new IllegalStateException(file + ": a text needs zh and en");
        }
    }
}
