package io.lakeport.warehouse.sea;

import static io.lakeport.warehouse.sea.FakeApi.Route.CANCEL;
import static io.lakeport.warehouse.sea.FakeApi.Route.HISTORY;
import static io.lakeport.warehouse.sea.FakeApi.Route.POLL;
import static io.lakeport.warehouse.sea.FakeApi.Route.SUBMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.WarehouseCapability;
import io.lakeport.core.sql.SqlParameter;
import io.lakeport.core.time.Deadline;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement from its post to its end. */
class SeaStatementTest {
    private final Bench bench = new Bench();

    @AfterEach
    void nothingLeft() {
        bench.close();
    }

    private LakeportException failure(StatementRequest request) {
        return catchThrowableOfType(LakeportException.class, () -> bench.warehouse.execute(request));
    }

    private static void assertCode(LakeportException error, CoreError code) {
        assertThat(error).isNotNull();
        assertThat(error.code()).as(error.getMessage()).isEqualTo(code.toErrorCode());
    }

    @Test
    @Tag("DF-38")
    void execute_request_bindsParametersAndTags() {
        StatementRequest request = StatementRequest.of("SELECT :a, :b")
                .parameter(SqlParameter.of("a", 7))
                .parameter(SqlParameter.of("b", null))
                .purpose(Purpose.EXPORT)
                .rowLimit(5)
                .build(Deadline.after(Duration.ofSeconds(20)));

        bench.warehouse.execute(request).close();

        JsonNode body = bench.api.requests(SUBMIT).get(0).body();
        assertThat(body.path("parameters").toString())
                .isEqualTo("[{\"name\":\"a\",\"type\":\"INT\",\"value\":\"7\"},{\"name\":\"b\",\"type\":\"STRING\"}]");
        assertThat(body.path("query_tags").toString())
                .contains("{\"key\":\"lakeport_tag\",\"value\":\"" + request.tag() + "\"}")
                .contains("acme")
                .contains("export");
        assertThat(body.path("disposition").asText()).isEqualTo("INLINE_OR_EXTERNAL_LINKS");
        assertThat(body.path("on_wait_timeout").asText()).isEqualTo("CONTINUE");
        assertThat(body.path("wait_timeout").asText()).isEqualTo("10s");
        assertThat(body.path("row_limit").asLong()).isEqualTo(5);
        assertThat(body.path("catalog").asText()).isEqualTo("main");
    }

