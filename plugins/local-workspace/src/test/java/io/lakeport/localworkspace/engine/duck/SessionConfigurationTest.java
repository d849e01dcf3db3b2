package io.lakeport.localworkspace.engine.duck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
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
        assertThatThrownBy(() -> session("ANSI_MODE", "false"))
                .hasMessageContaining("ansi_mode = false")
                .hasMessageContaining("0A000");
        assertThatThrownBy(() -> session("TIMEZONE", "Mars/Base"))
                .hasMessageStartingWith("[INVALID_CONF_VALUE.TIME_ZONE] The value 'Mars/Base'");
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

    /** What java.time says is what Spark says: it computes with java.time. */
    @Test
    void timeZone_ofSession_decidesWhatClocksShow() {
        for (String zone :
                List.of("America/Los_Angeles", "Asia/Kolkata", "+05:30", "-08:00", "Australia/Lord_Howe", "Z")) {
            try (EngineSession session = session("TIMEZONE", zone)) {
                for (String text :
                        List.of("2024-03-09T10:30:00", "2024-07-01T00:00:00", "1969-12-31T23:59:59.123456")) {
                    ZonedDateTime local = LocalDateTime.parse(text).atZone(ZoneId.of(zone));
                    Instant instant = local.toInstant();
                    assertThat(Rows.of(
                                    session,
                                    "SELECT CAST(TIMESTAMP '" + text + "' AS DECIMAL(20,6)), CAST(TIMESTAMP '" + instant
                                            + "' AS STRING), hour(TIMESTAMP '" + instant + "'), unix_micros(TIMESTAMP '"
                                            + text + "' + INTERVAL '1 05:00:00' DAY TO SECOND), from_unixtime("
                                            + instant.getEpochSecond() + "), CAST(date_trunc('DAY', TIMESTAMP '"
                                            + instant
                                            + "') AS TIMESTAMP_NTZ)"))
                            .as(zone + " " + text)
                            .containsExactly(List.of(
                                    seconds(instant),
                                    text.replace('T', ' '),
                                    String.valueOf(local.getHour()),
                                    String.valueOf(ChronoUnit.MICROS.between(
                                            Instant.EPOCH,
                                            local.plusDays(1).plusHours(5).toInstant())),
                                    text.substring(0, 19).replace('T', ' '),
                                    text.substring(0, 10) + "T00:00"));
                }
            }
        }
    }

    private static String seconds(Instant instant) {
        return BigDecimal.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, instant), 6)
                .toPlainString();
    }

    @Test
    void queryTags_setByStatement_areKeptUntilUnset() {
        try (EngineSession session = session("TIMEZONE", "UTC")) {
            Rows.of(session, "SET QUERY_TAGS['team'] = 'eng'");
            assertThat(Rows.of(session, "SET QUERY_TAGS[\"job\"] = 'nightly:1'"))
                    .containsExactly(List.of("team", "eng"), List.of("job", "nightly:1"));
            Rows.of(session, "SET QUERY_TAGS['team'] = UNSET");
            assertThat(session.queryTags()).containsExactly(Map.entry("job", "nightly:1"));
        }
    }
}
