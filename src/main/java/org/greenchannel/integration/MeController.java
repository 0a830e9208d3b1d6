package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Collection;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.CurrentUser;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is calling. */
@RestController
@Tag(name = "me")
class MeController {

    private final CurrentUser user;

    MeController(CurrentUser user) {
        this.user = user;
    }

    /** The caller's account, organisation, roles and groups. */
    record Me(
            String username,
            String displayName,
            String organisation,
            Collection<String> organisations,
            Collection<String> roles,
            Collection<String> groups,
            Collection<String> areas) {}

    @GetMapping("/api/v1/me")
    @Operation(summary = "Account, organisations, roles, groups")
    Me me() {
        Viewer viewer = user.require();
        return new Me(
                viewer.username(),
                viewer.displayName(),
                viewer.organisation(),
                java.util.List.of(viewer.organisation()),
                viewer.roles().stream().sorted().toList(),
                viewer.groups(),
                viewer.areas().stream().sorted().toList());
    }
}
