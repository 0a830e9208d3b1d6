package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.engine.MigrationReport;
import org.greenchannel.engine.ProcessMigration;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.platform.CurrentUser;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Running instances after a change of their model. */
@RestController
@RequestMapping("/api/v1/admin/processes")
@Tag(name = "administration")
class MigrationController {

    private final ProcessMigration migration;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final CurrentUser user;

    MigrationController(ProcessMigration migration, AccessPolicy access, AuditLog audit, CurrentUser user) {
        this.migration = migration;
        this.access = access;
        this.audit = audit;
        this.user = user;
    }

    @PostMapping("/{key}/migration")
    @Operation(summary = "Moves running instances of older versions to the newest; a dry run changes nothing")
    MigrationReport migrate(@PathVariable String key, @RequestParam(defaultValue = "true") boolean dryRun) {
        Viewer viewer = user.require();
        if (!access.allows(viewer, "process.migrate", Relation.NONE)) {
            audit.recordApart(viewer, AuditEntry.denied("process.migrate", null, "process", Map.of()));
            throw Problem.forbidden("forbidden", "process.migrate");
        }
        return migration.migrate(key, dryRun, viewer);
    }
}
