package io.lakeport.localworkspace.version;

import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.catalog.TableFacts;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.command.CommandContext;
import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The answers of DESCRIBE HISTORY and DESCRIBE DETAIL. */
public final class VersionViews {
    /** The runtime that the workspace answers like. */
    private static final String ENGINE = "Databricks-Runtime/17.3.x-photon-scala2.13";

    private static final SqlType TEXTS = SqlType.map(SqlType.STRING, SqlType.STRING);
    private static final List<String> JOB =
            List.of("jobId", "jobName", "jobRunId", "runId", "jobOwnerId", "triggerType");

    private final List<Query.Output> columns = new ArrayList<>();
    private final List<String> list = new ArrayList<>();

    private VersionViews() {}

    private void add(String name, SqlType type, String sql) {
        columns.add(new Query.Output(name, name, type, true));
        list.add("CAST(" + sql + " AS " + type.duck() + ") AS " + Identifiers.duck(name));
    }

    /** Returns the commits of a table, newest first. */
    public static Query history(TableInfo table, @Nullable Long limit, CommandContext context) {
        Timeline timeline = Timeline.of(table, context::rows);
        requireLog(table, timeline);
        VersionViews view = new VersionViews();
        view.add("version", SqlType.LONG, "version");
        view.add("timestamp", SqlType.TIMESTAMP, "committed_at");
        view.add("userId", SqlType.STRING, "CAST(hash(user_name) % 9007199254740992 AS VARCHAR)");
        view.add("userName", SqlType.STRING, "user_name");
        view.add("operation", SqlType.STRING, "operation");
        view.add("operationParameters", TEXTS, "parameters");
        view.add("job", struct(JOB), "NULL");
        view.add("notebook", struct(List.of("notebookId")), "NULL");
        view.add("clusterId", SqlType.STRING, "NULL");
        view.add("readVersion", SqlType.LONG, "read_version");
        view.add("isolationLevel", SqlType.STRING, "isolation");
        view.add("isBlindAppend", SqlType.BOOLEAN, "blind");
        view.add("operationMetrics", TEXTS, "metrics");
        view.add("userMetadata", SqlType.STRING, "NULL");
        view.add("engineInfo", SqlType.STRING, "'" + ENGINE + "'");
        String sql = "SELECT " + String.join(", ", view.list) + " FROM " + DuckNames.log(table.catalog(), "commits")
                + " WHERE table_id = " + Identifiers.literal(timeline.id()) + " ORDER BY version DESC"
                + (limit == null ? "" : " LIMIT " + limit);
        return new Query(sql, view.columns);
    }

    private static SqlType struct(List<String> names) {
        return SqlType.struct(
                names.stream().map(n -> new SqlType.Field(n, SqlType.STRING)).toList());
    }

    private static void requireLog(TableInfo table, Timeline timeline) {
        if (timeline.commits().isEmpty()) {
            throw SqlErrors.of(
                    "DELTA_MISSING_DELTA_TABLE",
                    "42P01",
                    Identifiers.backticked(table.fullName()) + " is not a Delta table.");
        }
    }

    /** Returns the one row of DESCRIBE DETAIL. */
    public static Query detail(TableInfo table, CommandContext context) {
        Timeline timeline = Timeline.of(table, context::rows);
        requireLog(table, timeline);
        String id = timeline.id();
        TableFacts facts = table.facts();
        String times =
                " FROM " + DuckNames.log(table.catalog(), "commits") + " WHERE table_id = " + Identifiers.literal(id);
        VersionViews view = new VersionViews();
        view.add("format", SqlType.STRING, "'delta'");
        view.add("id", SqlType.STRING, Identifiers.literal(id));
        view.add("name", SqlType.STRING, Identifiers.literal(String.join(".", table.fullName())));
        String comment = facts.comment();
        view.add("description", SqlType.STRING, comment == null ? "NULL" : Identifiers.literal(comment));
        view.add("location", SqlType.STRING, Identifiers.literal(location(table, id)));
        view.add("createdAt", SqlType.TIMESTAMP, "(SELECT min(committed_at)" + times + ")");
        view.add("lastModified", SqlType.TIMESTAMP, "(SELECT max(committed_at)" + times + ")");
        view.add("partitionColumns", SqlType.array(SqlType.STRING), array(facts.partitioning()));
        view.add("clusteringColumns", SqlType.array(SqlType.STRING), array(facts.clustering()));
        view.add("numFiles", SqlType.LONG, "(SELECT files" + times + " ORDER BY version DESC LIMIT 1)");
        view.add("sizeInBytes", SqlType.LONG, bytes(table));
        view.add("properties", TEXTS, VersionLog.map(properties(facts)));
        List<String> features = features(table);
        view.add("minReaderVersion", SqlType.INT, features.contains("columnMapping") ? "2" : "1");
        view.add("minWriterVersion", SqlType.INT, "7");
        view.add("tableFeatures", SqlType.array(SqlType.STRING), array(features));
        view.add("statistics", SqlType.map(SqlType.STRING, SqlType.LONG), "MAP {}");
        view.add("clusterByAuto", SqlType.BOOLEAN, "false");
        return new Query("SELECT " + String.join(", ", view.list), view.columns);
    }

    private static String bytes(TableInfo table) {
        long width = table.columns().stream()
                .mapToLong(c -> c.type().kind().isNested() ? 32 : 8)
                .sum();
        return "(SELECT count(*) * " + width + " FROM " + DuckNames.qualified(table.fullName()) + ")";
    }

    private static Map<String, String> properties(TableFacts facts) {
        Map<String, String> properties = new TreeMap<>(facts.properties());
        properties.keySet().removeIf(k -> k.startsWith("delta.feature."));
        return properties;
    }

    private static List<String> features(TableInfo table) {
        Map<String, String> properties = table.facts().properties();
        List<String> features = new ArrayList<>(List.of("appendOnly", "invariants"));
        if ("true".equalsIgnoreCase(properties.get("delta.enableChangeDataFeed"))) {
            features.add("changeDataFeed");
        }
        if (properties.keySet().stream().anyMatch(k -> k.startsWith("delta.constraints."))) {
            features.add("checkConstraints");
        }
        if (table.columns().stream().anyMatch(c -> c.rule().generated() != null)) {
            features.add("generatedColumns");
        }
        if (table.columns().stream().anyMatch(c -> c.rule().identity() != null)) {
            features.add("identityColumns");
        }
        if (properties.containsKey("delta.columnMapping.mode")) {
            features.add("columnMapping");
        }
        properties.keySet().stream()
                .filter(k -> k.startsWith("delta.feature."))
                .map(k -> k.substring("delta.feature.".length()))
                .forEach(features::add);
        return features.stream().distinct().sorted().toList();
    }

    /** Returns where Unity Catalog would keep the table. */
    public static String location(TableInfo table, String id) {
        return "s3://lakeport-local/__unitystorage/catalogs/" + table.catalog() + "/tables/" + id;
    }

    private static String array(List<String> values) {
        return values.stream().map(Identifiers::literal).collect(Collectors.joining(", ", "[", "]"));
    }
}
