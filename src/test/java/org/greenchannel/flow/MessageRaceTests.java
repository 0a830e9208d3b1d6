package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.greenchannel.flow.Api.Answer;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Messages that meet each other, a timer or a task: one of them has its effect, and nothing is done twice or lost. */
@AppTest
class MessageRaceTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private ManagementService management;

    private Journey journey;

    @BeforeEach
    void admit() {
        journey = new Journey(new Api(port), clock)
                .start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted()
                .notified();
    }

    @AfterEach
    void realTime() {
        clock.reset();
        ClockUtil.reset();
    }

    @SafeVarargs
    private static <T> List<T> together(Callable<T>... calls) throws Exception {
        var gate = new CountDownLatch(1);
        var pool = Executors.newFixedThreadPool(calls.length);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> call : calls) {
                running.add(pool.submit(() -> {
                    gate.await();
                    return call.call();
                }));
            }
            gate.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get(120, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void twoObjectionsAtOnceAreOne() throws Exception {
        List<Answer> answers = together(
                () -> journey.send("affairs", "objection-filed", Map.of()),
                () -> journey.send("nurse", "objection-filed", Map.of("applicantRole", "PATIENT")));

        assertThat(answers).extracting(Answer::status).containsOnlyOnce(200);
        assertThat(answers)
                .extracting(Answer::status)
                .allMatch(status -> status == 200 || status == 404 || status == 409);
        assertThat(journey.openTasks().stream().filter("AssignDoctors"::equals)).hasSize(1);
    }

    @Test
    void anObjectionAtTheLastMomentIsEitherInTimeOrRefusedNeverHalf() throws Exception {
        clock.advance(Duration.ofDays(15));
        ClockUtil.offset(Duration.between(Instant.now(), clock.instant()).toMillis());
        List<Object> results = together(
                () -> {
                    try {
                        return journey.send("affairs", "objection-filed", Map.of("filedAt", journey.at(0)))
                                .status();
                    } catch (AssertionError e) {
                        return 404; // not even the form is there any more
                    }
                },
                () -> {
                    management.createJobQuery().executable().listPage(0, 200).forEach(job -> {
                        try {
                            management.executeJob(job.getId());
                        } catch (ProcessEngineException | NullPointerException e) {
                            // the other one was first, or the job executor was
                        }
                    });
                    return "timers";
                });

        int status = (Integer) results.get(0);
        boolean windowOpen = journey.openTasks().contains("ObjectionWindow");
        boolean objected = journey.openTasks().stream()
                .anyMatch(task -> task.equals("Rediagnosis")
                        || task.equals("AssignDoctors")
                        || task.equals("ExplainIneligibility"));
        if (status == 200) {
            assertThat(objected).as("an accepted objection is being handled").isTrue();
        } else {
            assertThat(status).isIn(404, 409);
            assertThat(objected).isFalse();
        }
        assertThat(windowOpen && objected).as("not both").isFalse();
    }
}
