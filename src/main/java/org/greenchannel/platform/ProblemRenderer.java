package org.greenchannel.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns whatever went wrong into a text for people and a problem document (RFC 9457) for clients. For the API it is
 * called by itself; pages and security filters use it directly. Unexpected exceptions show a reference only.
 */
@Component
public class ProblemRenderer {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemRenderer.class);

    private final MessageSource messages;
    private final JsonMapper json;

    ProblemRenderer(MessageSource messages, JsonMapper json) {
        this.messages = messages;
        this.json = json;
    }

    /** The language of an answer: English where the first wish is English, otherwise Chinese. */
    public static Locale language(HttpServletRequest request) {
        boolean asked = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) != null;
        return asked && request.getLocale().getLanguage().equals("en") ? Locale.ENGLISH : Locale.CHINA;
    }

    /** What to show for the exception, in the language. Logs it when it is a mistake of ours. */
    public ProblemView view(Throwable thrown, Locale locale) {
        int special = Refusals.status(thrown);
        if (special != 0) {
            return view("status-" + special, special, List.of(), List.of(), Map.of(), locale);
        }
        Problem problem = Refusals.of(thrown);
        if (problem == null) {
            return unexpected(thrown, locale);
        }
        return view(
                problem.type(), status(problem.kind()), problem.args(), problem.errors(), problem.properties(), locale);
    }

    /** What to show for a bare HTTP status, for example from a filter that knows no exception. */
    public ProblemView view(int status, Locale locale) {
        return view("status-" + status, status, List.of(), List.of(), Map.of(), locale);
    }

    /** Answers with the problem as JSON. */
    public void write(HttpServletRequest request, HttpServletResponse response, Throwable thrown) throws IOException {
        Locale locale = language(request);
        write(request, response, view(thrown, locale), locale);
    }

    /** Answers with the problem of a bare status as JSON. */
    public void write(HttpServletRequest request, HttpServletResponse response, int status) throws IOException {
        Locale locale = language(request);
        write(request, response, view(status, locale), locale);
    }

    private void write(HttpServletRequest request, HttpServletResponse response, ProblemView view, Locale locale)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(view.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader(HttpHeaders.CONTENT_LANGUAGE, locale.toLanguageTag());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Object retry = view.properties().get("retryAfter");
        if (retry != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, retry.toString());
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("type", view.type());
        body.put("title", view.title());
        body.put("status", view.status());
        body.put("detail", view.detail());
        body.put("instance", request.getRequestURI());
        body.put("errors", view.errors());
        view.properties().forEach(body::putIfAbsent);
        response.getOutputStream().write(json.writeValueAsBytes(body));
        response.flushBuffer();
    }

    private ProblemView view(
            String type,
            int status,
            List<Object> args,
            List<FieldError> errors,
            Map<String, Object> properties,
            Locale locale) {
        Object[] values = args.stream()
                .map(arg -> arg instanceof Text text ? text.in(locale) : arg)
                .toArray();
        String fallback = "problem.status-" + status;
        String title = text("problem." + type + ".title", values, fallback + ".title", locale);
        String detail = text("problem." + type + ".detail", values, fallback + ".detail", locale);
        var items = errors.stream()
                .map(e -> new ProblemView.Item(e.pointer(), e.rule(), message(e, locale)))
                .toList();
        return new ProblemView("/problems/" + type, status, title, detail, items, properties);
    }

    private String message(FieldError error, Locale locale) {
        String said = error.message().in(locale);
        return said.isBlank()
                ? text("problem.field." + error.rule(), new Object[0], "problem.field.type", locale)
                : said;
    }

    private String text(String code, Object[] values, String fallback, Locale locale) {
        String found = messages.getMessage(code, values, null, locale);
        if (found == null) {
            found = messages.getMessage(fallback, values, null, locale);
        }
        return found == null ? String.valueOf(messages.getMessage("problem.any", values, code, locale)) : found;
    }

    private ProblemView unexpected(Throwable thrown, Locale locale) {
        var current = RequestContext.current();
        String reference = current == null ? UUID.randomUUID().toString() : current.requestId();
        LOG.error("Unexpected failure, reference {}{}", reference, trace(thrown));
        return view("internal-error", 500, List.of(reference), List.of(), Map.of("reference", reference), locale);
    }

    /** Classes and places only: messages of exceptions may quote what somebody typed. */
    static String trace(Throwable thrown) {
        var text = new StringBuilder();
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 8; depth++) {
            text.append(depth == 0 ? ": " : System.lineSeparator() + "Caused by: ")
                    .append(cause.getClass().getName());
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, depth == 0 ? 40 : 12); i++) {
                text.append(System.lineSeparator()).append("\tat ").append(frames[i]);
            }
            cause = cause.getCause() == cause ? null : cause.getCause();
        }
        return text.toString();
    }

    private static int status(Problem.Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> 404;
            case FORBIDDEN -> 403;
            case CONFLICT -> 409;
            case INVALID -> 422;
            case BAD_REQUEST -> 400;
            case UNAVAILABLE -> 503;
            case TOO_MANY -> 429;
            case TOO_LARGE -> 413;
        };
    }
}
