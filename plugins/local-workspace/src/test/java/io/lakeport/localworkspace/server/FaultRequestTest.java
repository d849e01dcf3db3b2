package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.fault.Fault;
import io.lakeport.localworkspace.fault.FaultMatch;
import io.lakeport.localworkspace.fault.FaultyAnswer;
import io.lakeport.localworkspace.fault.FaultyAnswer.Body;
import io.lakeport.localworkspace.fault.RetryAfter;
import io.lakeport.localworkspace.http.LoggedRequest;
import io.lakeport.localworkspace.server.RawClient.Answer;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The catalogue of faults, the part that acts on requests: each on the wire. */
class FaultRequestTest {
    private static final String ME = "/api/2.0/preview/scim/v2/Me";
    private static final String LINKS = ",\"disposition\":\"EXTERNAL_LINKS\",\"format\":\"ARROW_STREAM\"";
    private static LocalWorkspace workspace;
    private static RawClient client;

    @BeforeAll
    static void start() {
        workspace = Workspaces.start();
        client = new RawClient(workspace);
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @AfterEach
    void takeBack() {
        workspace.faults().clear();
    }

    private static FaultMatch me() {
        return FaultMatch.request("GET", ME);
    }

    @Test
    void answer_nextTwo_refusesTwiceThenServes() {
        Fault fault = workspace.faults().when(me()).next(2).answer(503);

        assertThat(client.get(ME).json().get("error_code").asText()).isEqualTo("TEMPORARILY_UNAVAILABLE");
        assertThat(client.get(ME).status()).isEqualTo(503);
        Answer third = client.get(ME);
        assertThat(third.status()).isEqualTo(200);
        assertThat(third.raw().headers().firstValue("Retry-After")).isEmpty();
        assertThat(fault.fired()).isEqualTo(2);
        assertThat(workspace.faults().log())
                .extracting(fired -> fired.fault() + " " + fired.kind() + " " + fired.target())
                .containsOnly(fault.id() + " answer GET " + ME);
        assertThat(workspace.requests().all())
                .filteredOn(request -> request.status() == 503)
                .extracting(LoggedRequest::fault)
                .containsExactly(fault.id(), fault.id());
    }

    @Test
    void answer_retryAfter_comesAsSecondsOrAsDate() {
        workspace.faults().when(me()).next(1).answer(429, RetryAfter.seconds(7));
        workspace.faults().when(me()).next(1).answer(429, RetryAfter.dateIn(60));

        Answer seconds = client.get(ME);
        assertThat(seconds.json().get("error_code").asText()).isEqualTo("REQUEST_LIMIT_EXCEEDED");
        assertThat(seconds.raw().headers().firstValue("Retry-After")).hasValue("7");
        String date = client.get(ME).raw().headers().firstValue("Retry-After").orElseThrow();
        ZonedDateTime until = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
        assertThat(until)
                .isBetween(
                        ZonedDateTime.now().plusSeconds(30), ZonedDateTime.now().plusSeconds(61));
    }

    @ParameterizedTest
    @CsvSource({
        "HTML,text/html,<h1>",
        "TEXT,text/plain,planned",
        "XML,application/xml,<Code>BAD_GATEWAY</Code>",
        "BROKEN_JSON,application/json,error_code",
        "EMPTY,text/plain,''"
    })
    void answer_otherBodies_areWhatProxiesAndStorageSend(Body body, String type, String part) {
        workspace
                .faults()
                .when(me())
                .answer(new FaultyAnswer(502, Optional.empty(), Optional.empty(), body, Optional.empty()));

        Answer answer = client.get(ME);
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.raw().headers().firstValue("Content-Type")).hasValue(type);
        assertThat(answer.text()).contains(part);
    }

