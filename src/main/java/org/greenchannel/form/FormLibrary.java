package org.greenchannel.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.greenchannel.engine.FormResource;
import org.greenchannel.kernel.Text;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** Parsed forms, kept: what is deployed never changes under its deployment id. */
@Component
class FormLibrary {

    private record Key(String deploymentId, String formId, boolean english) {}

    private final Map<Key, FormDefinition> forms = new ConcurrentHashMap<>();
    private final JsonMapper json;

    FormLibrary(JsonMapper json) {
        this.json = json;
    }

    /** The form in Chinese. */
    FormDefinition chinese(FormResource form) {
        return get(form, false);
    }

    /** The form in English if asked, otherwise in Chinese. */
    FormDefinition get(FormResource form, boolean english) {
        var key = new Key(form.deploymentId(), form.id(), english);
        return forms.computeIfAbsent(key, ignored -> parse(form, english));
    }

    private FormDefinition parse(FormResource form, boolean english) {
        Map<String, Object> schema = read(form.schema());
        if (english) {
            schema = FormTexts.english(schema, read(form.english()));
        }
        Object dataClass = FormReader.map(schema.get("properties")).getOrDefault("dataClass", "LEG");
        return new FormDefinition(
                form.id(), schema, FormReader.fields(form.id(), schema), rules(form), dataClass.toString());
    }

    private Map<String, Object> read(String text) {
        return text.isBlank() ? Map.of() : FormReader.map(json.readValue(text, Map.class));
    }

    private static List<Rule> rules(FormResource form) {
        var rules = new ArrayList<Rule>();
        Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(form.rules());
        for (Object item : FormReader.list(read)) {
            Map<String, Object> rule = FormReader.map(item);
            Map<String, Object> message = FormReader.map(rule.get("message"));
            if (!(rule.get("id") instanceof String id) || !(rule.get("valid") instanceof String valid)) {
                throw new IllegalStateException("Form " + form.id() + ": rule without id or condition");
            }
            rules.add(new Rule(
                    id,
                    FormReader.list(rule.get("fields")).stream()
                            .map(String::valueOf)
                            .toList(),
                    valid,
                    new Text(
                            String.valueOf(message.getOrDefault("zh", id)),
                            String.valueOf(message.getOrDefault("en", id))),
                    "warning".equals(rule.get("level"))));
        }
        return List.copyOf(rules);
    }
}
