package org.greenchannel.engine;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.engine.spring.ProcessEngineFactoryBean;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/** Wires the engine by hand: one data source and one transaction manager with everything else. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EngineProperties.class)
class EngineConfiguration {

    /** Rows one query may return while a user is set; our own queries page everywhere. */
    private static final int MAX_RESULTS = 1_000;

    /** Longest time a job may take before another node may take it over, in milliseconds. */
    private static final int JOB_LOCK_MILLIS = 60_000;

    /** Own pool; not a default candidate, so that Boot's executor stays in place for everything else. */
    @Bean(defaultCandidate = false)
    ThreadPoolTaskExecutor engineJobPool(EngineProperties properties) {
        var pool = new ThreadPoolTaskExecutor();
        pool.setThreadNamePrefix("job-");
        pool.setCorePoolSize(properties.jobThreads());
        pool.setMaxPoolSize(properties.jobThreads());
        pool.setQueueCapacity(properties.jobQueue());
        pool.setWaitForTasksToCompleteOnShutdown(true);
        pool.setAwaitTerminationSeconds(20);
        // the acquisition thread is stopped by the lifecycle below, not by the pool refusing work
        pool.setAcceptTasksAfterContextClose(true);
        pool.setPhase(SmartLifecycle.DEFAULT_PHASE - 8192);
        return pool;
    }

    @Bean
    SpringJobExecutor jobExecutor(
            @Qualifier("engineJobPool") ThreadPoolTaskExecutor engineJobPool, EngineProperties properties) {
        var executor = new SpringJobExecutor();
        executor.setTaskExecutor(engineJobPool);
        executor.setMaxJobsPerAcquisition(properties.jobThreads());
        executor.setWaitTimeInMillis((int) properties.jobWait().toMillis());
        executor.setMaxWait(properties.jobMaxWait().toMillis());
        executor.setLockTimeInMillis(JOB_LOCK_MILLIS);
        return executor;
    }

    @Bean
    SpringProcessEngineConfiguration processEngineConfiguration(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            SpringJobExecutor jobExecutor,
            EngineBridge bridge,
            DecisionCaptor captor,
            CommandGuard guard,
            ModelClock clock,
            ListableBeanFactory beans,
            Clock systemClock) {
        var c = new SpringProcessEngineConfiguration();
        c.setProcessEngineName("default");
        c.setDataSource(dataSource);
        c.setTransactionManager(transactions);
        c.setDatabaseType("postgres");
        c.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_FALSE);
        c.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
        c.setJobExecutor(jobExecutor);
        c.setJobExecutorActivate(false);
        c.setJobExecutorDeploymentAware(false);
        c.setIdGenerator(new StrongUuidGenerator());
        c.setDefaultNumberOfRetries(3);
        c.setEnforceHistoryTimeToLive(true);
        c.setDbMetricsReporterActivate(false);
        c.setMetricsEnabled(false);
        c.setQueryMaxResultsLimit(MAX_RESULTS);
        c.setEnableExpressionsInAdhocQueries(false);
        c.setEnableExpressionsInStoredQueries(false);
        c.setEnableScriptCompilation(false);
        c.setEnableFetchScriptEngineFromProcessApplication(false);
        // the engine and its FEEL library bring script engines that know nothing of the guard below
        c.setScriptEngineResolver(new NoScripts());
        c.setArtifactFactory(new NoClasses());
        c.setDeserializationTypeValidationEnabled(true);
        c.setAuthorizationEnabled(false);
        c.setCustomPreBPMNParseListeners(new ArrayList<>(List.of(bridge)));
        c.setCustomPreCommandInterceptorsTxRequired(new ArrayList<CommandInterceptor>(List.of(guard)));
        c.setCustomPreCommandInterceptorsTxRequiresNew(
                new ArrayList<CommandInterceptor>(List.of(new CommandGuard(guard))));
        c.setExpressionManager(new GuardedExpressionManager(modelBeans(beans, clock, systemClock)));
        var dmn = new DefaultDmnEngineConfiguration();
        dmn.setFeelEngineFactory(new ParsedOnceFeel());
        dmn.setCustomPostDecisionTableEvaluationListeners(new ArrayList<>(List.of(captor)));
        c.setDmnEngineConfiguration(dmn);
        return c;
    }

    /** What models may name: the steps, by bean name, and the clock. Steps are looked up late: they depend on the engine. */
    private static Map<Object, Object> modelBeans(ListableBeanFactory beans, ModelClock clock, Clock systemClock) {
        var names = new HashMap<Object, Object>();
        for (String step : beans.getBeanNamesForType(ProcessStep.class, true, false)) {
            names.put(step, new StepDelegate(() -> beans.getBean(step, ProcessStep.class), systemClock));
        }
        names.put("clock", clock);
        return names;
    }

    @Bean
    @DependsOnDatabaseInitialization
    ProcessEngineFactoryBean processEngine(SpringProcessEngineConfiguration configuration) {
        var factory = new ProcessEngineFactoryBean();
        factory.setProcessEngineConfiguration(configuration);
        return factory;
    }

    @Bean
    RepositoryService repositoryService(ProcessEngine engine) {
        return engine.getRepositoryService();
    }

    @Bean
    RuntimeService runtimeService(ProcessEngine engine) {
        return engine.getRuntimeService();
    }

    @Bean
    TaskService taskService(ProcessEngine engine) {
        return engine.getTaskService();
    }

    @Bean
    HistoryService historyService(ProcessEngine engine) {
        return engine.getHistoryService();
    }

    @Bean
    ManagementService managementService(ProcessEngine engine) {
        return engine.getManagementService();
    }

    @Bean
    DecisionService decisionService(ProcessEngine engine) {
        return engine.getDecisionService();
    }

    @Bean
    IdentityService identityService(ProcessEngine engine) {
        return engine.getIdentityService();
    }

    /** Starts before the web server: deploys, then lets jobs run. Stops after the web server, before the pool. */
    @Bean
    SmartLifecycle engineLifecycle(
            ModelDeployment deployment, SpringJobExecutor jobExecutor, EngineProperties properties) {
        return new EngineLifecycle(deployment, jobExecutor, properties.jobsActive());
    }
}
