package io.lakeport.audit.systemtables;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.audit.Tenants;
import io.lakeport.core.audit.HistoryEntry;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseCapability;
import io.lakeport.core.sql.SqlParameter;
import io.lakeport.core.sql.SqlType;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SystemTableAuditSourceTest {
    private static final Instant SINCE = Instant.parse("2026-11-21T10:00:00Z");
    private static final List<String> COLUMNS = List.of(
            "statement_id",
            "execution_status",
            "executed_by",
            "warehouse_id",
            "client_application",
            "statement_type",
            "start_time",
            "end_time",
            "total_duration_ms",
            "produced_rows",
            "query_tags");

    private final List<StatementRequest> ran = new ArrayList<>();
    private final List<Object[]> rows = new ArrayList<>();

    @Test
    @Tag("AK-27")
    void find_rowsWithAndWithoutNulls_becomeEntries() {
        Instant start = SINCE.plusSeconds(5);
        rows.add(new Object[] {
            "s-1",
            "FINISHED",
            "sp",
            "w1",
            "Acme_Widget/1",
            "SELECT",
            start,
            start.plusSeconds(2),
            2_000L,
            7L,
            "{\"lakeport_tag\":\"abc\"}"
        });
        rows.add(new Object[] {"s-2", "RUNNING", null, null, null, null, start, null, 50L, null, null});
        rows.add(new Object[] {"s-3", "FAILED", "sp", "w1", null, null, start, start, 1L, 0L, "<REDACTED>"});
        rows.add(new Object[] {
            "s-4", "FINISHED", "sp", "w1", null, null, start, start, 1L, 0L, Map.of("lakeport_tag", "native")
        });

        List<HistoryEntry> found = source().find(Set.of("s-1", "s-2", "s-3"), SINCE, Tenants.soon());

        assertThat(found.get(0))
                .isEqualTo(new HistoryEntry(
                        "s-1",
                        "FINISHED",
                        "sp",
                        Optional.of("w1"),
                        Optional.of("Acme_Widget/1"),
                        Optional.of("SELECT"),
                        start,
                        Optional.of(Duration.ofSeconds(2)),
                        OptionalLong.of(7),
                        Map.of("lakeport_tag", "abc")));
        assertThat(found.get(1).duration()).as("it still runs").isEmpty();
        assertThat(found.get(1).rows()).isEmpty();
        assertThat(found.get(2).tags()).isEmpty();
        assertThat(found.get(3).tags()).containsEntry("lakeport_tag", "native");
    }

    @Test
    void find_idsAndTime_areBoundNeverSpliced() {
        String hostile = "x') OR ('1'='1";
        source().find(Set.of(hostile), SINCE, Tenants.soon());

        StatementRequest request = ran.get(0);
        assertThat(request.sql()).doesNotContain(hostile).contains("IN (:id0)").contains(">= :since");
        assertThat(request.parameters())
                .containsExactly(SqlParameter.of("since", SINCE), SqlParameter.of("id0", hostile));
        assertThat(request.purpose()).isEqualTo(Purpose.DIAGNOSTICS);
    }

    @Test
    void find_manyIds_staysBelowTheParameterLimit() {
        source().find(
                        IntStream.range(0, 1_000).mapToObj(i -> "s" + i).collect(Collectors.toSet()),
                        SINCE,
                        Tenants.soon());

        assertThat(ran).hasSize(5).allMatch(request -> request.parameters().size() <= 256);
    }

    private SystemTableAuditSource source() {
        Warehouse warehouse = new Warehouse() {
            @Override
            public ResultStream execute(StatementRequest request) {
                ran.add(request);
                return proxy(ResultStream.class, (name, argument) -> null);
            }

            @Override
            public Set<WarehouseCapability> capabilities() {
                return Set.of();
            }

            @Override
            public void close() {}
        };
        return new SystemTableAuditSource(warehouse, stream -> cursor());
    }

    private RowCursor cursor() {
        ResultSchema schema = new ResultSchema(COLUMNS.stream()
                .map(name -> new Column(name, SqlType.of(SqlType.Kind.STRING)))
                .toList());
        int[] at = {-1};
        return proxy(RowCursor.class, (name, argument) -> switch (name) {
            case "schema" -> schema;
            case "next" -> ++at[0] < rows.size();
            case "isNull" -> rows.get(at[0])[(int) argument] == null;
            case "close" -> null;
            default -> rows.get(at[0])[(int) argument];
        });
    }

    private interface Answer {
        Object to(String method, Object argument);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, args) -> answer.to(
                        method.getName(),
                        args == null ? null : Arrays.asList(args).get(0))));
    }
}
