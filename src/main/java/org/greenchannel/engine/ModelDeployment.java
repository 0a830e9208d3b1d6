package org.greenchannel.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.camunda.bpm.engine.RepositoryService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Deploys models, decisions, forms and their rules from the class path as one unit under names that do not depend on
 * where the product runs from. All or nothing: forms, decisions and called processes are bound to their deployment.
 */
@Component
class ModelDeployment {

    private static final Logger LOG = LoggerFactory.getLogger(ModelDeployment.class);
    private static final String NAME = "green-channel";
    private static final List<String> PATTERNS = List.of(
            "processes/**/*.bpmn",
            "processes/**/*.dmn",
            "forms/**/*.form",
            "forms/**/*.en.json",
            "forms/**/*.rules.yaml");

    private final RepositoryService repository;
    private final CommandGuard guard;

    ModelDeployment(RepositoryService repository, CommandGuard guard) {
        this.repository = repository;
        this.guard = guard;
    }

    /** Deploys unless the newest deployment already holds exactly these files. */
    void deploy() {
        var deployment =
                repository.createDeployment().name(NAME).source("class path").enableDuplicateFiltering(false);
        var scan = new PathMatchingResourcePatternResolver();
        int files = 0;
        for (String pattern : PATTERNS) {
            String root = pattern.substring(0, pattern.indexOf('*'));
            for (Resource resource : find(scan, "classpath*:" + pattern)) {
                String url = url(resource);
                try (InputStream in = resource.getInputStream()) {
                    deployment.addInputStream(url.substring(url.lastIndexOf(root)), in);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                files++;
            }
        }
        String id = guard.whileDeploying(() -> deployment.deploy().getId());
        LOG.info("{} model files are deployed ({})", files, id);
    }

    private static Resource[] find(PathMatchingResourcePatternResolver scan, String pattern) {
        try {
            return scan.getResources(pattern);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String url(Resource resource) {
        try {
            return resource.getURL().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
