package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.greenchannel.support.AppTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Which clause is served by what, over HTTP. */
@AppTest
class TraceabilityFlowTests {

    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void open() {
        api = new Api(port);
    }

    private List<String> ids(String query) {
        var ids = new ArrayList<String>();
        api.get("supervisor", "/api/v1/traceability" + query)
                .expect(200)
                .json()
                .get("items")
                .forEach(item -> ids.add(item.get("id").asString()));
        return ids;
    }

    @Test
    void supervisorsReadAllOfIt() {
        JsonNode all = api.get("supervisor", "/api/v1/traceability").expect(200).json();
        assertThat(all.get("sources")).hasSize(5);
        assertThat(all.get("items")).hasSize(173);
        JsonNode first = all.get("items").get(0);
        assertThat(first.get("id").asString()).isEqualTo("F001");
        assertThat(first.get("served").get("processes").get(0).asString()).isEqualTo("info-exchange");
        assertThat(ids("?source=S004")).hasSize(22).startsWith("F401").endsWith("F422");
        assertThat(ids("?source=S004&mark=O")).containsExactly("F421");
        assertThat(ids("?source=S999")).isEmpty();
    }

    @Test
    void itAnswersInTheLanguageAsked() {
        JsonNode out = api.get("auditor", "/api/v1/traceability?source=S001&mark=O")
                .expect(200)
                .json()
                .get("items")
                .get(0);
        assertThat(out.get("outOfScope").asString()).isNotBlank().matches("[\\x20-\\x7e]+");
    }

    @Test
    void onlyThoseWhoSuperviseReadIt() {
        for (String user : List.of("health", "prevention", "politics", "supervisor", "auditor")) {
            api.get(user, "/api/v1/traceability").expect(200);
        }
        for (String user : List.of("officer", "doctor", "finance", "sysadmin", "secadmin")) {
            api.get(user, "/api/v1/traceability").expect(403);
        }
        api.get("", "/api/v1/traceability").expect(401);
    }
}
