package io.lakeport.localworkspace.lineage;

import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.statement.QueryRecord;
import io.lakeport.localworkspace.statement.StatementHistory;
import io.lakeport.localworkspace.system.PlainTable;
import io.lakeport.localworkspace.system.Row;
import io.lakeport.localworkspace.system.SystemTables;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * {@code system.access.table_lineage} and {@code column_lineage}, found in the statements of the history when somebody
 * asks for them. Thread-safe.
 */
public final class LineageTables {
    private static final String METASTORE_ID = UUID.nameUUIDFromBytes(
                    WorkspaceIdentity.ACCOUNT_ID.getBytes(StandardCharsets.UTF_8))
            .toString();
    /** Most statements touch no table, and need no parsing to know it. */
    private static final Pattern TOUCHES =
            Pattern.compile("\\b(from|into|join|using|table|update)\\b", Pattern.CASE_INSENSITIVE);

    private final Engine engine;
    private final StatementHistory history;
    private final Map<String, Lineage> known = new HashMap<>();

    /** Creates the tables of a history. */
    public LineageTables(Engine engine, StatementHistory history) {
        this.engine = engine;
        this.history = history;
    }

    /** Adds both tables. */
    public void addTo(SystemTables tables) {
        tables.add(PlainTable.recent("system.access.table_lineage", () -> rows(false)));
        tables.add(PlainTable.recent("system.access.column_lineage", () -> rows(true)));
    }

    private synchronized List<Row> rows(boolean ofColumns) {
        List<QueryRecord> records = history.newestFirst().stream()
                .filter(record -> record.status().equals("FINISHED"))
                .filter(record -> TOUCHES.matcher(record.sql()).find())
                .toList();
        Map<String, Lineage> current = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (QueryRecord record : records) {
            Lineage lineage = known.computeIfAbsent(record.statementId(), id -> read(record));
            current.put(record.statementId(), lineage);
            rows.addAll(ofColumns ? columnRows(record, lineage) : tableRows(record, lineage));
        }
        known.keySet().retainAll(current.keySet());
        return rows;
    }

    private Lineage read(QueryRecord record) {
        return LineageReader.read(
                record.sql(),
                record.namespace().catalog(),
                record.namespace().schema(),
                new EngineColumns(engine, record.user()));
    }

    private static List<Row> tableRows(QueryRecord record, Lineage lineage) {
        List<Row> rows = new ArrayList<>();
        lineage.sources().forEach(source -> rows.add(row(record, lineage, Optional.of(source), source)));
        if (rows.isEmpty() && lineage.target().isPresent()) {
            rows.add(row(record, lineage, Optional.empty(), ""));
        }
        return rows;
    }

    private static List<Row> columnRows(QueryRecord record, Lineage lineage) {
        return lineage.columns().stream()
                .map(link -> row(record, lineage, Optional.of(link.source()), link.toString())
                        .put("source_column_name", link.sourceColumn())
                        .put("target_column_name", link.targetColumn()))
                .toList();
    }

    private static Row row(QueryRecord record, Lineage lineage, Optional<String> source, String key) {
        Instant at = record.endedAt().orElse(record.startedAt());
        Row row = Row.ofWorkspace()
                .put("metastore_id", METASTORE_ID)
                .put("created_by", record.user())
                .put("event_time", at)
                .put("event_date", LocalDate.ofInstant(at, ZoneOffset.UTC))
                .put("record_id", uuid(record.statementId() + key))
                .put("event_id", uuid(record.statementId()))
                .put("statement_id", record.statementId())
                .put("entity_metadata", entity(record))
                .put("direct_access", true);
        record.origin()
                .task()
                .ifPresent(task -> row.put("entity_type", "JOB")
                        .put("entity_id", task.jobId())
                        .put("entity_run_id", task.runId()));
        source.ifPresent(name -> table(row, "source", name, "TABLE"));
        lineage.target().ifPresent(name -> table(row, "target", name, lineage.view() ? "VIEW" : "TABLE"));
        return row;
    }

    private static Map<String, Object> entity(QueryRecord record) {
        Map<String, Object> entity = new LinkedHashMap<>();
        record.origin().task().ifPresent(task -> {
            entity.put("job_info", Map.of("job_id", task.jobId(), "job_run_id", task.runId()));
            task.queryId().ifPresent(id -> entity.put("sql_query_id", id));
        });
        return entity;
    }

    private static void table(Row row, String side, String fullName, String type) {
        String[] parts = fullName.split("\\.", 3);
        row.put(side + "_table_full_name", fullName)
                .put(side + "_table_catalog", parts[0])
                .put(side + "_table_schema", parts[1])
                .put(side + "_table_name", parts[2])
                .put(side + "_type", type);
    }

    private static String uuid(String of) {
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
