package org.greenchannel.document;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** PaperTable in the database: numbered, printed and sealed in the transaction of the action that issues them. */
@org.springframework.stereotype.Service
class StoredDocuments implements Documents {

    private final Blueprints blueprints;
    private final PaperData data;
    private final PaperFormat format;
    private final PaperPress press;
    private final PaperTable papers;
    private final PaperSeal seal;
    private final CopyStamp stamp;
    private final ServiceTable services;
    private final CaseFiles cases;
    private final AuditLog audit;
    private final Clock clock;
    private final ZoneId zone;
    private final String publicUrl;

    StoredDocuments(
            Blueprints blueprints,
            PaperData data,
            PaperFormat format,
            PaperPress press,
            PaperTable papers,
            PaperSeal seal,
            CopyStamp stamp,
            ServiceTable services,
            CaseFiles cases,
            AuditLog audit,
            Clock clock,
            ZoneId zone,
            @Value("${greenchannel.public-url:http://localhost:${server.port:8080}}") String publicUrl) {
        this.blueprints = blueprints;
        this.data = data;
        this.format = format;
        this.press = press;
        this.papers = papers;
        this.seal = seal;
        this.stamp = stamp;
        this.services = services;
        this.cases = cases;
        this.audit = audit;
        this.clock = clock;
        this.zone = zone;
        this.publicUrl = publicUrl;
    }

    @Override
    @Transactional
    public DocumentSummary issue(
            UUID caseId, String code, String language, @Nullable String recipient, @Nullable Viewer actor) {
        Blueprint blueprint = blueprints.get(code);
        CaseSummary file = cases.byId(caseId);
        // what is stored is what is shown: the database keeps microseconds
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var reader = data.of(file, now, given(recipient, actor));
        String issuer = issuer(blueprint, reader, file);
        DocumentSummary paper = new DocumentSummary(
                UUID.randomUUID(),
                caseId,
                number(blueprint, issuer, now),
                code,
                blueprint.title(),
                recipient,
                language,
                papers.supersede(caseId, code, language, recipient),
                issuer,
                now,
                actor == null ? null : actor.username(),
                "ISSUED",
                seal.newVerificationCode(),
                blueprint.dataClass());
        byte[] pdf = press.print(paper(blueprint, paper, file, reader));
        papers.add(paper, PaperSeal.sha256(pdf), seal.close(pdf, paper.id()));
        tell(blueprint, paper, actor);
        return paper;
    }

    /** The paper as it would be issued now, without number and code; nothing is stored. */
    byte[] draft(CaseSummary file, String code, String language, @Nullable String recipient, Viewer viewer) {
        Blueprint blueprint = blueprints.get(code);
        Instant now = clock.instant();
        var reader = data.of(file, now, given(recipient, viewer));
        var draft = new DocumentSummary(
                UUID.randomUUID(),
                file.id(),
                format.message("document.preview.number", Locale.forLanguageTag(language)),
                code,
                blueprint.title(),
                recipient,
                language,
                1,
                reader.values(blueprint.issuer()).stream().findFirst().orElse(viewer.organisation()),
                now,
                viewer.username(),
                "DRAFT",
                "",
                blueprint.dataClass());
        return press.print(paper(blueprint, draft, file, reader));
    }

    @Override
    public Optional<Text> title(String code) {
        return blueprints.has(code) ? Optional.of(blueprints.get(code).title()) : Optional.empty();
    }

    @Override
    @Transactional(readOnly = true)
    public List<DocumentSummary> list(UUID caseId) {
        return papers.ofCase(caseId);
    }

