package org.greenchannel.attachment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.organisation.AccessPolicy.Sight;
import org.greenchannel.platform.Idempotency;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Attachments in the database, in the same backup and the same transaction as everything else of the case. */
@Service
class StoredAttachments implements Attachments {

    /** Longest side of a page on the screen, in pixels. */
    private static final int PAGE = 1600;

    private static final Set<String> REASONS = Set.of("WRONG_CASE", "WRONG_FILE", "DUPLICATE");

    private final AttachmentTable table;
    private final FileCheck check;
    private final PictureMill pictures;
    private final PageMill paper;
    private final MalwareScan scan;
    private final CaseFiles cases;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final Idempotency idempotency;
    private final Texts texts;
    private final TransactionTemplate transaction;
    private final Clock clock;

    StoredAttachments(
            AttachmentTable table,
            FileCheck check,
            PictureMill pictures,
            PageMill paper,
            MalwareScan scan,
            CaseFiles cases,
            AccessPolicy access,
            AuditLog audit,
            Idempotency idempotency,
            Texts texts,
            TransactionTemplate transaction,
            Clock clock) {
        this.table = table;
        this.check = check;
        this.pictures = pictures;
        this.paper = paper;
        this.scan = scan;
        this.cases = cases;
        this.access = access;
        this.audit = audit;
        this.idempotency = idempotency;
        this.texts = texts;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public Attachment store(UUID caseId, Upload upload, @Nullable String key, Viewer viewer) {
        CaseSummary file = cases.byId(caseId);
        cases.require(file, "case.attach", viewer);
        String name = FileCheck.clean(upload.fileName());
        // reading and scanning take long: no transaction holds a connection meanwhile
        FileCheck.Checked checked = check.check(name, upload.content());
        boolean scanned = clean(file, upload.content(), viewer);
        String digest = sha256(upload.content());
        String body = caseId + " " + upload.kind() + " " + name + " " + digest;
        String id = transaction.execute(status -> idempotency.once(
                key,
                viewer.accountId(),
                "attachment.store",
                body,
                String.class,
                () -> add(file, upload, name, checked, digest, scanned, viewer)));
        return get(caseId, UUID.fromString(String.valueOf(id)), viewer);
    }

    private boolean clean(CaseSummary file, byte[] content, Viewer viewer) {
        MalwareScan.Verdict verdict = scan.scan(content);
        if (verdict == MalwareScan.Verdict.INFECTED) {
            audit.recordApart(
                    viewer,
                    AuditEntry.denied(
                            "attachment.store",
                            file.id(),
                            "case:" + file.number(),
                            Map.of("why", "infected", "sha256", sha256(content))));
            throw FileCheck.refused("attachment-infected");
        }
        return verdict == MalwareScan.Verdict.CLEAN;
    }

    private String add(
            CaseSummary file,
            Upload upload,
            String name,
            FileCheck.Checked checked,
            String digest,
            boolean scanned,
            Viewer viewer) {
        if (table.count(file.id()) >= MOST_FILES) {
            throw Problem.conflict("attachments-full", MOST_FILES);
        }
        var added = new Attachment(
                UUID.randomUUID(),
                file.id(),
                upload.kind(),
                name,
                checked.mediaType(),
                upload.content().length,
                digest,
                checked.width(),
                checked.height(),
                checked.pages(),
                upload.workItemId(),
                viewer.username(),
                viewer.organisation(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                null,
                null,
                checked.thumbnail() != null);
        if (!table.add(added, scanned)) {
            return table.same(file.id(), viewer.username(), digest)
                    .orElseThrow(() -> Problem.conflict("conflict"))
                    .id()
                    .toString();
        }
        table.addContent(added.id(), Rendition.ORIGINAL, upload.content());
        table.addContent(added.id(), Rendition.VIEW, checked.view());
        table.addContent(added.id(), Rendition.THUMBNAIL, checked.thumbnail());
        tell(file, added, "attachment.store", "attachment.timeline.added", Map.of("sha256", digest), viewer);
        return added.id().toString();
    }

    private void tell(
            CaseSummary file, Attachment it, String action, String message, Map<String, String> detail, Viewer viewer) {
        var all = new java.util.HashMap<>(detail);
        all.put("attachment", it.id().toString());
        all.put("kind", it.kind().name());
        all.put("class", it.kind().dataClass());
        cases.tell(
                file.id(),
                clock.instant(),
                "ATTACHMENT",
                texts.of(message, texts.of("code.attachment." + it.kind())),
                "",
                viewer.username(),
                all);
        audit.record(viewer, AuditEntry.done(action, file.id(), "attachment:" + it.id(), all));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Attachment> list(UUID caseId, Viewer viewer) {
        Relation relation = cases.require(cases.byId(caseId), "case.attachments", viewer);
        return table.ofCase(caseId).stream()
                .filter(it -> seen(it, viewer, relation))
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public Attachment get(UUID caseId, UUID attachmentId, Viewer viewer) {
        return open(cases.byId(caseId), attachmentId, "case.attachments", viewer);
    }

    private Attachment open(CaseSummary file, UUID attachmentId, String action, Viewer viewer) {
        Relation relation = cases.require(file, action, viewer);
        return table.find(file.id(), attachmentId)
                .filter(it -> seen(it, viewer, relation))
                .orElseThrow(() -> Problem.notFound("attachment-unknown"));
    }

    private boolean seen(Attachment it, Viewer viewer, Relation relation) {
        return it.uploadedBy().equals(viewer.username())
                || access.sight(viewer, it.kind().dataClass(), relation).compareTo(Sight.READ) >= 0;
    }

    @Override
    public Content read(UUID caseId, UUID attachmentId, Rendition rendition, Viewer viewer) {
        CaseSummary file = cases.byId(caseId);
        boolean original = rendition == Rendition.ORIGINAL;
        Attachment it = open(file, attachmentId, original ? "case.attachments.original" : "case.attachments", viewer);
        if (rendition != Rendition.THUMBNAIL) {
            audit.recordApart(
                    viewer,
                    AuditEntry.done(
                                    "attachment.read",
                                    caseId,
                                    "attachment:" + attachmentId,
                                    Map.of(
                                            "rendition",
                                            rendition.name(),
                                            "class",
                                            it.kind().dataClass()))
                            .purpose(original ? "EVIDENCE" : "READ"));
        }
        if (rendition == Rendition.PRINT) {
            return new Content("image/jpeg", it.fileName(), forPaper(it));
        }
        // a PDF is shown as it is
        Rendition stored = rendition == Rendition.VIEW && !it.picture() ? Rendition.ORIGINAL : rendition;
        return new Content(
                stored == Rendition.ORIGINAL ? it.mediaType() : "image/jpeg", it.fileName(), bytes(it, stored));
    }

    private byte[] bytes(Attachment it, Rendition stored) {
        byte[] bytes = table.content(it.id(), stored).orElseThrow(() -> Problem.notFound("attachment-unknown"));
        if (stored == Rendition.ORIGINAL && !sha256(bytes).equals(it.sha256())) {
            throw new IllegalStateException("attachment " + it.id() + " is not the one that was stored");
        }
        return bytes;
    }

    private byte[] forPaper(Attachment it) {
        if (!it.picture()) {
            return drawn(it, 1, PictureMill.PRINT);
        }
        try {
            return pictures.shrink(bytes(it, Rendition.VIEW), PictureMill.PRINT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] drawn(Attachment it, int page, int size) {
        byte[] picture = paper.draw(bytes(it, Rendition.ORIGINAL), page, size);
        if (picture == null) {
            throw Problem.notFound("attachment-page", page);
        }
        return picture;
    }

    @Override
    public Content page(UUID caseId, UUID attachmentId, int page, Viewer viewer) {
        Attachment it = open(cases.byId(caseId), attachmentId, "case.attachments", viewer);
        if (it.pages() == null || page < 1 || page > it.pages()) {
            throw Problem.notFound("attachment-page", page);
        }
        audit.recordApart(
                viewer,
                AuditEntry.done(
                                "attachment.read",
                                caseId,
                                "attachment:" + attachmentId,
                                Map.of(
                                        "page",
                                        Integer.toString(page),
                                        "class",
                                        it.kind().dataClass()))
                        .purpose("READ"));
        return new Content("image/jpeg", it.fileName(), drawn(it, page, PAGE));
    }

    @Override
    @Transactional
    public void withdraw(UUID caseId, UUID attachmentId, String why, Viewer viewer) {
        if (!REASONS.contains(why)) {
            throw Problem.badRequest("bad-parameter", "why");
        }
        CaseSummary file = cases.byId(caseId);
        Attachment it = open(file, attachmentId, "case.attach", viewer);
        if (!it.uploadedBy().equals(viewer.username()) && !it.organisation().equals(viewer.organisation())) {
            throw Problem.forbidden("attachment-of-others");
        }
        if (!table.withdraw(attachmentId, viewer.username(), why, clock.instant())) {
            throw Problem.conflict("attachment-withdrawn");
        }
        tell(file, it, "attachment.withdraw", "attachment.timeline.withdrawn", Map.of("why", why), viewer);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
