package io.lakeport.localworkspace.engine.duck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No setting is taken without effect. */
class SessionConfigurationTest {
    private Engine engine;

    @BeforeEach
    void open() {
        engine = DuckEngine.open(Optional.empty());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private EngineSession session(String name, String value) {
        return engine.openSession(new SessionSettings("me", Optional.empty(), Optional.empty(), Map.of(name, value)));
    }

    @Test
    void openSession_unknownNameOrValueWithoutEffect_isRefused() {
        assertThatThrownBy(() -> session("spark.sql.shuffle.partitions", "8"))
                .hasMessageStartingWith("[CONFIG_NOT_AVAILABLE] Configuration spark.sql.shuffle.partitions is not");
        assertThatThrownBy(() -> session("TIMEZONE", "Europe/Berlin"))
                .hasMessageContaining("timezone = Europe/Berlin")
                .hasMessageContaining("0A000");
        session("QUERY_TAGS", "team:x").close();
        session("TimeZone", "UTC").close();
    }

    @Test
    void statementTimeout_statementRunsLonger_isCancelled() {
        try (EngineSession session = session("STATEMENT_TIMEOUT", "1")) {
            assertThatThrownBy(() -> session.execute(
                            "SELECT sum(a.id * b.id) FROM range(1000000) a CROSS JOIN range(1000000) b", List.of()))
                    .hasMessageContaining("[OPERATION_CANCELED]");
            assertThat(Rows.of(session, "SELECT 1")).containsExactly(List.of("1"));
        }
    }
}