    @Override
    @Transactional(readOnly = true)
    public DocumentSummary get(UUID caseId, UUID documentId) {
        return papers.find(caseId, documentId).orElseThrow(() -> Problem.notFound("document-unknown", documentId));
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public byte[] pdf(UUID caseId, UUID documentId, Viewer reader) {
        DocumentSummary paper = get(caseId, documentId);
        PaperTable.Original original = papers.copy(documentId);
        audit.record(
                reader,
                AuditEntry.done(
                                "document.read",
                                caseId,
                                "document:" + documentId,
                                Map.of("code", paper.code(), "copy", Integer.toString(original.copies())))
                        .purpose("READ"));
        byte[] pdf = seal.open(original.sealed(), original.sha256(), documentId);
        Locale locale = Locale.forLanguageTag(paper.language());
        String mark = format.message(
                "document.copy",
                locale,
                Integer.toString(original.copies()),
                reader.username(),
                format.time(clock.instant(), locale),
                PaperSeal.grouped(paper.verificationCode()));
        return stamp.mark(pdf, mark);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<VerifiedDocument> verify(String verificationCode) {
        return papers.byVerificationCode(PaperSeal.canonical(verificationCode))
                .map(paper -> new VerifiedDocument(
                        paper.number(),
                        paper.title(),
                        format.organisation(paper.issuer()),
                        paper.issuedAt(),
                        paper.status(),
                        paper.version(),
                        papers.sha256(paper.id()),
                        paper.status().equals("ISSUED")
                                ? null
                                : papers.current(paper)
                                        .map(now -> new VerifiedDocument.Replacement(
                                                now.number(), now.issuedAt(), now.version()))
                                        .orElse(null)));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Service> services(UUID caseId) {
        return services.ofCase(caseId);
    }

    private static Map<String, String> given(@Nullable String recipient, @Nullable Viewer actor) {
        var given = new HashMap<String, String>();
        if (recipient != null) {
            given.put("recipient", recipient);
        }
        if (actor != null) {
            given.put("actor", actor.username());
            given.put("organisation", actor.organisation());
        }
        return given;
    }

    private static String issuer(Blueprint blueprint, PaperData.Reader reader, CaseSummary file) {
        return reader.values(blueprint.issuer()).stream()
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("nobody to issue " + blueprint.code() + " for case " + file.id()));
    }

    private String number(Blueprint blueprint, String issuer, Instant now) {
        int year = now.atZone(zone).getYear();
        int serial = papers.next(issuer, blueprint.word(), year);
        String prefix = data.organisations().setting("documents.prefix." + issuer, "");
        return "%s%s字〔%d〕第%04d号"
                .formatted(
                        prefix.isEmpty() ? format.organisation(issuer).zh() : prefix, blueprint.word(), year, serial);
    }

    private Paper paper(Blueprint blueprint, DocumentSummary paper, CaseSummary file, PaperData.Reader reader) {
        Locale locale = Locale.forLanguageTag(paper.language());
        var shown = new HashMap<String, String>();
        var values = new HashMap<String, String>();
        blueprint.fields().forEach((name, field) -> {
            List<String> found = reader.values(field.from());
            shown.put(name, format.show(found, field.as(), locale));
            values.put(name, String.join(",", found));
        });
        return new Paper(
                blueprint,
                locale,
                paper.number(),
                file.number(),
                format.organisation(paper.issuer()).in(locale),
                format.date(paper.issuedAt(), locale),
                shown,
                values,
                blueprint.signatures().stream().map(label -> label.in(locale)).toList(),
                PaperSeal.grouped(paper.verificationCode()),
                publicUrl + "/verify/" + paper.verificationCode());
    }

    private void tell(Blueprint blueprint, DocumentSummary paper, @Nullable Viewer actor) {
        var detail = Map.of(
                "document", paper.id().toString(),
                "code", paper.code(),
                "number", paper.number(),
                "language", paper.language());
        Text named = format.both("document.timeline.issued", paper.title(), paper.number());
        String actorName = actor == null ? null : actor.username();
        cases.tell(
                paper.caseId(),
                paper.issuedAt(),
                "DOCUMENT",
                named,
                blueprint.basis().zh(),
                actorName,
                detail);
        audit.record(
                actor,
                AuditEntry.done("document.issue", paper.caseId(), "document:" + paper.id(), detail)
                        .on(blueprint.basis().zh()));
    }
}
