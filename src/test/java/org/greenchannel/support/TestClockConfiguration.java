package org.greenchannel.support;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** Puts {@link TestClock} in the place of the system clock, and passwords that are checked at once in that of the demo. */
@TestConfiguration(proxyBeanMethods = false)
class TestClockConfiguration {

    /** A check costs what its hash says; thousands of requests of the tests need no protection against guessing. */
    private static final String QUICK = new Argon2PasswordEncoder(16, 32, 1, 16, 1).encode("Lvtong-Demo-2026");

    @Bean
    @Primary
    TestClock testClock() {
        return new TestClock();
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> quickPasswords(JdbcClient jdbc) {
        return ready -> jdbc.sql("update organisation.account set password_hash = :quick where demo")
                .param("quick", QUICK)
                .update();
    }
}
