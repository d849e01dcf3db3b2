package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.account.AccountHistory;
import io.lakeport.localworkspace.account.HistorySettings;
import io.lakeport.localworkspace.account.KnownTotals;
import io.lakeport.localworkspace.engine.duck.DuckEngine;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who reads the invented history by SQL must come to the totals that are known. */
class AccountHistoryTest {
    /** The published way to price usage; a day's end keeps what the workspace itself does out of it. */
    private static final String PRICED = """
            SELECT %s, sum(u.usage_quantity) AS dbus,
              sum(u.usage_quantity * p.pricing.effective_list.default) AS cost
            FROM system.billing.usage u JOIN system.billing.list_prices p
              ON u.sku_name = p.sku_name AND u.cloud = p.cloud AND u.usage_unit = p.usage_unit
              AND u.usage_end_time >= p.price_start_time
              AND (p.price_end_time IS NULL OR u.usage_end_time < p.price_end_time)
            WHERE u.usage_end_time <= date'%s' %s GROUP BY 1""";

    private static LocalWorkspace workspace;
    private static RawClient raw;
    private static KnownTotals totals;

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(
                SimulatorSettings.inMemory(),
                WorkspaceOptions.defaults().withAccountHistory(HistorySettings.parse("months=3,seed=7")),
                DuckEngine::open);
        raw = new RawClient(workspace);
        totals = workspace.knownTotals().orElseThrow();
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private static JsonNode rows(String sql) {
        JsonNode answer = raw.run(sql, ",\"wait_timeout\":\"50s\"");
        assertThat(answer.path("status").path("state").asText())
                .as(answer.path("status").toString())
                .isEqualTo("SUCCEEDED");
        return answer.path("result").path("data_array");
    }

    private static Map<String, KnownTotals.Total> priced(String key, String condition) {
        Map<String, KnownTotals.Total> found = new TreeMap<>();
        for (JsonNode row : rows(PRICED.formatted(key, lastDay().plusDays(1), condition))) {
            found.put(
                    row.get(0).asText(),
                    plain(new KnownTotals.Total(
                            new BigDecimal(row.get(1).asText()),
                            new BigDecimal(row.get(2).asText()))));
        }
        return found;
    }

    private static LocalDate lastDay() {
        return totals.byDay().keySet().stream().reduce((a, b) -> b).orElseThrow();
    }

    private static KnownTotals.Total plain(KnownTotals.Total total) {
        return new KnownTotals.Total(
                total.dbus().stripTrailingZeros(), total.listCostUsd().stripTrailingZeros());
    }

    private static Map<String, KnownTotals.Total> plain(Map<?, KnownTotals.Total> known) {
        return known.entrySet().stream()
                .collect(Collectors.toMap(
                        e -> e.getKey().toString(), e -> plain(e.getValue()), (a, b) -> a, TreeMap::new));
    }

    @Test
    @Tag("DF-07")
    void usage_joinedWithPrices_comesToTheKnownTotals() {
        assertThat(priced("u.sku_name", "")).isEqualTo(plain(totals.bySku()));
        assertThat(priced("u.usage_date", "")).isEqualTo(plain(totals.byDay()));
        assertThat(priced("u.usage_metadata.job_id", "AND u.usage_metadata.job_id IS NOT NULL"))
                .isEqualTo(plain(totals.byJob()));
        assertThat(priced("'all'", "")).containsOnly(Map.entry("all", plain(totals.all())));
    }

    @Test
    void history_hasCorrectionsPriceChangesFailuresAndNodes() {
        assertThat(rows("SELECT record_type, count(*) > 10 FROM system.billing.usage GROUP BY 1 ORDER BY 1")
                        .toString())
                .isEqualTo("[[\"ORIGINAL\",\"true\"],[\"RESTATEMENT\",\"true\"],[\"RETRACTION\",\"true\"]]");
        assertThat(rows("SELECT count(*) FROM system.billing.list_prices WHERE price_end_time IS NOT NULL")
                        .toString())
                .isEqualTo("[[\"2\"]]");
        assertThat(rows("SELECT count(*) FROM system.lakeflow.job_run_timeline WHERE result_state = 'FAILED'")
                        .toString())
                .isEqualTo("[[\"" + totals.failedRuns() + "\"]]");
        assertThat(rows("SELECT count(*) > 1000, max(cpu_user_percent) <= 100 FROM system.compute.node_timeline")
                        .toString())
                .isEqualTo("[[\"true\",\"true\"]]");
        assertThat(rows("SELECT count(*) > 500 FROM system.query.history WHERE query_tags['tenant'] = 'north'")
                        .toString())
                .isEqualTo("[[\"true\"]]");
    }

    @Test
    void generate_sameSeed_isTheSame() {
        HistorySettings settings = new HistorySettings(1, 99);
        LocalDate day = LocalDate.of(2026, 3, 1);
        KnownTotals first = AccountHistory.generate(settings, day).totals();
        assertThat(AccountHistory.generate(settings, day).totals()).isEqualTo(first);
        assertThat(AccountHistory.generate(new HistorySettings(1, 98), day).totals())
                .isNotEqualTo(first);
        assertThatThrownBy(() -> HistorySettings.parse("years=2")).hasMessageContaining("months=6,seed=42");
    }
}
