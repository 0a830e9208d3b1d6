package org.greenchannel.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.greenchannel.platform.Seeds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Deploys models, decisions, forms and their rules from the class path as one unit under names that do not depend on
 * where the product runs from. All or nothing: forms, decisions and called processes are bound to their deployment.
 * A decision the city has decided otherwise takes the place of the default one.
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
    private final Seeds seeds;
    private final String city;

    ModelDeployment(
            RepositoryService repository,
            CommandGuard guard,
            Seeds seeds,
            @Value("${greenchannel.city:zhengzhou}") String city) {
        this.repository = repository;
        this.guard = guard;
        this.seeds = seeds;
        this.city = city;
    }

    /** Deploys unless the newest deployment already holds exactly these files. Returns the deployment's id. */
    String deploy() {
        Map<String, byte[]> files = files();
        int replaced = CityDecisions.replace(files, seeds, city);
        var deployment =
                repository.createDeployment().name(NAME).source("class path").enableDuplicateFiltering(false);
        files.forEach((name, content) -> deployment.addInputStream(name, new ByteArrayInputStream(content)));
        String id = guard.whileDeploying(() -> deployment.deploy().getId());
        LOG.info(
                "{} model files are deployed, {} decisions of them of the city {} ({})",
                files.size(),
                replaced,
                city,
                id);
        return id;
    }

    /** Content of all models by name. */
    static Map<String, byte[]> files() {
        var scan = new PathMatchingResourcePatternResolver();
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String pattern : PATTERNS) {
            String root = pattern.substring(0, pattern.indexOf('*'));
            for (Resource resource : find(scan, "classpath*:" + pattern)) {
                String url = url(resource);
                try (InputStream in = resource.getInputStream()) {
                    files.put(url.substring(url.lastIndexOf(root)), in.readAllBytes());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return files;
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
