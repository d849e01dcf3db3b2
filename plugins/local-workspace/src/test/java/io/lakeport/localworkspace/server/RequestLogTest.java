package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.engine.duck.DuckEngine;
import io.lakeport.localworkspace.fault.Fault;
import io.lakeport.localworkspace.fault.FaultMatch;
import io.lakeport.localworkspace.server.RawClient.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The request log for people, over HTTP and as a file; and where the workspace listens. */
class RequestLogTest {
    private static final String ME = "/api/2.0/preview/scim/v2/Me";

    @Test
    void log_afterSomeRequests_tellsThemOverHttpAndInTheFile(@TempDir Path data) throws IOException {
        SimulatorSettings settings = new SimulatorSettings(0, Optional.of(data), Map.of());
        String token;
        String id;
        try (LocalWorkspace workspace = LocalWorkspace.start(settings, WorkspaceOptions.defaults(), DuckEngine::open)) {
            RawClient client = new RawClient(workspace);
            token = workspace.connection().token().reveal();
            Fault fault = workspace
                    .faults()
                    .when(FaultMatch.request("GET", ME))
                    .next(1)
                    .answer(503);
            client.send(ME + "?secret=hidden", r -> r.GET().header("User-Agent", "Acme/1 \"x\""));
            id = client.run("SELECT 1", "").get("statement_id").asText();

            JsonNode log = client.get("/local/log").json();
            JsonNode first = log.at("/requests/0");
            assertThat(first.get("path").asText()).isEqualTo(ME);
            assertThat(first.get("fault").asText()).isEqualTo(fault.id());
            assertThat(first.get("user_agent").asText()).isEqualTo("Acme/1 \"x\"");
            JsonNode second = log.at("/requests/1");
            assertThat(second.get("statement_id").asText()).isEqualTo(id);
            assertThat(second.get("principal").asText())
                    .isEqualTo(workspace.connection().clientId());
            assertThat(second.get("bytes").asInt()).isPositive();
            Answer next = client.get(
                    "/local/log?format=text&tail=1&since=" + log.get("next").asText());
            assertThat(next.text())
                    .contains(" 200 ")
                    .contains("GET /local/log ")
                    .hasLineCount(1);
            assertThat(client.get("/local/log?since=yesterday").status()).isEqualTo(400);
        }
        List<String> lines = Files.readAllLines(data.resolve("requests.log"));
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).contains(" 503 ").contains("GET " + ME + " ").contains("fault=fault-1");
        assertThat(lines.get(1)).contains("POST /api/2.0/sql/statements ").contains("statement=" + id);
        assertThat(String.join("\n", lines)).doesNotContain(token).doesNotContain("hidden");
    }

    @Test
    void bind_ofEveryAddress_isReachedByLoopbackAndKeptOnTheCommandLine() throws IOException {
        InetAddress every = InetAddress.getByName("0.0.0.0");
        try (LocalWorkspace workspace = LocalWorkspace.start(
                SimulatorSettings.inMemory(),
                WorkspaceOptions.defaults().withBind(every),
                data -> new PlainDuckEngine())) {
            assertThat(new RawClient(workspace).get(ME).status()).isEqualTo(200);
        }
        Arguments arguments = Arguments.parse("--bind", "0.0.0.0", "--memory");
        assertThat(arguments.toCommandLine()).contains("--bind", "0.0.0.0");
        assertThat(Arguments.parse("--memory").settings().options()).isEmpty();
    }
}
