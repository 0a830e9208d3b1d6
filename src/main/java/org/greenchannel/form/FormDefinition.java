package org.greenchannel.form;

import java.util.List;
import java.util.Map;

/**
 * A parsed form in one language.
 *
 * @param schema the schema as written, texts in that language; not to be changed
 * @param fields components that hold data, as a tree
 * @param dataClass class of D16 of its submissions
 */
record FormDefinition(String id, Map<String, Object> schema, List<Field> fields, List<Rule> rules, String dataClass) {

    private static final String MARK = "# ";

    /** The first heading of its texts, else its id. */
    String title() {
        for (Object component : FormReader.list(schema.get("components"))) {
            Object text = FormReader.map(component).getOrDefault("text", "");
            String first = text.toString().lines().findFirst().orElse("");
            if (first.startsWith(MARK)) {
                return first.substring(MARK.length()).strip();
            }
        }
        return id;
    }
}
