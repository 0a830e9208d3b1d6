package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.greenchannel.oversight.Mechanism;
import org.greenchannel.oversight.SourceDocument;
import org.greenchannel.oversight.Traceability;
import org.greenchannel.platform.CurrentUser;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** From the clauses of the source documents to what the product does about them. */
@RestController
@RequestMapping("/api/v1/traceability")
@Tag(name = "traceability")
class TraceabilityController {

    private final Traceability traceability;
    private final CurrentUser user;

    TraceabilityController(Traceability traceability, CurrentUser user) {
        this.traceability = traceability;
        this.user = user;
    }

    /** A source document in the language of the caller. */
    record Source(String code, String name, String city) {
        static Source of(SourceDocument source, Locale locale) {
            return new Source(source.code(), source.name().in(locale), source.city());
        }
    }

    /** A mechanism in the language of the caller. */
    record Item(
            String id,
            String source,
            String clause,
            String mark,
            String text,
            Map<String, List<String>> served,
            @Nullable String outOfScope) {
        static Item of(Mechanism one, Locale locale) {
            return new Item(
                    one.id(),
                    one.source(),
                    one.clause().in(locale),
                    one.mark(),
                    one.text().in(locale),
                    one.served(),
                    one.outOfScope() == null ? null : one.outOfScope().in(locale));
        }
    }

    /** Documents and mechanisms. */
    record Answer(List<Source> sources, List<Item> items) {}

    @GetMapping
    @Operation(summary = "Mechanisms of the source documents and what serves them")
    Answer all(
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String mark,
            HttpServletRequest request) {
        Locale locale = Requests.language(request);
        List<Mechanism> found = traceability.mechanisms(source, mark, user.require());
        return new Answer(
                traceability.sources().stream()
                        .map(one -> Source.of(one, locale))
                        .toList(),
                found.stream().map(one -> Item.of(one, locale)).toList());
    }
}
