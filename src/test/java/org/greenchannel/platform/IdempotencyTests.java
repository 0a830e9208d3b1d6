package org.greenchannel.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.greenchannel.kernel.Problem;
import org.greenchannel.support.AppTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@AppTest
class IdempotencyTests {

    record Answer(String text, int number) {}

    @Autowired
    Idempotency idempotency;

    private final UUID account = UUID.randomUUID();
    private final AtomicInteger effects = new AtomicInteger();

    private Answer once(String key, String body) {
        return idempotency.once(key, account, "test", body, Answer.class, this::act);
    }

    private Answer act() {
        return new Answer("第", effects.incrementAndGet());
    }

    @Test
    void theSameKeyGetsTheFirstAnswerAgain() {
        String key = UUID.randomUUID().toString();
        assertThat(once(key, "{}")).isEqualTo(new Answer("第", 1));
        assertThat(once(key, "{}")).isEqualTo(new Answer("第", 1));
        assertThat(once(UUID.randomUUID().toString(), "{}").number()).isEqualTo(2);
        assertThat(once(null, "{}").number()).isEqualTo(3);
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefused() {
        String key = UUID.randomUUID().toString();
        once(key, "{\"a\":1}");
        assertThatThrownBy(() -> once(key, "{\"a\":2}")).isInstanceOfSatisfying(Problem.class, p -> {
            assertThat(p.type()).isEqualTo("idempotency-key-reused");
            assertThat(p.kind()).isEqualTo(Problem.Kind.INVALID);
        });
    }

    @Test
    void aFailedActionMayBeTriedAgain() {
        String key = UUID.randomUUID().toString();
        assertThatThrownBy(() -> idempotency.once(key, account, "test", "{}", Answer.class, () -> {
                    throw Problem.conflict("conflict");
                }))
                .isInstanceOf(Problem.class);
        assertThat(once(key, "{}").number()).isEqualTo(1);
    }

    @Test
    void twentyAtOnceHaveOneEffect() throws Exception {
        String key = UUID.randomUUID().toString();
        var pool = Executors.newFixedThreadPool(8);
        try {
            Callable<String> attempt = () -> {
                try {
                    return "answer " + once(key, "{}").number();
                } catch (Problem e) {
                    return e.type();
                }
            };
            for (var result :
                    pool.invokeAll(IntStream.range(0, 20).mapToObj(i -> attempt).toList())) {
                assertThat(result.get()).isIn("answer 1", "request-in-progress");
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(effects).hasValue(1);
    }
}
