package org.greenchannel.engine;

import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.context.ApplicationContext;

/** Brings models of a test past the guard the way the start of the application does. */
public final class TestModels {

    private TestModels() {}

    /** Deploys the resources and returns the deployment's id. */
    public static String deploy(ApplicationContext context, Map<String, String> resources) {
        var deployment =
                context.getBean(RepositoryService.class).createDeployment().name("test");
        resources.forEach(deployment::addString);
        return context.getBean(CommandGuard.class)
                .whileDeploying(() -> deployment.deploy().getId());
    }
}
