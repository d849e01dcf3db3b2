package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.simulator.WorkspaceSimulator;
import io.lakeport.core.simulator.WorkspaceSimulatorProvider;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The workspace in a JVM of its own, as hosts start it. */
class ProviderTest {
    private static WorkspaceSimulatorProvider provider() {
        return ServiceLoader.load(WorkspaceSimulatorProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals("local"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void start_fromServiceLoader_servesUntilClosed() {
        SimulatorConnection connection;
        try (WorkspaceSimulator workspace = provider().start(SimulatorSettings.inMemory())) {
            connection = workspace.connection();
            RawClient client =
                    new RawClient(connection.httpUrl(), connection.token().reveal());
            assertThat(client.run("SELECT 1 AS x", "")
                            .at("/result/data_array/0/0")
                            .asText())
                    .isEqualTo("1");
            assertThat(workspace.failure()).isEmpty();
        }
        RawClient after = new RawClient(connection.httpUrl(), "");
        assertThatThrownBy(() -> after.get("/")).isInstanceOf(AssertionError.class);
    }

    @Test
    void start_portTaken_failsWithTheReason() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            SimulatorSettings settings = new SimulatorSettings(taken.getLocalPort(), Optional.empty(), Map.of());
            assertThatThrownBy(() -> provider().start(settings))
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.code().category()).isEqualTo(ErrorCategory.INVALID_REQUEST))
                    .hasMessageContaining("Cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void start_fileMissing_failsWithTheReason() {
        SimulatorSettings settings =
                new SimulatorSettings(0, Optional.empty(), Map.of("t", Path.of("/no/such/file.parquet")));
        assertThatThrownBy(() -> provider().start(settings))
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.code().category()).isEqualTo(ErrorCategory.INVALID_REQUEST));
    }
}
