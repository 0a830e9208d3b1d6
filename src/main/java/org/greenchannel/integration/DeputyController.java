package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.greenchannel.kernel.Problem;
import org.greenchannel.organisation.Deputies;
import org.greenchannel.organisation.Deputies.Deputy;
import org.greenchannel.platform.CurrentUser;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** 代理: who acts for the caller while he is away, and for whom he acts. */
@RestController
@RequestMapping("/api/v1/me/deputies")
@Tag(name = "me")
class DeputyController {

    private final Deputies deputies;
    private final CurrentUser user;

    DeputyController(Deputies deputies, CurrentUser user) {
        this.deputies = deputies;
        this.user = user;
    }

    /** An appointment to make; both days are included. */
    record Appointment(@Nullable String deputy, @Nullable LocalDate from, @Nullable LocalDate to) {}

    @GetMapping
    @Operation(summary = "Appointments by the caller and of the caller, the newest first")
    List<Deputy> list() {
        return deputies.of(user.require());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Appoints a deputy for a range of days; he uses his own roles and licences")
    Deputy appoint(@RequestBody Appointment body) {
        if (body.deputy() == null || body.from() == null || body.to() == null) {
            throw Problem.badRequest("bad-parameter", "deputy, from, to");
        }
        return deputies.appoint(body.deputy(), body.from(), body.to(), user.require());
    }

    @PostMapping("/{deputyId}/revoke")
    @Operation(summary = "Ends an appointment: the principal takes it back or the deputy declines")
    Deputy revoke(@PathVariable UUID deputyId) {
        return deputies.revoke(deputyId, user.require());
    }
}
