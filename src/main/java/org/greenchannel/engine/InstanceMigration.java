package org.greenchannel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationException;
import org.camunda.bpm.engine.migration.MigrationInstruction;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.migration.MigrationPlanValidationException;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Migration with the engine's own plans; a portion that fails is tried again one by one. */
@Component
class InstanceMigration implements ProcessMigration {

    private static final int PORTION = 25;

    /** Most instances of one version in one call; call again for more. */
    private static final int MOST = 1_000;

    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final MigratedInstances migrated;
    private final ModelTexts texts;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    InstanceMigration(
            RepositoryService repository,
            RuntimeService runtime,
            MigratedInstances migrated,
            ModelTexts texts,
            AuditLog audit,
            TransactionTemplate transaction) {
        this.repository = repository;
        this.runtime = runtime;
        this.migrated = migrated;
        this.texts = texts;
        this.audit = audit;
        this.transaction = transaction;
    }

    @Override
    @Transactional(propagation = Propagation.NEVER)
    public MigrationReport migrate(String processKey, boolean dryRun, Viewer viewer) {
        List<ProcessDefinition> versions = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(processKey)
                .orderByProcessDefinitionVersion()
                .asc()
                .listPage(0, MOST);
        if (versions.isEmpty()) {
            throw Problem.notFound("process-unknown", processKey);
        }
        ProcessDefinition target = versions.get(versions.size() - 1);
        List<MigrationReport.Version> report = new ArrayList<>();
        for (ProcessDefinition source : versions.subList(0, versions.size() - 1)) {
            List<String> running = running(source);
            if (!running.isEmpty()) {
                report.add(version(source, target, running, dryRun));
            }
        }
        var answer = new MigrationReport(processKey, target.getVersion(), dryRun, report);
        record(answer, viewer);
        return answer;
    }

    private List<String> running(ProcessDefinition source) {
        return runtime
                .createProcessInstanceQuery()
                .processDefinitionId(source.getId())
                .orderByProcessInstanceId()
                .asc()
                .listPage(0, MOST)
                .stream()
                .map(ProcessInstance::getId)
                .toList();
    }

    private MigrationReport.Version version(
            ProcessDefinition source, ProcessDefinition target, List<String> running, boolean dryRun) {
        List<String> problems = new ArrayList<>();
        List<MigrationReport.Failure> failures = new ArrayList<>();
        Set<String> unmapped = new TreeSet<>(activities(source));
        int moved = 0;
        try {
            // equal activities only, and no triggers anew: timers that run keep their ends
            MigrationPlan plan = runtime.createMigrationPlan(source.getId(), target.getId())
                    .mapEqualActivities()
                    .build();
            plan.getInstructions().stream()
                    .map(MigrationInstruction::getSourceActivityId)
                    .forEach(unmapped::remove);
            for (int from = 0; from < running.size(); from += PORTION) {
                moved += portion(
                        plan,
                        source,
                        running.subList(from, Math.min(running.size(), from + PORTION)),
                        dryRun,
                        failures);
            }
        } catch (MigrationPlanValidationException e) {
            e.getValidationReport().getInstructionReports().forEach(each -> each.getFailures()
                    .forEach(failure ->
                            problems.add(each.getMigrationInstruction().getSourceActivityId() + ": " + failure)));
        }
        return new MigrationReport.Version(
                source.getVersion(), running.size(), moved, List.copyOf(unmapped), problems, failures);
    }

    /** What may wait: the engine maps nothing else. */
    private List<String> activities(ProcessDefinition source) {
        return texts.of(source.getId()).elements().entrySet().stream()
                .filter(element -> Set.of(
                                "userTask",
                                "receiveTask",
                                "subProcess",
                                "callActivity",
                                "intermediateCatchEvent",
                                "eventBasedGateway",
                                "boundaryEvent")
                        .contains(element.getValue().type()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private int portion(
            MigrationPlan plan,
            ProcessDefinition source,
            List<String> instances,
            boolean dryRun,
            List<MigrationReport.Failure> failures) {
        try {
            move(plan, source, instances, dryRun);
            return instances.size();
        } catch (MigratingProcessInstanceValidationException | OptimisticLockingException e) {
            if (instances.size() > 1) {
                return instances.stream()
                        .mapToInt(one -> portion(plan, source, List.of(one), dryRun, failures))
                        .sum();
            }
            failures.add(new MigrationReport.Failure(instances.get(0), reasons(e)));
            return 0;
        }
    }

    private void move(MigrationPlan plan, ProcessDefinition source, List<String> instances, boolean dryRun) {
        transaction.executeWithoutResult(status -> {
            runtime.newMigration(plan).processInstanceIds(instances).execute();
            instances.forEach(instance -> migrated.tell(instance, source.getVersion()));
            if (dryRun) {
                status.setRollbackOnly();
            }
        });
    }

    private static List<String> reasons(RuntimeException failure) {
        if (!(failure instanceof MigratingProcessInstanceValidationException invalid)) {
            return List.of("changed");
        }
        var report = invalid.getValidationReport();
        return Stream.of(
                        report.getFailures().stream(),
                        report.getActivityInstanceReports().stream()
                                .map(each -> each.getSourceScopeId() + ": " + String.join("; ", each.getFailures())),
                        report.getTransitionInstanceReports().stream()
                                .map(each -> each.getSourceScopeId() + ": " + String.join("; ", each.getFailures())))
                .flatMap(each -> each)
                .collect(Collectors.toList());
    }

    private void record(MigrationReport report, Viewer viewer) {
        int running = report.versions().stream()
                .mapToInt(MigrationReport.Version::running)
                .sum();
        int moved = report.versions().stream()
                .mapToInt(MigrationReport.Version::migrated)
                .sum();
        audit.recordApart(
                viewer,
                AuditEntry.done(
                        "process.migrate",
                        null,
                        "process:" + report.process(),
                        Map.of(
                                "dryRun", Boolean.toString(report.dryRun()),
                                "targetVersion", Integer.toString(report.targetVersion()),
                                "running", Integer.toString(running),
                                "migrated", Integer.toString(moved))));
    }
}
