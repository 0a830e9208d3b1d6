package org.greenchannel.flow;

import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.greenchannel.support.TestClock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A person held for harm to others, all notices served, for tests of other packages. */
public final class HeldPerson {

    private final Api api;
    private final String number;

    private HeldPerson(Api api, String number) {
        this.api = api;
        this.number = number;
    }

    /** Brings somebody there over HTTP. */
    public static HeldPerson now(int port, TestClock clock, ProcessEngine engine, JdbcClient jdbc) {
        return new HeldPerson(
                new Api(port),
                new WardStay(port, clock, engine, jdbc)
                        .harmToOthers()
                        .assessed()
                        .journey
                        .number());
    }

    /** Number of the case. */
    public String number() {
        return number;
    }

    /** A code of the rights page. */
    public String code(String holder) {
        return api.post(
                        "affairs",
                        "/api/v1/cases/" + number + "/rights-codes",
                        Map.of("holder", holder, "identityChecked", true))
                .expect(201)
                .json()
                .get("code")
                .asString();
    }
}
