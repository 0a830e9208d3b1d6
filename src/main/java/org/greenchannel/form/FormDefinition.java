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
record FormDefinition(String id, Map<String, Object> schema, List<Field> fields, List<Rule> rules, String dataClass) {}
