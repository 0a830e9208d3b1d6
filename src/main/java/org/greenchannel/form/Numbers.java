package org.greenchannel.form;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers of any Java type, as JSON brings them. */
final class Numbers {

    private static final Pattern WRITTEN = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,10})?");
    private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000_000_000L);

    private Numbers() {}

    /** The exact value of a number, or null if it is none: not finite, or absurdly long. */
    static @Nullable BigDecimal exact(Object raw) {
        if (raw instanceof BigDecimal decimal) {
            return Math.abs((long) decimal.scale()) > 40 || decimal.precision() > 40 ? null : decimal;
        }
        if (raw instanceof BigInteger whole) {
            return whole.bitLength() > 100 ? null : new BigDecimal(whole);
        }
        if (raw instanceof Double || raw instanceof Float) {
            return Double.isFinite(((Number) raw).doubleValue()) ? exact(new BigDecimal(raw.toString())) : null;
        }
        boolean whole = raw instanceof Integer || raw instanceof Long || raw instanceof Short || raw instanceof Byte;
        return whole ? BigDecimal.valueOf(((Number) raw).longValue()) : null;
    }

    /** Checks a number field; whole numbers become {@code Integer} or {@code Long}, others {@code BigDecimal}. */
    static Object read(Field field, Object raw) throws Refused {
        boolean written = Boolean.TRUE.equals(field.source().get("serializeToString")) && raw instanceof String;
        Object number = written && WRITTEN.matcher((String) raw).matches() ? new BigDecimal((String) raw) : raw;
        BigDecimal value = exact(number);
        if (value == null || value.abs().compareTo(LARGEST) > 0) {
            throw new Refused("type");
        }
        value = plain(value);
        Object digits = field.source().get("decimalDigits");
        if (digits instanceof Number most && value.scale() > most.intValue()) {
            throw new Refused("decimals", most);
        }
        range(field, value);
        boolean whole = digits instanceof Number most ? most.intValue() == 0 : value.scale() == 0;
        return whole ? whole(value) : value;
    }

    private static void range(Field field, BigDecimal value) throws Refused {
        BigDecimal min = bound(field, "min");
        BigDecimal max = bound(field, "max");
        if (min != null && value.compareTo(min) < 0) {
            throw new Refused("min", plain(min).toPlainString());
        }
        if (max != null && value.compareTo(max) > 0) {
            throw new Refused("max", plain(max).toPlainString());
        }
    }

    private static @Nullable BigDecimal bound(Field field, String name) {
        Object bound = field.validate().get(name);
        return bound == null ? null : exact(bound);
    }

    /** Without trailing zeros and never with an exponent. */
    static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static Object whole(BigDecimal value) {
        long number = value.longValueExact();
        return number == (int) number ? (Object) (int) number : (Object) number;
    }
}
