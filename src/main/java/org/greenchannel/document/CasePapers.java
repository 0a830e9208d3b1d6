package org.greenchannel.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.engine.InstanceState;
import org.greenchannel.engine.Processes;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.organisation.AccessPolicy.Sight;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Papers of a case as people handle them, with their rights. */
@Service
class CasePapers implements PaperPrints {

    private static final Pattern PARAMETERS =
            Pattern.compile("<camunda:inputOutput>(.*?)</camunda:inputOutput>", Pattern.DOTALL);
    private static final Pattern PARAMETER =
            Pattern.compile("<camunda:inputParameter name=\"(document|recipient)\">([^<]*)</camunda:inputParameter>");

    private final StoredDocuments documents;
    private final Blueprints blueprints;
    private final PdfPages pages;
    private final PaperFormat format;
    private final CaseFiles cases;
    private final Processes processes;
    private final AccessPolicy access;
    private final AuditLog audit;

    CasePapers(
            StoredDocuments documents,
            Blueprints blueprints,
            PdfPages pages,
            PaperFormat format,
            CaseFiles cases,
            Processes processes,
            AccessPolicy access,
            AuditLog audit) {
        this.documents = documents;
        this.blueprints = blueprints;
        this.pages = pages;
        this.format = format;
        this.cases = cases;
        this.processes = processes;
        this.access = access;
        this.audit = audit;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Planned> planned(UUID caseId, Viewer viewer) {
        Relation relation = cases.require(cases.byId(caseId), "case.documents", viewer);
        Set<String> issued = documents.list(caseId).stream()
                .map(paper -> key(paper.code(), paper.recipient()))
                .collect(Collectors.toSet());
        var planned = new LinkedHashSet<Planned>();
        for (InstanceState state : processes.states(caseId)) {
            if (state.endedAt() == null) {
                planned.addAll(papers(processes.diagram(state.processKey(), state.processInstanceId())));
            }
        }
        return planned.stream()
                .filter(paper -> !issued.contains(key(paper.code(), paper.recipient())))
                .filter(paper -> reads(blueprints.get(paper.code()).dataClass(), viewer, relation))
                .sorted(Comparator.comparing(paper -> paper.title().zh()))
                .toList();
    }

    private static String key(String code, @Nullable String recipient) {
        return code + "/" + recipient;
    }

    /** Papers that steps of a model issue; what an expression decides is not known beforehand. */
    List<Planned> papers(String model) {
        var found = new ArrayList<Planned>();
        Matcher steps = PARAMETERS.matcher(model);
        while (steps.find()) {
            String code = null;
            String recipient = null;
            Matcher parameters = PARAMETER.matcher(steps.group(1));
            while (parameters.find()) {
                if (parameters.group(1).equals("document")) {
                    code = parameters.group(2).strip();
                } else {
                    recipient = parameters.group(2).strip();
                }
            }
            if (code != null && blueprints.has(code)) {
                boolean known = "PATIENT".equals(recipient) || "GUARDIAN".equals(recipient);
                found.add(new Planned(code, blueprints.get(code).title(), known ? recipient : null));
            }
        }
        return found;
    }

    @Override
    @Transactional(readOnly = true)
    public byte[] preview(UUID caseId, String code, String language, @Nullable String recipient, Viewer viewer) {
        CaseSummary file = cases.byId(caseId);
        Relation relation = cases.require(file, "case.documents", viewer);
        require(blueprints.get(code).dataClass(), file, "document.preview", code, viewer, relation);
        audit.recordApart(
                viewer,
                AuditEntry.done("document.preview", caseId, "case:" + file.number(), Map.of("code", code))
                        .purpose("READ"));
        Locale locale = Locale.forLanguageTag(language);
        return pages.watermark(
                documents.draft(file, code, language, recipient, viewer), format.message("document.preview", locale));
    }

    @Override
    @Transactional
    public DocumentSummary reissue(UUID caseId, UUID documentId, String reason, Viewer viewer) {
        if (!REASONS.contains(reason)) {
            throw Problem.badRequest("bad-parameter", "reason");
        }
        CaseSummary file = cases.byId(caseId);
        Relation relation = cases.require(file, "document.reissue", viewer);
        cases.lock(caseId);
        DocumentSummary old = documents.get(caseId, documentId);
        require(old.dataClass(), file, "document.reissue", old.code(), viewer, relation);
        if (!old.issuer().equals(viewer.organisation())) {
            throw Problem.forbidden("document-of-others", format.organisation(old.issuer()));
        }
        if (!old.status().equals("ISSUED")) {
            throw Problem.conflict("document-superseded");
        }
        audit.record(
                viewer,
                AuditEntry.done(
                        "document.reissue",
                        caseId,
                        "document:" + documentId,
                        Map.of("code", old.code(), "number", old.number(), "reason", reason)));
        return documents.issue(caseId, old.code(), old.language(), old.recipient(), viewer);
    }

    @Override
    public byte[] bundle(UUID caseId, List<UUID> documentIds, Viewer viewer) {
        List<UUID> wanted = documentIds.stream().distinct().toList();
        if (wanted.isEmpty() || wanted.size() > MOST) {
            throw Problem.badRequest("bad-parameter", "id");
        }
        CaseSummary file = cases.byId(caseId);
        Relation relation = cases.require(file, "case.documents", viewer);
        // all are checked before the first is counted as a copy
        for (UUID id : wanted) {
            DocumentSummary paper = documents.get(caseId, id);
            require(paper.dataClass(), file, "document.read", paper.code(), viewer, relation);
        }
        return pages.join(
                wanted.stream().map(id -> documents.pdf(caseId, id, viewer)).toList());
    }

    private boolean reads(String dataClass, Viewer viewer, Relation relation) {
        return access.sight(viewer, dataClass, relation).compareTo(Sight.READ) >= 0;
    }

    private void require(
            String dataClass, CaseSummary file, String action, String code, Viewer viewer, Relation relation) {
        if (!reads(dataClass, viewer, relation)) {
            audit.recordApart(
                    viewer,
                    AuditEntry.denied(
                            action, file.id(), "case:" + file.number(), Map.of("class", dataClass, "code", code)));
            throw Problem.forbidden("forbidden", action);
        }
    }
}
