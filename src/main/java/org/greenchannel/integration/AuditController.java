package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.audit.AuditQuery;
import org.greenchannel.audit.AuditRow;
import org.greenchannel.audit.Verification;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.platform.CurrentUser;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit log: search and proof of wholeness. Reading it is recorded too. */
@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "audit")
class AuditController {

    private final AuditLog audit;
    private final CaseFiles cases;
    private final AccessPolicy access;
    private final CurrentUser user;

    AuditController(AuditLog audit, CaseFiles cases, AccessPolicy access, CurrentUser user) {
        this.audit = audit;
        this.cases = cases;
        this.access = access;
        this.user = user;
    }

    @GetMapping("/entries")
    @Operation(summary = "Search of the log, newest first")
    Page<AuditRow> entries(
            @RequestParam(name = "case", required = false) @Nullable String caseNumber,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable Instant from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable Instant to,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Viewer viewer = allowed("audit.read");
        UUID caseId = caseNumber == null
                ? null
                : cases.byNumber(caseNumber).map(CaseSummary::id).orElseThrow(() -> Problem.notFound("case-unknown"));
        audit.recordApart(viewer, AuditEntry.done("audit.read", caseId, null, Map.of()));
        return audit.search(new AuditQuery(caseId, actor, action, from, to, limit, cursor));
    }

    @PostMapping("/verification")
    @Operation(summary = "Recomputes the chain and says whether the log is whole")
    Verification verify() {
        Viewer viewer = allowed("audit.verify");
        audit.seal();
        Verification answer = audit.verify();
        audit.recordApart(
                viewer, AuditEntry.done("audit.verify", null, null, Map.of("whole", Boolean.toString(answer.whole()))));
        return answer;
    }

    private Viewer allowed(String action) {
        Viewer viewer = user.require();
        if (!access.allows(viewer, action, Relation.NONE)) {
            audit.recordApart(viewer, AuditEntry.denied(action, null, null, Map.of()));
            throw Problem.forbidden("forbidden", action);
        }
        return viewer;
    }
}
