package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.greenchannel.kernel.Problem;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.rights.Holder;
import org.greenchannel.rights.RightsCode;
import org.greenchannel.rights.RightsCodes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Codes of the rights page for patient, guardian and lawyer, for staff of the case who hand them out. */
@RestController
@RequestMapping("/api/v1/cases/{number}/rights-codes")
@Tag(name = "cases")
class RightsCodeController {

    private final RightsCodes codes;
    private final CurrentUser user;
    private final Clock clock;

    RightsCodeController(RightsCodes codes, CurrentUser user, Clock clock) {
        this.codes = codes;
        this.user = user;
        this.clock = clock;
    }

    /** A code that was handed out, without the code. @param valid whether it opens the page now */
    record CodeRow(
            UUID id,
            Holder holder,
            String organisation,
            String issuedBy,
            Instant issuedAt,
            Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsedAt,
            boolean valid) {}

    /** Who takes the code. @param identityChecked that he was identified, the guardian and the lawyer with their proof */
    record Asked(@Nullable Holder holder, boolean identityChecked) {}

    /** A code just made. @param code the only time it can be read @param address for a QR code */
    record IssuedCode(String code, String address, CodeRow details) {}

    @GetMapping
    @Operation(
            summary = "Codes of the rights page of a case, newest first",
            description = "Codes themselves are kept nowhere and cannot be read again.")
    List<CodeRow> list(@PathVariable String number) {
        return codes.list(number, user.require()).stream().map(this::row).toList();
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Hands out a code; it is in this answer only",
            description = "Send an Idempotency-Key: the same key makes no second code and is answered with a conflict,"
                    + " since the first one cannot be shown again.")
    @ApiResponse(responseCode = "201", description = "The code")
    IssuedCode issue(
            @PathVariable String number,
            @RequestBody Asked body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        if (body.holder() == null) {
            throw Problem.badRequest("bad-parameter", "holder");
        }
        var issued = codes.issue(
                number, body.holder(), body.identityChecked(), Requests.key(idempotencyKey), user.require());
        return new IssuedCode(issued.code(), issued.address(), row(issued.details()));
    }

    @PostMapping("/{id}/revoke")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Ends a code and the visits it opened at once; repeating it changes nothing")
    void revoke(@PathVariable String number, @PathVariable UUID id) {
        codes.revoke(number, id, user.require());
    }

    private CodeRow row(RightsCode code) {
        return new CodeRow(
                code.id(),
                code.holder(),
                code.organisation(),
                code.issuedBy(),
                code.issuedAt(),
                code.expiresAt(),
                code.revokedAt(),
                code.lastUsedAt(),
                code.valid(clock.instant()));
    }
}
