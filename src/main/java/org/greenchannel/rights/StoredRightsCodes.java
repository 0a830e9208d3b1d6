package org.greenchannel.rights;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.FieldCipher;
import org.greenchannel.platform.RequestContext;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Codes as keyed digests; every hand-out, use and refusal is recorded. */
@Service
class StoredRightsCodes implements RightsCodes {

    private static final String ACTION = "rights.issue";
    private static final int MOST = 10;

    private final CodeTable table;
    private final Attempts attempts;
    private final Visits visits;
    private final CaseFiles cases;
    private final AccessPolicy access;
    private final Organisations organisations;
    private final FieldCipher cipher;
    private final AuditLog audit;
    private final Texts texts;
    private final Clock clock;
    private final String publicUrl;
    private final SecureRandom random = new SecureRandom();

    StoredRightsCodes(
            CodeTable table,
            Attempts attempts,
            Visits visits,
            CaseFiles cases,
            AccessPolicy access,
            Organisations organisations,
            FieldCipher cipher,
            AuditLog audit,
            Texts texts,
            Clock clock,
            @Value("${greenchannel.public-url:http://localhost:${server.port:8080}}") String publicUrl) {
        this.table = table;
        this.attempts = attempts;
        this.visits = visits;
        this.cases = cases;
        this.access = access;
        this.organisations = organisations;
        this.cipher = cipher;
        this.audit = audit;
        this.texts = texts;
        this.clock = clock;
        this.publicUrl = publicUrl;
    }

    @Override
    @Transactional(readOnly = true)
    public boolean mayIssue(String caseNumber, Viewer viewer) {
        CaseSummary file = cases.get(caseNumber, viewer);
        return file.personId() != null && access.allows(viewer, ACTION, cases.relation(file, viewer));
    }

    @Override
    @Transactional(readOnly = true)
    public List<RightsCode> list(String caseNumber, Viewer viewer) {
        return table.ofCase(allowed(caseNumber, viewer).id());
    }

    private CaseSummary allowed(String caseNumber, Viewer viewer) {
        CaseSummary file = cases.get(caseNumber, viewer);
        cases.require(file, ACTION, viewer);
        file.person();
        return file;
    }

    @Override
    @Transactional
    public Issued issue(
            String caseNumber, Holder holder, boolean identityChecked, @Nullable String requestId, Viewer viewer) {
        CaseSummary file = allowed(caseNumber, viewer);
        if (!identityChecked) {
            throw Problem.invalid(
                    "form-invalid",
                    List.of(new FieldError(
                            "/data/identityChecked", "required", texts.of("rights.identity-not-checked"))));
        }
        cases.lock(file.id());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (table.ofCase(file.id()).stream().filter(code -> code.valid(now)).count() >= MOST) {
            throw Problem.conflict("rights-codes-full", MOST);
        }
        String plain = CodeWords.fresh(random);
        var code = new RightsCode(
                UUID.randomUUID(),
                file.id(),
                holder,
                viewer.organisation(),
                viewer.username(),
                now,
                now.plus(lifetime()),
                null,
                null,
                null);
        String request = requestId == null ? code.id().toString() : requestId;
        if (!table.insert(code, digest(plain), request)) {
            throw Problem.conflict("rights-code-issued");
        }
        audit.record(
                viewer,
                AuditEntry.done(
                        ACTION,
                        file.id(),
                        object(code),
                        Map.of(
                                "holder",
                                holder.name(),
                                "until",
                                code.expiresAt().toString())));
        cases.tell(
                file.id(),
                now,
                "CASE",
                texts.of("rights.issued", texts.of("code.holder." + holder)),
                "",
                viewer.username(),
                Map.of("holder", holder.name()));
        return new Issued(CodeWords.grouped(plain), publicUrl + "/rights/" + CodeWords.grouped(plain), code);
    }

    private Duration lifetime() {
        return Duration.ofDays(Integer.parseInt(organisations.setting("rights.codeDays", "90")));
    }

    @Override
    @Transactional
    public void revoke(String caseNumber, UUID codeId, Viewer viewer) {
        CaseSummary file = allowed(caseNumber, viewer);
        RightsCode code = table.find(codeId)
                .filter(found -> found.caseId().equals(file.id()))
                .orElseThrow(() -> Problem.notFound("rights-code-unknown"));
        if (table.revoke(code.id(), clock.instant(), viewer.username())) {
            audit.record(
                    viewer,
                    AuditEntry.done(
                            "rights.revoke",
                            file.id(),
                            object(code),
                            Map.of("holder", code.holder().name())));
        }
    }

    @Override
    public String open(String typed) {
        String canonical = CodeWords.canonical(typed);
        String beginning = CodeWords.beginning(canonical);
        RequestContext.Request request = RequestContext.current();
        String address = request == null ? "" : request.address();
        long wait = attempts.lockedSeconds(beginning, address);
        if (wait > 0) {
            audit.recordApart(null, AuditEntry.denied("rights.open", null, null, Map.of("reason", "LOCKED")));
            throw Problem.tooMany("rights-too-many", (wait + 59) / 60).with("retryAfter", wait);
        }
        RightsCode code = table.byDigest(digest(canonical)).orElse(null);
        Instant now = clock.instant();
        if (code == null || !code.valid(now)) {
            attempts.failed(beginning, address);
            refuse(code);
            throw Problem.forbidden("rights-refused");
        }
        attempts.succeeded(beginning);
        audit.recordApart(
                Visits.viewer(code, cases.byId(code.caseId())),
                AuditEntry.done(
                        "rights.open",
                        code.caseId(),
                        object(code),
                        Map.of("holder", code.holder().name())));
        table.used(code.id(), now);
        return visits.pass(code);
    }

    private void refuse(@Nullable RightsCode code) {
        String reason = code == null ? "UNKNOWN" : code.revokedAt() != null ? "REVOKED" : "EXPIRED";
        audit.recordApart(
                null,
                AuditEntry.denied(
                        "rights.open",
                        code == null ? null : code.caseId(),
                        code == null ? null : object(code),
                        Map.of("reason", reason)));
    }

    private byte[] digest(String canonical) {
        return cipher.blindIndex(canonical, "rights/code/v1");
    }

    private static String object(RightsCode code) {
        return "rights-code:" + code.id();
    }
}
