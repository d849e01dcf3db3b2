package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many clients at once, and what is left when the workspace ends. */
class ConcurrencyTest {
    @Test
    void statements_fromManyClientsWithCancelsBetween_allEndAndLeaveNothingBehind() throws Exception {
        Set<Path> before = spools();
        Set<String> threadsBefore = workspaceThreads();
        try (LocalWorkspace workspace = Workspaces.start()) {
            ExecutorService clients = Executors.newFixedThreadPool(8);
            List<Future<String>> states = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                int number = i;
                states.add(clients.submit(() -> runOne(workspace, number)));
            }
            for (int i = 0; i < states.size(); i++) {
                assertThat(states.get(i).get()).isEqualTo(i % 4 == 3 ? "CANCELED" : "SUCCEEDED");
            }
            clients.shutdown();
        }
        assertThat(spools()).isEqualTo(before);
        assertThat(workspaceThreads()).isEqualTo(threadsBefore);
    }

    private static String runOne(LocalWorkspace workspace, int number) {
        RawClient client = new RawClient(workspace);
        if (number % 4 == 3) {
            JsonNode started = client.post(
                            "/api/2.0/sql/statements",
                            "{\"warehouse_id\":\"0123456789abcdef\",\"wait_timeout\":\"0s\",\"statement\":"
                                    + "\"SELECT sum(a.range) FROM range(1000000) a, range(1000000) b\"}")
                    .json();
            String path =
                    "/api/2.0/sql/statements/" + started.get("statement_id").asText();
            client.post(path + "/cancel", "");
            return client.get(path).json().at("/status/state").asText();
        }
        JsonNode answer = client.run(
                "SELECT i, i * 2 AS j FROM range(150000) t(i)",
                ",\"disposition\":\"EXTERNAL_LINKS\",\"format\":\"ARROW_STREAM\",\"result_compression\":\"LZ4_FRAME\"");
        assertThat(answer.at("/manifest/total_row_count").asInt()).isEqualTo(150_000);
        return answer.at("/status/state").asText();
    }

    private static Set<Path> spools() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .startsWith("lakeport-workspace-"
                                    + ProcessHandle.current().pid()))
                    .collect(Collectors.toSet());
        }
    }

    private static Set<String> workspaceThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.matches("local-workspace-(statement|encoder|tidier|proxy).*|HTTP-Dispatcher"))
                .collect(Collectors.toSet());
    }
}
