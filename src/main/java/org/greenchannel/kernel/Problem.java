package org.greenchannel.kernel;

import java.util.List;
import java.util.Map;

/**
 * An expected refusal. Carries no HTTP: {@code platform} maps the kind to a status and the type to a message
 * ({@code problem.<type>.title} and {@code problem.<type>.detail} with {@link #args()}). Never carries personal data.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of refusal this is; decides the HTTP status (404, 403, 409, 422, 400, 503, 429, 413). */
    public enum Kind {
        NOT_FOUND,
        FORBIDDEN,
        CONFLICT,
        INVALID,
        BAD_REQUEST,
        UNAVAILABLE,
        TOO_MANY,
        TOO_LARGE
    }

    private final Kind kind;
    private final String type;
    private final transient List<Object> args;
    private final transient List<FieldError> errors;
    private final transient Map<String, Object> properties;

    private Problem(
            Kind kind, String type, List<Object> args, List<FieldError> errors, Map<String, Object> properties) {
        super(type + args);
        this.kind = kind;
        this.type = type;
        this.args = List.copyOf(args);
        this.errors = List.copyOf(errors);
        this.properties = Map.copyOf(properties);
    }

    /** Does not exist, or may not be known to exist. */
    public static Problem notFound(String type, Object... args) {
        return new Problem(Kind.NOT_FOUND, type, List.of(args), List.of(), Map.of());
    }

    /** Exists and is visible, but this viewer may not do that. */
    public static Problem forbidden(String type, Object... args) {
        return new Problem(Kind.FORBIDDEN, type, List.of(args), List.of(), Map.of());
    }

    /** Somebody was first, or the state does not allow it any more. */
    public static Problem conflict(String type, Object... args) {
        return new Problem(Kind.CONFLICT, type, List.of(args), List.of(), Map.of());
    }

    /** The submitted data break rules; every refused field is named. */
    public static Problem invalid(String type, List<FieldError> errors) {
        return new Problem(Kind.INVALID, type, List.of(), errors, Map.of());
    }

    /** The request cannot be understood. */
    public static Problem badRequest(String type, Object... args) {
        return new Problem(Kind.BAD_REQUEST, type, List.of(args), List.of(), Map.of());
    }

    /** A part of the system is not there now; trying again later makes sense. */
    public static Problem unavailable(String type, Object... args) {
        return new Problem(Kind.UNAVAILABLE, type, List.of(args), List.of(), Map.of());
    }

    /** Too many requests. */
    public static Problem tooMany(String type, Object... args) {
        return new Problem(Kind.TOO_MANY, type, List.of(args), List.of(), Map.of());
    }

    /** More than the limit allows. */
    public static Problem tooLarge(String type, Object... args) {
        return new Problem(Kind.TOO_LARGE, type, List.of(args), List.of(), Map.of());
    }

    /** The same problem with one more machine-readable property. */
    public Problem with(String name, Object value) {
        var more = new java.util.HashMap<>(properties);
        more.put(name, value);
        return new Problem(kind, type, args, errors, more);
    }

    public Kind kind() {
        return kind;
    }

    /** Stable slug, the only thing a client may switch on. */
    public String type() {
        return type;
    }

    public List<Object> args() {
        return args;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public Map<String, Object> properties() {
        return properties;
    }
}