    @Test
    @Tag("BI-31")
    void execute_pendingAndRunning_isPolledToItsEnd() {
        bench.api.chunk(3);
        Collections.addAll(bench.api.states, "PENDING", "PENDING", "RUNNING");

        assertThat(Bench.read(bench.warehouse.execute(Bench.request()))).containsExactly(0L, 1L, 2L);
        assertThat(bench.api.count(POLL)).isEqualTo(3);
        assertThat(bench.guard.calls).contains("sql sql.submit", "sql sql.poll", "chunk sql.chunk", "sql sql.close");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        BAD_REQUEST            | [PARSE_SYNTAX_ERROR] Syntax error at or near 'SELEC' | 42601 | SQL_SYNTAX
        BAD_REQUEST            | [TABLE_OR_VIEW_NOT_FOUND] `main`.`x` cannot be found | 42P01 | OBJECT_NOT_FOUND
        BAD_REQUEST            | [SCHEMA_NOT_FOUND] The schema `y` cannot be found    | ''    | OBJECT_NOT_FOUND
        BAD_REQUEST            | [INSUFFICIENT_PERMISSIONS] User has no SELECT        | 42501 | ACCESS_DENIED
        BAD_REQUEST            | PERMISSION_DENIED: User does not have USE CATALOG    | ''    | ACCESS_DENIED
        BAD_REQUEST            | [DIVIDE_BY_ZERO] Division by zero                    | 22012 | STATEMENT_FAILED
        TEMPORARILY_UNAVAILABLE| the warehouse is restarting                          | ''    | WAREHOUSE_UNAVAILABLE
        """)
    void execute_statementFails_keepsDatabricksMessage(String code, String message, String state, CoreError expected) {
        bench.api.end = "FAILED";
        bench.api.error.put("error_code", code).put("message", message);
        bench.api.sqlState = state;

        LakeportException error = failure(Bench.request());

        assertCode(error, expected);
        assertThat(error).hasMessageContaining(message).hasMessageNotContaining("secret_column");
        assertThat(error.context())
                .containsEntry("statement_id", FakeApi.STATEMENT)
                .containsEntry("tenant", "acme");
    }

    @Test
    void execute_longServerMessage_isCut() {
        bench.api.end = "FAILED";
        bench.api.error.put("error_code", "BAD_REQUEST").put("message", "x".repeat(50_000));

        assertThat(failure(Bench.request()).getMessage()).hasSizeLessThan(2_100);
    }

    @Test
    @Tag("AA-52")
    void execute_deadlinePasses_isCancelledOnTheServerFirst() {
        bench.api.end = "RUNNING";

        LakeportException error = failure(Bench.request(Duration.ofMillis(150)));

        assertCode(error, CoreError.DEADLINE_EXCEEDED);
        assertThat(error.context()).containsEntry("ended_on_server", "confirmed");
        assertThat(bench.api.count(CANCEL)).isOne();
        assertThat(bench.api.requests(SUBMIT).get(0).body().path("wait_timeout").asText())
                .isEqualTo("0s");
    }

    @Test
    void execute_interruptedWhileRunning_isCancelledOnTheServerFirst() throws Exception {
        bench.api.end = "RUNNING";
        Thread caller = Thread.currentThread();
        bench.api.fault(POLL, (exchange, right) -> {
            right.give();
            caller.interrupt();
        });

        LakeportException error = failure(Bench.request());

        assertThat(Thread.interrupted()).isTrue();
        assertCode(error, CoreError.INTERRUPTED);
        assertThat(bench.api.count(CANCEL)).isOne();
    }

    @Test
    void close_whileStatementRuns_cancelsItAndEndsItsCaller() throws Exception {
        bench.api.end = "RUNNING";
        CountDownLatch polled = new CountDownLatch(1);
        bench.api.fault(POLL, (exchange, right) -> {
            right.give();
            polled.countDown();
        });
        CompletableFuture<LakeportException> caller = CompletableFuture.supplyAsync(() -> failure(Bench.request()));
        assertThat(polled.await(10, TimeUnit.SECONDS)).isTrue();

        bench.warehouse.close();

        assertCode(caller.get(10, TimeUnit.SECONDS), CoreError.STATEMENT_CANCELLED);
        assertThat(bench.api.count(CANCEL)).isOne();
        assertThatThrownBy(() -> bench.warehouse.execute(Bench.request())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void execute_pollsKeepFailing_endsTheStatementAndReportsTheFailure() {
        bench.api.end = "RUNNING";
        for (int i = 0; i < 4; i++) {
            bench.api.fault(POLL, FakeApi.status(503, "{}"));
        }

        assertCode(failure(Bench.request()), CoreError.SERVICE_UNAVAILABLE);
        assertThat(bench.api.count(CANCEL)).isOne();
    }

    @Test
    @Tag("AA-52")
    void execute_rateLimited_waitsAsToldAndPostsAgain() {
        bench.api.fault(SUBMIT, FakeApi.status(429, "{\"error_code\":\"REQUEST_LIMIT_EXCEEDED\"}", "Retry-After", "3"));

        bench.warehouse.execute(Bench.request()).close();

        assertThat(bench.guard.waits).containsExactly(Duration.ofSeconds(3));
        assertThat(bench.api.count(SUBMIT)).isEqualTo(2);
    }

    @Test
    void execute_answerLost_isFoundByTagAndNeverPostedAgain() {
        bench.api.chunk(3);
        bench.api.knownToHistory = true;
        bench.api.fault(SUBMIT, (exchange, right) -> {
            bench.api.accept(bench.api.requests(SUBMIT).get(0).body());
            exchange.close();
        });

        assertThat(Bench.read(bench.warehouse.execute(Bench.request()))).hasSize(3);
        assertThat(bench.api.count(SUBMIT)).isOne();
        assertThat(bench.api.requests(HISTORY).get(0).path()).contains("filter_by.warehouse_ids=" + FakeApi.WAREHOUSE);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504, 503})
    void execute_gatewayFails_isLookedUpAndNotPostedAgain(int status) {
        bench.api.knownToHistory = true;
        bench.api.fault(SUBMIT, (exchange, right) -> {
            bench.api.accept(bench.api.requests(SUBMIT).get(0).body());
            FakeApi.status(status, "<html>").answer(exchange, right);
        });

        bench.warehouse.execute(Bench.request()).close();

        assertThat(bench.api.count(SUBMIT)).isOne();
    }

    @Test
    void execute_answerLostAndNotFound_isOutcomeUnknown() {
        bench.api.fault(SUBMIT, FakeApi.DROP);
        Duration any = Duration.ofSeconds(10);

        LakeportException error;
        try (SeaWarehouse impatient = bench.open(Bench.limits(Bench.BUDGET, any, any, Duration.ofMillis(800)))) {
            error = catchThrowableOfType(LakeportException.class, () -> impatient.execute(Bench.request()));
        }

        assertCode(error, CoreError.STATEMENT_OUTCOME_UNKNOWN);
        assertThat(error).hasMessageContaining("lakeport_tag=").hasMessageNotContaining("secret_column");
        assertThat(bench.api.count(SUBMIT)).isOne();
        assertThat(bench.api.count(HISTORY)).isPositive();
    }

    @Test
    void execute_deadlineDuringPost_findsTheStatementAndEndsIt() {
        bench.api.end = "RUNNING";
        bench.api.knownToHistory = true;
        CountDownLatch late = new CountDownLatch(1);
        bench.api.fault(SUBMIT, (exchange, right) -> {
            bench.api.accept(bench.api.requests(SUBMIT).get(0).body());
            await(late);
            right.give();
        });

        LakeportException error = failure(Bench.request(Duration.ofSeconds(1)));
        late.countDown();

        assertCode(error, CoreError.DEADLINE_EXCEEDED);
        assertThat(bench.api.count(CANCEL)).isOne();
        assertThat(bench.api.count(SUBMIT)).isOne();
    }

    @Test
    void execute_interruptedDuringPost_endsTheStatementByItsLateAnswer() {
        bench.api.end = "RUNNING";
        Thread caller = Thread.currentThread();
        bench.api.fault(SUBMIT, (exchange, right) -> {
            caller.interrupt();
            right.give();
        });

        LakeportException error = failure(Bench.request());

        assertThat(Thread.interrupted()).isTrue();
        assertCode(error, CoreError.INTERRUPTED);
        assertThat(bench.api.count(CANCEL)).isOne();
    }

    @Test
    void execute_interruptedBefore_postsNothing() {
        Thread.currentThread().interrupt();

        LakeportException error = failure(Bench.request());

        assertThat(Thread.interrupted()).isTrue();
        assertCode(error, CoreError.INTERRUPTED);
        assertThat(bench.api.seen).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            boolean ignored = latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void execute_nobodyListens_isUnavailableAndNotUnknown() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        MemoryBudget budget = MemoryBudget.of("test", 1 << 20);
        try (SeaWarehouse warehouse = new SeaWarehouse(
                Bench.context("http://127.0.0.1:" + port, bench.tokens, budget, Guard.NONE), Bench.limits())) {
            assertThatThrownBy(() -> warehouse.execute(Bench.request()))
                    .satisfies(e -> assertCode((LakeportException) e, CoreError.HOST_UNREACHABLE));
        }
    }

    @Test
    @Tag("AK-23")
    void execute_tokenExpiresWhileStatementRuns_isReplacedUnseen() {
        bench.api.states.add("RUNNING");
        bench.api.fault(POLL, FakeApi.status(403, "{\"error_code\":403,\"message\":\"Invalid access token.\"}"));

        bench.warehouse.execute(Bench.request()).close();

        assertThat(bench.tokens.refused).containsExactly("token-0");
        assertThat(bench.api.requests(POLL)).hasSize(2);
        assertThat(bench.api.requests(POLL).get(1).headers().getFirst("Authorization"))
                .isEqualTo("Bearer token-1");
    }

    @Test
    void execute_rightIsMissing_isDeniedAndTheTokenKept() {
        bench.api.fault(
                SUBMIT,
                FakeApi.status(403, "{\"error_code\":\"PERMISSION_DENIED\",\"message\":\"No CAN_USE on warehouse\"}"));

        LakeportException error = failure(Bench.request());

        assertCode(error, CoreError.ACCESS_DENIED);
        assertThat(error).hasMessageContaining("CAN_USE");
        assertThat(bench.tokens.refused).isEmpty();
    }

    @Test
    void execute_tagsUnknownToServer_areLeftOutFromThenOn() {
        bench.api.fault(
                SUBMIT,
                FakeApi.status(
                        400, "{\"error_code\":\"INVALID_PARAMETER_VALUE\",\"message\":\"Unknown field query_tags\"}"));

        bench.warehouse.execute(Bench.request()).close();
        bench.warehouse.execute(Bench.request()).close();

        assertThat(bench.api.requests(SUBMIT))
                .extracting(request -> request.body().has("query_tags"))
                .containsExactly(true, false, false);
        assertThat(bench.warehouse.capabilities()).doesNotContain(WarehouseCapability.OUTCOME_LOOKUP);
    }

    @Test
    void execute_hybridRefused_asksForLinksFromThenOn() {
        bench.api.fault(
                SUBMIT,
                FakeApi.status(
                        400, "{\"error_code\":\"INVALID_PARAMETER_VALUE\",\"message\":\"Unsupported disposition\"}"));

        bench.warehouse.execute(Bench.request()).close();
        bench.warehouse.execute(Bench.request()).close();

        assertThat(bench.api.requests(SUBMIT))
                .extracting(request -> request.body().path("disposition").asText())
                .containsExactly("INLINE_OR_EXTERNAL_LINKS", "EXTERNAL_LINKS", "EXTERNAL_LINKS");
    }

    @Test
    void execute_notAWorkspace_saysSo() {
        bench.api.fault(SUBMIT, FakeApi.status(200, "<html>hello</html>"));

        assertCode(failure(Bench.request()), CoreError.NOT_A_DATABRICKS_HOST);
    }

    @Test
    void execute_redirect_isNotFollowed() {
        bench.api.fault(SUBMIT, FakeApi.status(302, "", "Location", "http://127.0.0.1:1/login"));

        assertCode(failure(Bench.request()), CoreError.NOT_A_DATABRICKS_HOST);
    }

    @Test
    void close_openResult_isEndedFromAnotherThread() throws Exception {
        bench.api.chunk(100).chunk(100);
        bench.api.always(FakeApi.Route.DOWNLOAD, FakeApi.except(0, FakeApi.SILENCE));
        ResultStream stream = bench.warehouse.execute(Bench.request());
        stream.next().orElseThrow().close();
        AtomicReference<Throwable> seen = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try {
                stream.next();
            } catch (RuntimeException e) {
                seen.set(e);
            }
        });
        reader.start();
        while (reader.getState() == Thread.State.NEW || reader.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }

        bench.warehouse.close();
        reader.join(10_000);

        assertThat(seen.get()).isInstanceOfAny(LakeportException.class, IllegalStateException.class);
    }
}
