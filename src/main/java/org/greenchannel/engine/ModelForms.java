package org.greenchannel.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.RepositoryService;
import org.greenchannel.kernel.Problem;

/** Forms as they were deployed with their model, read once. */
final class ModelForms {

    private final RepositoryService repository;
    private final Map<String, FormResource> forms = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> formNames = new ConcurrentHashMap<>();

    ModelForms(RepositoryService repository) {
        this.repository = repository;
    }

    FormResource form(String deploymentId, String formId) {
        return forms.computeIfAbsent(deploymentId + "/" + formId, key -> read(deploymentId, formId));
    }

    private FormResource read(String deploymentId, String formId) {
        Map<String, String> names = formNames.computeIfAbsent(deploymentId, id -> {
            Map<String, String> byForm = new HashMap<>();
            for (String name : repository.getDeploymentResourceNames(id)) {
                if (name.endsWith(".form")) {
                    byForm.put(name.substring(name.lastIndexOf('/') + 1, name.length() - ".form".length()), name);
                }
            }
            return byForm;
        });
        String name = names.get(formId);
        if (name == null) {
            throw Problem.notFound("form-unknown", formId);
        }
        String base = name.substring(0, name.length() - ".form".length());
        List<String> all = repository.getDeploymentResourceNames(deploymentId);
        String english = base + ".en.json";
        String rules = base + ".rules.yaml";
        return new FormResource(
                formId,
                deploymentId,
                text(repository.getResourceAsStream(deploymentId, name)),
                all.contains(english) ? text(repository.getResourceAsStream(deploymentId, english)) : "{}",
                all.contains(rules) ? text(repository.getResourceAsStream(deploymentId, rules)) : "");
    }

    static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
