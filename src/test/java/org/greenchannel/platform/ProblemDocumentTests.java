package org.greenchannel.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.Map;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

class ProblemDocumentTests {

    @RestController
    static class Failing {
        @GetMapping("/api/fail/{how}")
        String fail(@PathVariable String how) {
            throw switch (how) {
                case "fields" ->
                    Problem.invalid(
                            "invalid", List.of(new FieldError("/data/a", "required", new Text("请填写", "Fill this in"))));
                case "database" -> new DataAccessResourceFailureException("jdbc:postgresql://secret");
                case "stale" -> new OptimisticLockingFailureException("secret");
                case "wrapped" -> new IllegalStateException("secret", Problem.conflict("conflict"));
                default -> new IllegalStateException("secret 王小明");
            };
        }

        @GetMapping("/api/number")
        int number(@RequestParam int n) {
            return n;
        }

        @PostMapping("/api/body")
        Map<String, Object> body(@RequestBody Map<String, Object> body) {
            return body;
        }

        @GetMapping("/page")
        String page() {
            throw Problem.conflict("conflict");
        }
    }

    private final ProblemRenderer renderer = new ProblemRenderer(
            new PlatformConfiguration().messageSource(), JsonMapper.builder().build());

    private final MockMvc mvc = MockMvcBuilders.standaloneSetup(new Failing())
            .setHandlerExceptionResolvers(new ApiProblems(renderer))
            .addFilters(new CorrelationFilter())
            .build();

    @Test
    void namesEveryRefusedFieldInTheLanguageAskedFor() throws Exception {
        mvc.perform(get("/api/fail/fields").header("Accept-Language", "en-GB,zh;q=0.5"))
                .andExpect(status().is(422))
                .andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(header().string("Content-Language", "en"))
                .andExpect(jsonPath("$.type").value("/problems/invalid"))
                .andExpect(jsonPath("$.errors[0].pointer").value("/data/a"))
                .andExpect(jsonPath("$.errors[0].rule").value("required"))
                .andExpect(jsonPath("$.errors[0].message").value("Fill this in"));
        mvc.perform(get("/api/fail/fields"))
                .andExpect(jsonPath("$.title").value("填写内容有误"))
                .andExpect(jsonPath("$.errors[0].message").value("请填写"));
    }

    @Test
    void mapsWhatTheFrameworksThrow() throws Exception {
        mvc.perform(get("/api/fail/database"))
                .andExpect(status().is(503))
                .andExpect(header().string("Retry-After", "3"));
        mvc.perform(get("/api/fail/stale")).andExpect(status().is(409));
        mvc.perform(get("/api/fail/wrapped")).andExpect(status().is(409));
        mvc.perform(get("/api/number?n=x"))
                .andExpect(status().is(400))
                .andExpect(jsonPath("$.type").value("/problems/bad-parameter"));
        mvc.perform(get("/api/number")).andExpect(status().is(400));
        mvc.perform(post("/api/number")).andExpect(status().is(405)).andExpect(header().string("Allow", "GET"));
        mvc.perform(post("/api/body").contentType(MediaType.APPLICATION_JSON).content("{nonsense"))
                .andExpect(status().is(400))
                .andExpect(jsonPath("$.type").value("/problems/bad-body"));
        mvc.perform(post("/api/body").contentType(MediaType.TEXT_PLAIN).content("x"))
                .andExpect(status().is(415));
    }

    @Test
    void showsAReferenceOnlyWhenWeHaveMadeAMistake() throws Exception {
        String body = mvc.perform(get("/api/fail/oops").header("X-Request-Id", "request-4711"))
                .andExpect(status().is(500))
                .andExpect(header().string("X-Request-Id", "request-4711"))
                .andExpect(jsonPath("$.reference").value("request-4711"))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(body).doesNotContain("secret").doesNotContain("Exception");
        assertThat(ProblemRenderer.trace(new IllegalStateException("secret")))
                .contains("IllegalStateException")
                .doesNotContain("secret");
    }

    @Test
    void leavesPagesToThePages() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> mvc.perform(get("/page"))))
                .hasRootCauseInstanceOf(Problem.class);
    }

    @Test
    void doesNotTrustARequestIdThatCouldForgeTheLog() throws Exception {
        String given = mvc.perform(get("/api/number?n=1").header("X-Request-Id", "a b"))
                .andReturn()
                .getResponse()
                .getHeader("X-Request-Id");
        assertThat(given).matches("[0-9a-f-]{36}");
    }

    @Test
    void knowsCoarseDevicesOnly() {
        assertThat(CorrelationFilter.device("Mozilla/5.0 (Linux; Android 14) Mobile Safari"))
                .isEqualTo("phone");
        assertThat(CorrelationFilter.device("Mozilla/5.0 (iPad)")).isEqualTo("tablet");
        assertThat(CorrelationFilter.device("Mozilla/5.0 (X11; Linux)")).isEqualTo("desktop");
        assertThat(CorrelationFilter.device(null)).isEqualTo("other");
    }
}
