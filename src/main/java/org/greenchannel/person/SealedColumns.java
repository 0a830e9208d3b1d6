package org.greenchannel.person;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.platform.FieldCipher;
import org.jspecify.annotations.Nullable;

/** Encrypted columns of one table; a value is bound to its column and row, so it cannot be moved. */
final class SealedColumns {

    private final FieldCipher cipher;
    private final String table;
    private final Map<String, String> columns = new LinkedHashMap<>();

    SealedColumns(FieldCipher cipher, String table, List<String> fields) {
        this.cipher = cipher;
        this.table = table;
        for (String field : fields) {
            columns.put(field, field.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT));
        }
    }

    /** Column names with commas, for a select. */
    String list() {
        return String.join(", ", columns.values());
    }

    /** {@code column = :field} with commas, for an update. */
    String assignments() {
        return String.join(
                ", ",
                columns.entrySet().stream()
                        .map(e -> e.getValue() + " = :" + e.getKey())
                        .toList());
    }

    /** Parameters by field; null where there is no value. */
    Map<String, byte @Nullable []> seal(UUID id, Map<String, String> values) {
        var sealed = new HashMap<String, byte @Nullable []>();
        columns.forEach((field, column) -> {
            String value = values.get(field);
            sealed.put(field, value == null ? null : cipher.encrypt(value, place(column, id)));
        });
        return sealed;
    }

    /** Plain values of a row by field; fields without a value are absent. */
    Map<String, String> open(ResultSet row, UUID id) throws SQLException {
        var values = new HashMap<String, String>();
        for (var entry : columns.entrySet()) {
            byte[] sealed = row.getBytes(entry.getValue());
            if (sealed != null) {
                values.put(entry.getKey(), cipher.decrypt(sealed, place(entry.getValue(), id)));
            }
        }
        return values;
    }

    private String place(String column, UUID id) {
        return table + "." + column + "|" + id;
    }
}
