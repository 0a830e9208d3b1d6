package org.greenchannel.form;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.engine.Expressions;
import org.greenchannel.engine.FormResource;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Forms checked here by the schema the browser shows; submissions and drafts kept encrypted. */
@Service
class StoredForms implements Forms {

    private static final int LONGEST_SCOPE = 200;

    private final FormLibrary library;
    private final FormShow show;
    private final FormAnswers answers;
    /** Key of the box by which forms are signed. */
    private static final String SIGNATURE = "signature";

    private final References references;
    private final Prefill prefill;
    private final FormMessages messages;
    private final Expressions expressions;
    private final RuleCheck rules;
    private final SubmissionStore submissions;
    private final DraftStore drafts;
    private final Clock clock;
    private final ZoneId zone;

    StoredForms(
            FormLibrary library,
            FormShow show,
            FormAnswers answers,
            References references,
            Prefill prefill,
            FormMessages messages,
            Expressions expressions,
            RuleCheck rules,
            SubmissionStore submissions,
            DraftStore drafts,
            Clock clock,
            ZoneId zone) {
        this.library = library;
        this.show = show;
        this.answers = answers;
        this.references = references;
        this.prefill = prefill;
        this.messages = messages;
        this.expressions = expressions;
        this.rules = rules;
        this.submissions = submissions;
        this.drafts = drafts;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public FormView view(FormResource form, FormContext context, Locale locale) {
        return show.show(library.get(form, isEnglish(locale)), context, locale);
    }

    @Override
    public String title(FormResource form, Locale locale) {
        return library.get(form, isEnglish(locale)).title();
    }

    @Override
    public List<BriefField> brief(FormResource form, Locale locale) {
        return Field.leaves(library.get(form, isEnglish(locale)).fields()).stream()
                .filter(field -> field.properties().containsKey("brief"))
                .map(field -> new BriefField(
                        field.key(), field.label(), field.properties().getOrDefault("brief", ""), field.store()))
                .toList();
    }

    @Override
    public Set<String> prefillSources(FormResource form) {
        return Prefill.outside(library.chinese(form).fields());
    }

    @Override
    public FormResult check(FormResource form, Map<String, ? extends @Nullable Object> data, FormContext context) {
        if (!DataLimits.hold(data)) {
            throw Problem.invalid("form-invalid", List.of(messages.error("/data", "size")));
        }
        FormDefinition definition = library.chinese(form);
        var values = new ValueCheck(messages, references, prefill, context);
        Scope root = values.read(definition.fields(), data, "/data");
        var check = new FormCheck(definition, context, expressions, messages, prefill, root);
        List<FieldError> errors = new ArrayList<>(check.run());
        errors.addAll(values.unknown);
        Map<String, @Nullable Object> feel =
                new FeelData(zone).rules(definition.fields(), root, context, references.licences(context.viewer()));
        RuleCheck.Outcome outcome = rules.run(definition, feel, check.refused());
        errors.addAll(outcome.errors());
        if (!errors.isEmpty()) {
            throw Problem.invalid("form-invalid", errors);
        }
        return Results.of(definition, root, outcome.warnings(), zone);
    }

    @Override
    public boolean warns(FormResource form) {
        return library.chinese(form).rules().stream().anyMatch(Rule::warning);
    }

    @Override
    public Advice advise(
            FormResource form,
            Map<String, ? extends @Nullable Object> data,
            FormContext context,
            boolean answeredOnly) {
        if (!DataLimits.hold(data)) {
            return Advice.NONE;
        }
        FormDefinition definition = library.chinese(form);
        Scope root = new ValueCheck(messages, references, prefill, context).read(definition.fields(), data, "/data");
        var check = new FormCheck(definition, context, expressions, messages, prefill, root);
        check.run();
        Map<String, @Nullable Object> feel =
                new FeelData(zone).rules(definition.fields(), root, context, references.licences(context.viewer()));
        Set<String> silent = new HashSet<>(check.refused());
        if (answeredOnly) {
            definition.rules().stream()
                    .flatMap(rule -> rule.fields().stream())
                    .filter(field -> unanswered(data.get(field)))
                    .forEach(silent::add);
        }
        RuleCheck.Outcome outcome = rules.run(definition, feel, silent);
        return new Advice(outcome.errors(), outcome.warnings());
    }

    private static boolean unanswered(@Nullable Object value) {
        return value == null || value.equals("") || value instanceof Collection<?> several && several.isEmpty();
    }

    @Override
    @Transactional
    public Submission submit(
            UUID caseId,
            @Nullable UUID workItemId,
            String processKey,
            String taskKey,
            FormResource form,
            FormResult accepted,
            Viewer viewer,
            Instant at) {
        var submission = new Submission(
                UUID.randomUUID(),
                caseId,
                workItemId,
                processKey,
                taskKey,
                form.id(),
                form.deploymentId(),
                viewer.username(),
                at.truncatedTo(ChronoUnit.MICROS),
                library.chinese(form).dataClass(),
                CanonicalJson.digest(submissions.json().write(accepted.data())),
                accepted.data());
        submissions.insert(submission);
        return submission;
    }

    @Override
    public List<Submission> list(UUID caseId) {
        return submissions.list(caseId);
    }

    @Override
    public Optional<Submission> find(UUID submissionId) {
        return submissions.find(submissionId);
    }

    @Override
    public Optional<Submission> latest(UUID caseId, String formId) {
        return submissions.latest(caseId, formId);
    }

    @Override
    public List<Answer> answers(Submission submission, FormResource form, Locale locale) {
        return answers.of(library.get(form, isEnglish(locale)), submission.data(), locale);
    }

    @Override
    @Transactional
    public Draft saveDraft(
            String scope, Viewer viewer, Map<String, ? extends @Nullable Object> data, @Nullable Integer seen) {
        if (scope.length() > LONGEST_SCOPE || !DataLimits.hold(data)) {
            throw Problem.badRequest("draft-too-large");
        }
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, @Nullable Object> unsigned = new HashMap<>(data);
        unsigned.remove(SIGNATURE); // a signature is given to what one reads now, never restored
        int version = drafts.save(scope, viewer, unsigned, seen, at).orElseThrow(() -> changed(scope, viewer));
        return new Draft(unsigned, at, version, viewer.username());
    }

    private Problem changed(String scope, Viewer viewer) {
        Problem problem = Problem.conflict("draft-changed");
        return drafts.find(scope, viewer.accountId())
                .map(there ->
                        problem.with("savedAt", there.savedAt().toString()).with("version", there.version()))
                .orElse(problem);
    }

    @Override
    public Optional<Draft> draft(String scope, Viewer viewer) {
        return drafts.find(scope, viewer.accountId());
    }

    @Override
    public Map<String, Instant> drafted(Collection<String> scopes, Viewer viewer) {
        return scopes.isEmpty() ? Map.of() : drafts.saved(scopes, viewer.accountId());
    }

    @Override
    public Optional<Draft> lastDraft(String scope) {
        return drafts.last(scope);
    }

    @Override
    @Transactional
    public void dropDraft(String scope, Viewer viewer) {
        drafts.delete(scope, viewer.accountId());
    }

    @Override
    @Transactional
    public void dropDrafts(String scope) {
        drafts.delete(scope);
    }

    private static boolean isEnglish(Locale locale) {
        return locale.getLanguage().equals("en");
    }
}
