package org.greenchannel.platform;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says which refusal an exception of the frameworks means; null when it means that we have made a mistake. */
final class Refusals {

    /** Values no column can hold: a NUL character, an untranslatable character, a time that is none or out of range. */
    private static final Set<String> IMPOSSIBLE = Set.of("22021", "22P05", "22007", "22008", "22009");

    private static final int LONGEST_NAME = 40;

    /** The renderer says it by the name of the rule. */
    private static final Text BY_RULE = Text.same("");

    private Refusals() {}

    static @Nullable Problem of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null && cause != cause.getCause(); cause = cause.getCause()) {
            Problem problem = request(cause);
            if (problem == null) {
                problem = database(cause);
            }
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    /** JSON that can be read but has a wrong shape: the place is named. */
    private static Problem body(@Nullable Throwable cause) {
        if (!(cause instanceof MismatchedInputException mismatch)
                || mismatch.getPath().isEmpty()) {
            return Problem.badRequest("bad-body");
        }
        var pointer = new StringBuilder();
        for (JacksonException.Reference step : mismatch.getPath()) {
            String name = step.getPropertyName() == null ? Integer.toString(step.getIndex()) : step.getPropertyName();
            pointer.append('/')
                    .append(name.substring(0, Math.min(name.length(), LONGEST_NAME))
                            .replace("~", "~0")
                            .replace("/", "~1"));
        }
        String rule = mismatch instanceof UnrecognizedPropertyException ? "unknown" : "type";
        return Problem.invalid("bad-body", List.of(new FieldError(pointer.toString(), rule, BY_RULE)));
    }

    private static @Nullable Problem database(Throwable cause) {
        if (cause instanceof SQLException sql && IMPOSSIBLE.contains(String.valueOf(sql.getSQLState()))) {
            return Problem.badRequest("bad-request");
        }
        if (cause instanceof DataAccessResourceFailureException
                || cause instanceof TransientDataAccessResourceException
                || cause instanceof QueryTimeoutException
                || cause instanceof CannotCreateTransactionException) {
            return Problem.unavailable("unavailable").with("retryAfter", 3);
        }
        if (cause instanceof ConcurrencyFailureException || cause instanceof DuplicateKeyException) {
            return Problem.conflict("conflict");
        }
        return null;
    }

    private static @Nullable Problem request(Throwable cause) {
        if (cause instanceof Problem problem) {
            return problem;
        }
        if (cause instanceof NoResourceFoundException || cause instanceof NoHandlerFoundException) {
            return Problem.notFound("not-found");
        }
        if (cause instanceof HttpMessageNotReadableException) {
            return body(cause.getCause());
        }
        if (cause instanceof MethodArgumentTypeMismatchException mismatch) {
            return Problem.badRequest("bad-parameter", mismatch.getName());
        }
        if (cause instanceof MaxUploadSizeExceededException) {
            return Problem.tooLarge("too-large");
        }
        if (cause instanceof MissingRequestValueException
                || cause instanceof ServletRequestBindingException
                || cause instanceof MultipartException) {
            return Problem.badRequest("bad-request");
        }
        if (cause instanceof MethodArgumentNotValidException invalid) {
            return Problem.invalid("invalid", fields(invalid));
        }
        if (cause instanceof HandlerMethodValidationException invalid) {
            return Problem.invalid("invalid", parameters(invalid));
        }
        return null;
    }

    /** Statuses that no {@link Problem} kind has; 0 when the exception is none of them. */
    static int status(Throwable cause) {
        if (cause instanceof HttpRequestMethodNotSupportedException) {
            return 405;
        }
        if (cause instanceof HttpMediaTypeNotSupportedException) {
            return 415;
        }
        return cause instanceof HttpMediaTypeNotAcceptableException ? 406 : 0;
    }

    private static List<FieldError> fields(MethodArgumentNotValidException invalid) {
        var errors = new ArrayList<FieldError>();
        for (var error : invalid.getBindingResult().getFieldErrors()) {
            String pointer = "/" + error.getField().replace('.', '/').replaceAll("\\[(\\d+)]", "/$1");
            errors.add(new FieldError(
                    pointer, rule(error.getCode()), Text.same(String.valueOf(error.getDefaultMessage()))));
        }
        return errors;
    }

    private static List<FieldError> parameters(HandlerMethodValidationException invalid) {
        var errors = new ArrayList<FieldError>();
        for (ParameterValidationResult result : invalid.getParameterValidationResults()) {
            for (var error : result.getResolvableErrors()) {
                errors.add(new FieldError(
                        "/" + result.getMethodParameter().getParameterName(),
                        "invalid",
                        Text.same(String.valueOf(error.getDefaultMessage()))));
            }
        }
        return errors;
    }

    private static String rule(@Nullable String code) {
        return code == null ? "invalid" : code;
    }
}
