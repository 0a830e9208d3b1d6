package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.greenchannel.attachment.Attachment;
import org.greenchannel.attachment.AttachmentKind;
import org.greenchannel.attachment.Attachments;
import org.greenchannel.attachment.Content;
import org.greenchannel.attachment.Rendition;
import org.greenchannel.attachment.Upload;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.CurrentUser;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Pictures and papers of a case. */
@RestController
@RequestMapping("/api/v1/cases/{number}/attachments")
@Tag(name = "cases")
class AttachmentController {

    private final Attachments attachments;
    private final CaseFiles cases;
    private final CurrentUser user;

    AttachmentController(Attachments attachments, CaseFiles cases, CurrentUser user) {
        this.attachments = attachments;
        this.cases = cases;
        this.user = user;
    }

    /** An attachment without its content. */
    record AttachmentAnswer(
            UUID id,
            AttachmentKind kind,
            String dataClass,
            String fileName,
            String mediaType,
            long size,
            String sha256,
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Integer pages,
            @Nullable UUID workItemId,
            String uploadedBy,
            Instant uploadedAt,
            @Nullable Instant withdrawnAt,
            @Nullable String withdrawnWhy,
            boolean thumbnail) {
        static AttachmentAnswer of(Attachment it) {
            return new AttachmentAnswer(
                    it.id(),
                    it.kind(),
                    it.kind().dataClass(),
                    it.fileName(),
                    it.mediaType(),
                    it.size(),
                    it.sha256(),
                    it.width(),
                    it.height(),
                    it.pages(),
                    it.workItemId(),
                    it.uploadedBy(),
                    it.uploadedAt(),
                    it.withdrawnAt(),
                    it.withdrawnWhy(),
                    it.thumbnail());
        }
    }

    /** Why an attachment is taken back: {@code WRONG_CASE}, {@code WRONG_FILE} or {@code DUPLICATE}. */
    record Withdrawal(String why) {}

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Adds a picture (JPEG, PNG) or a paper (PDF), at most 10 MiB",
            description = "The type is read from the content. Pictures are shown without their metadata. The same file"
                    + " sent twice by the same account is one attachment.")
    @ApiResponse(responseCode = "201", description = "Stored, or stored before")
    @ApiResponse(
            responseCode = "422",
            description =
                    "attachment-empty, attachment-type, attachment-broken, attachment-active or attachment-infected")
    @ApiResponse(responseCode = "413", description = "attachment-too-large, attachment-pixels or attachment-pages")
    @ApiResponse(responseCode = "503", description = "scan-unavailable: the malware scanner does not answer")
    AttachmentAnswer add(
            @PathVariable String number,
            @Parameter(description = "What it is; decides who may see it") @RequestParam AttachmentKind kind,
            @RequestPart MultipartFile file,
            @Parameter(description = "Task it belongs to") @RequestParam(required = false) @Nullable UUID workItemId,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        Viewer viewer = user.require();
        return AttachmentAnswer.of(attachments.store(
                cases.get(number, viewer).id(), upload(kind, file, workItemId), Requests.key(idempotencyKey), viewer));
    }

    private static Upload upload(AttachmentKind kind, MultipartFile file, @Nullable UUID workItemId) {
        try {
            String name = file.getOriginalFilename();
            return new Upload(kind, name == null ? "" : name, file.getBytes(), workItemId);
        } catch (IOException e) {
            throw Problem.badRequest("bad-request");
        }
    }

    @GetMapping
    @Operation(summary = "Attachments the caller may see, newest first")
    List<AttachmentAnswer> list(@PathVariable String number) {
        Viewer viewer = user.require();
        return attachments.list(cases.get(number, viewer).id(), viewer).stream()
                .map(AttachmentAnswer::of)
                .toList();
    }

    @GetMapping(
            value = "/{id}",
            produces = {
                MediaType.IMAGE_JPEG_VALUE,
                MediaType.IMAGE_PNG_VALUE,
                MediaType.APPLICATION_PDF_VALUE,
                "application/problem+json"
            })
    @Operation(
            summary = "The content: a picture without metadata or the PDF",
            description = "ORIGINAL is the file as it was sent, for those who keep evidence; every look is recorded.")
    ResponseEntity<byte[]> content(
            @PathVariable String number,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "VIEW") Rendition rendition) {
        Viewer viewer = user.require();
        Content content = attachments.read(cases.get(number, viewer).id(), id, rendition, viewer);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(content.mediaType()))
                .header(
                        "Content-Disposition",
                        ContentDisposition.attachment()
                                .filename(content.fileName(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(content.bytes());
    }

    @GetMapping(
            value = "/{id}/pages/{page}",
            produces = {MediaType.IMAGE_JPEG_VALUE, "application/problem+json"})
    @Operation(summary = "A page of a PDF drawn as a picture; pages count from 1; every look is recorded")
    ResponseEntity<byte[]> page(@PathVariable String number, @PathVariable UUID id, @PathVariable int page) {
        Viewer viewer = user.require();
        Content content = attachments.page(cases.get(number, viewer).id(), id, page, viewer);
        return ResponseEntity.ok().contentType(MediaType.IMAGE_JPEG).body(content.bytes());
    }

    @PostMapping("/{id}/withdraw")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Takes back an attachment that was added by mistake; it stays in the record, crossed out")
    void withdraw(@PathVariable String number, @PathVariable UUID id, @RequestBody Withdrawal body) {
        Viewer viewer = user.require();
        attachments.withdraw(cases.get(number, viewer).id(), id, body.why(), viewer);
    }
}