    @Test
    void delay_beforeAnotherFault_bothHappen() {
        workspace.faults().when(me()).delay(Duration.ofMillis(80));
        workspace.faults().when(me()).next(1).answer(500);

        long start = System.nanoTime();
        assertThat(client.get(ME).status()).isEqualTo(500);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(79));
    }

    @Test
    void cut_beforeServing_leavesNoAnswerAndNoEffect() {
        workspace
                .faults()
                .when(FaultMatch.request("POST", "/api/2.0/sql/statements"))
                .next(1)
                .cut();
        int before = history();

        assertThatThrownBy(() -> client.run("SELECT 1", "")).hasMessageContaining("/api/2.0/sql/statements");
        assertThat(history()).isEqualTo(before);
        assertThat(workspace.requests().all()).extracting(LoggedRequest::status).contains(444);
    }

    @Test
    void cut_afterServing_leavesNoAnswerButTheEffect() {
        workspace
                .faults()
                .when(FaultMatch.request("POST", "/api/2.0/sql/statements"))
                .next(1)
                .cutAnswer();
        int before = history();

        assertThatThrownBy(() -> client.run("SELECT 1", "")).hasMessageContaining("/api/2.0/sql/statements");
        assertThat(history()).isEqualTo(before + 1);
    }

    private static int history() {
        return client.get("/api/2.0/sql/history/queries?max_results=1000")
                .json()
                .get("res")
                .size();
    }

    @Test
    void cutAfter_someBytes_endsTheConnectionBelowItsContentLength() {
        workspace.faults().when(FaultMatch.any().path("/cloudfetch/**")).next(2).cutAfter(100);
        String link = link("SELECT i FROM range(50000) t(i)");

        assertThatThrownBy(() -> anonymous().get(link)).hasRootCauseMessage("EOF reached while reading");
    }

    @Test
    void shorten_body_hasAContentLengthThatAgrees() {
        workspace.faults().when(FaultMatch.any().path("/cloudfetch/**")).next(1).shorten(100);
        String link = link("SELECT i FROM range(50000) t(i)");

        assertThat(anonymous().get(link).raw().body()).hasSize(100);
        assertThat(anonymous().get(link).raw().body()).hasSizeGreaterThan(100);
    }

    @Test
    void corrupt_atOffsetOrBySeed_changesThoseBytesOnly() {
        String link = link("SELECT i FROM range(50000) t(i)");
        byte[] good = anonymous().get(link).raw().body();
        workspace.faults().when(FaultMatch.any().path("/cloudfetch/**")).next(1).corrupt(10, 2);
        assertThat(differences(good, anonymous().get(link).raw().body())).containsExactly(10, 11);

        List<Integer> first = corruptedBySeed(link, good);
        assertThat(first).hasSize(1).isEqualTo(corruptedBySeed(link, good));
    }

    private static List<Integer> corruptedBySeed(String link, byte[] good) {
        workspace
                .faults()
                .when(FaultMatch.any().path("/cloudfetch/**"))
                .withProbability(1, 42)
                .next(1)
                .corrupt(-1, 1);
        return differences(good, anonymous().get(link).raw().body());
    }

    private static List<Integer> differences(byte[] one, byte[] other) {
        assertThat(other).hasSameSizeAs(one);
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < one.length; i++) {
            if (one[i] != other[i]) {
                places.add(i);
            }
        }
        return places;
    }

    @Test
    void denyAddress_ofOneAddress_speaksAsTheIpAccessList() {
        workspace.faults().when(FaultMatch.any().remoteAddress("127.0.0.1")).denyAddress();

        Answer answer = client.get(ME);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().get("message").asText())
                .isEqualTo("Source IP address: 127.0.0.1 is blocked by Databricks IP ACL for workspace: "
                        + "4711000000000001");
    }

    @Test
    void revokeTokens_ofOnePrincipal_leavesOthersAndNewTokens() {
        String old = token();
        Principal other = workspace.identities().addServicePrincipal("other");
        RawClient others = new RawClient(
                workspace.connection().httpUrl(),
                workspace.identities().addToken(other, Duration.ofHours(1)).reveal());
        workspace
                .faults()
                .when(FaultMatch.any().principal(workspace.principal().applicationId()))
                .revokeTokens();

        assertThat(as(old).get(ME).status()).isEqualTo(403);
        assertThat(client.get(ME).json().get("message").asText()).isEqualTo("Invalid access token.");
        assertThat(others.get(ME).status()).isEqualTo(200);
        assertThat(as(token()).get(ME).status()).isEqualTo(200);
        assertThat(as(old).get(ME).status()).isEqualTo(403);
    }

    private static RawClient as(String token) {
        return new RawClient(workspace.connection().httpUrl(), token);
    }

    private static String token() {
        String pair = workspace.connection().clientId() + ":"
                + workspace.connection().clientSecret().reveal();
        return new RawClient(workspace.connection().httpUrl(), "")
                .send(
                        "/oidc/v1/token",
                        request -> request.header(
                                        "Authorization",
                                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes()))
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                                        "grant_type=client_credentials&scope=all-apis")))
                .json()
                .get("access_token")
                .asText();
    }

    @Test
    void storage_blockedOrMissingAChunk_failsLinksOnly() {
        String link = link("SELECT 1");
        Fault blocked = workspace.faults().when(FaultMatch.any()).blockStorage();
        assertThatThrownBy(() -> anonymous().get(link)).isInstanceOf(AssertionError.class);
        assertThat(client.get(ME).status()).isEqualTo(200);

        workspace.faults().remove(blocked.id());
        workspace.faults().when(FaultMatch.any()).loseChunk();
        assertThat(anonymous().get(link).text()).contains("<Code>NoSuchKey</Code>");
    }

    @Test
    void match_byHeaderAgentAndStatement_meetsOnlyThose() {
        workspace
                .faults()
                .when(FaultMatch.any().userAgent("Acme/1").header("X-Step", "^2$"))
                .answer(500);
        assertThat(withHeaders("Acme/1", "2").status()).isEqualTo(500);
        assertThat(withHeaders("Acme/2", "2").status()).isEqualTo(200);
        assertThat(withHeaders("Acme/1", "1").status()).isEqualTo(200);

        JsonNode other = client.run("SELECT 2", "");
        JsonNode orders = client.run("SELECT 1 AS orders", "");
        workspace
                .faults()
                .when(FaultMatch.statementLike("\\borders\\b").method("GET"))
                .answer(503);
        String path = "/api/2.0/sql/statements/";
        assertThat(client.get(path + orders.get("statement_id").asText()).status())
                .isEqualTo(503);
        assertThat(client.get(path + other.get("statement_id").asText()).status())
                .isEqualTo(200);
    }

    private static Answer withHeaders(String agent, String step) {
        return client.send(
                ME, request -> request.GET().header("User-Agent", agent).header("X-Step", step));
    }

    @Test
    void withProbability_sameSeed_firesAtTheSameRequests() {
        List<Integer> first = statuses(7);
        assertThat(first).contains(200, 500).isEqualTo(statuses(7)).isNotEqualTo(statuses(8));
    }

    private static List<Integer> statuses(long seed) {
        Fault fault = workspace
                .faults()
                .when(me())
                .after(1)
                .withProbability(0.5, seed)
                .answer(500);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            statuses.add(client.get(ME).status());
        }
        assertThat(fault.matched()).isEqualTo(16);
        workspace.faults().remove(fault.id());
        return statuses;
    }

    @Test
    void control_postGetDelete_plansListsAndTakesBack() {
        Answer added = client.post(
                "/local/faults",
                "{\"match\":{\"path\":\"/api/2.0/preview/**\"},\"times\":1,"
                        + "\"effect\":{\"kind\":\"answer\",\"status\":429,\"retry_after\":3}}");
        assertThat(added.status()).isEqualTo(200);
        String id = added.json().get("id").asText();
        assertThat(client.get(ME).status()).isEqualTo(429);
        JsonNode list = client.get("/local/faults").json();
        assertThat(list.at("/faults/0/fired").asInt()).isOne();
        assertThat(list.at("/faults/0/effect/retry_after").asInt()).isEqualTo(3);
        assertThat(list.at("/log/0/fault").asText()).isEqualTo(id);
        assertThat(client.delete("/local/faults/" + id).status()).isEqualTo(200);
        assertThat(client.get("/local/faults/" + id).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|needs an object 'effect'",
                "{\"effect\":{\"kind\":\"explode\"}}|unknown kind of effect 'explode'",
                "{\"effect\":{\"kind\":\"cut_after\"}}|needs 'bytes'",
                "{\"efect\":{}}|unknown field 'efect'",
                "{\"effect\":{\"kind\":\"hang\",\"seconds\":1}}|unknown field 'seconds' of effect hang",
                "{\"match\":{\"path\":\"/x\"},\"effect\":{\"kind\":\"hang\"}}|match requests only",
                "{\"match\":{\"statement\":\"(\"},\"effect\":{\"kind\":\"hang\"}}|is not a regular expression",
                "{\"probability\":2,\"effect\":{\"kind\":\"hang\"}}|probability must be"
            })
    void control_badPlan_isRefusedWithItsReason(String body, String part) {
        Answer answer = client.post("/local/faults", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("message").asText()).contains(part);
        assertThat(workspace.faults().all()).isEmpty();
    }

    @Test
    void control_everyKind_readsBackAsItWasWritten() {
        List<String> effects = List.of(
                "{\"kind\":\"answer\",\"status\":503,\"body\":\"html\",\"error_code\":\"A\",\"message\":\"m\",\"retry_after_date_in\":5}",
                "{\"kind\":\"delay\",\"seconds\":1.5}",
                "{\"kind\":\"cut\",\"served\":true}",
                "{\"kind\":\"cut_after\",\"bytes\":1}",
                "{\"kind\":\"shorten\",\"bytes\":1}",
                "{\"kind\":\"corrupt\",\"offset\":-1,\"bytes\":4}",
                "{\"kind\":\"deny_address\"}",
                "{\"kind\":\"revoke_tokens\"}",
                "{\"kind\":\"expire_links\",\"seconds\":0.0,\"announced\":false}",
                "{\"kind\":\"hang\"}",
                "{\"kind\":\"fail\",\"error_code\":\"BAD_REQUEST\",\"sql_state\":\"22018\",\"message\":\"m\"}",
                "{\"kind\":\"close_statement\"}",
                "{\"kind\":\"lose_result\"}",
                "{\"kind\":\"keep_running\",\"seconds\":2.0}",
                "{\"kind\":\"cold_start\",\"seconds\":2.0}",
                "{\"kind\":\"expire_session\"}",
                "{\"kind\":\"thrift_status\",\"status_code\":3,\"sql_state\":\"08S01\",\"message\":\"m\"}",
                "{\"kind\":\"thrift_exception\",\"type\":6,\"message\":\"m\"}");
        for (String effect : effects) {
            JsonNode written = client.post("/local/faults", "{\"after\":1000,\"effect\":" + effect + "}")
                    .json()
                    .get("effect");
            assertThat(written).isEqualTo(new Answer(200, effect, null).json());
        }
    }

    @Test
    void control_byAnyoneElse_isRefused() {
        Principal other = workspace.identities().addServicePrincipal("someone");
        RawClient others =
                as(workspace.identities().addToken(other, Duration.ofHours(1)).reveal());
        assertThat(others.get("/local/faults").status()).isEqualTo(403);
        assertThat(anonymous().get("/local/faults").status()).isEqualTo(401);
    }

    private static RawClient anonymous() {
        return new RawClient(workspace.connection().httpUrl(), "");
    }

    private static String link(String sql) {
        return client.run(sql, LINKS)
                .at("/result/external_links/0/external_link")
                .asText();
    }
}
