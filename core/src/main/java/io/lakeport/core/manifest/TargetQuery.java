package io.lakeport.core.manifest;

import io.lakeport.core.query.Column;
import io.lakeport.core.sql.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The statement that reads the current rows of a target from its Parquet files: of a merging export the newest row of
 * each key, without those that were deleted. It names each live file with the columns that its run wrote, so that
 * columns which were added, dropped or widened between runs need no option of the reader.
 *
 * <p>Every row of a later run hides an earlier run's row of the same key, whatever their watermarks say: a run reads a
 * row as its version of the table holds it. NULL in a key counts as a value. Immutable and thread-safe.
 */
public final class TargetQuery {
    /** Whose SQL the statement is written in. */
    public enum Dialect {
        DUCKDB,
        /** Spark 3.4 and later, and Databricks. */
        SPARK
    }

    private static final String RUN = "lakeport_run";
    private static final String RANK = "lakeport_rank";
    private static final String HIVE_NULL = "__HIVE_DEFAULT_PARTITION__";

    private final List<ExportManifest> manifests;
    private final String root;
    private final Dialect dialect;

    private TargetQuery(List<ExportManifest> manifests, String root, Dialect dialect) {
        this.manifests = List.copyOf(manifests);
        this.root = root.endsWith("/") ? root : root + "/";
        this.dialect = dialect;
    }

    /**
     * Returns the statement.
     *
     * @param manifests every manifest of the target, oldest first; at least one
     * @param root the target as the reader names it: a URI, or a local directory
     * @throws IllegalArgumentException when there is no manifest, or the files are not Parquet
     */
    public static String sql(List<ExportManifest> manifests, String root, Dialect dialect) {
        if (manifests.isEmpty()) {
            throw new IllegalArgumentException("'" + root + "' holds no finished export to read");
        }
        ExportManifest newest = manifests.get(manifests.size() - 1);
        if (!newest.format().equals("parquet")) {
            throw new IllegalArgumentException("the files at '" + root + "' are " + newest.format()
                    + ", and only parquet is read by this statement");
        }
        return new TargetQuery(manifests, root, dialect).text(newest);
    }

    private String text(ExportManifest newest) {
        if (newest.keys().isEmpty()) {
            return "SELECT " + names(newest.columns()) + " FROM (" + files(newest.columns()) + ") AS runs";
        }
        String keys = newest.keys().stream().map(this::quoted).collect(Collectors.joining(", "));
        List<Column> columns = ChangeColumns.without(newest.columns());
        boolean tombstones = ChangeColumns.in(newest.columns());
        String type = quoted(ChangeColumns.TYPE);
        return "SELECT " + names(columns) + " FROM (SELECT *, row_number() OVER (PARTITION BY " + keys + " ORDER BY "
                + RUN + " DESC) AS " + RANK + " FROM (" + files(newest.columns()) + ") AS runs) AS ranked WHERE " + RANK
                + " = 1"
                + (tombstones ? " AND (" + type + " IS NULL OR " + type + " <> '" + ChangeColumns.DELETE + "')" : "");
    }

    private String names(List<Column> columns) {
        return columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
    }

    private String files(List<Column> columns) {
        Map<Long, ExportManifest> bySequence = new LinkedHashMap<>();
        manifests.forEach(manifest -> bySequence.put(manifest.sequence(), manifest));
        Map<Group, List<String>> groups = new LinkedHashMap<>();
        for (TargetState.LiveFile live : TargetState.after(manifests).files()) {
            String key = live.file().object().key().value();
            String folder = key.substring(0, key.lastIndexOf('/') + 1);
            groups.computeIfAbsent(
                            new Group(live.sequence(), live.file().partition(), folder), group -> new ArrayList<>())
                    .add(key.substring(folder.length()));
        }
        if (groups.isEmpty()) {
            return "SELECT " + select(columns, List.of(), Map.of()) + ", 0 AS " + RUN + " WHERE 1 = 0";
        }
        return groups.entrySet().stream()
                .map(group -> "SELECT "
                        + select(
                                columns,
                                Objects.requireNonNull(bySequence.get(group.getKey().sequence()))
                                        .columns(),
                                group.getKey().partition())
                        + ", " + group.getKey().sequence() + " AS " + RUN + " FROM "
                        + relation(group.getKey().folder(), group.getValue()))
                .collect(Collectors.joining(" UNION ALL "));
    }

    /** Files of one run that lie together. */
    private record Group(long sequence, Map<String, String> partition, String folder) {}

    private String select(List<Column> wanted, List<Column> written, Map<String, String> partition) {
        return wanted.stream()
                .map(column -> value(column, written, partition) + " AS " + quoted(column.name()))
                .collect(Collectors.joining(", "));
    }

    private String value(Column column, List<Column> written, Map<String, String> partition) {
        Optional<String> directory = partition.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(column.name()))
                .map(Map.Entry::getValue)
                .findFirst();
        if (directory.isPresent()) {
            return directory.get().equals(HIVE_NULL) ? nothing(column) : literal(column, directory.get());
        }
        Optional<Column> there = written.stream()
                .filter(other -> other.name().equalsIgnoreCase(column.name()))
                .findFirst();
        if (there.isEmpty()) {
            return nothing(column);
        }
        String name = quoted(there.get().name());
        return there.get().type().equals(column.type()) ? name : "CAST(" + name + " AS " + type(column.type()) + ")";
    }

    private String nothing(Column column) {
        return column.type().isNested() ? "NULL" : "CAST(NULL AS " + type(column.type()) + ")";
    }

    /** Directories spell a timestamp in UTC without saying so. */
    private String literal(Column column, String text) {
        String zoned = column.type().kind() == SqlType.Kind.TIMESTAMP ? text + "+00:00" : text;
        return "CAST(" + quotedText(zoned) + " AS " + type(column.type()) + ")";
    }

    private String type(SqlType type) {
        if (dialect == Dialect.SPARK) {
            return type.toString();
        }
        return switch (type.kind()) {
            case TIMESTAMP -> "TIMESTAMP WITH TIME ZONE";
            case TIMESTAMP_NTZ -> "TIMESTAMP";
            case BINARY -> "BLOB";
            case STRING, VARIANT, OTHER, VOID -> "VARCHAR";
            case DECIMAL -> type.toString();
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> "INTERVAL";
            default -> type.kind().name().toUpperCase(Locale.ROOT);
        };
    }

    private String relation(String folder, List<String> files) {
        if (dialect == Dialect.DUCKDB) {
            return files.stream()
                    .map(file -> quotedText(root + folder + file))
                    .collect(Collectors.joining(", ", "read_parquet([", "], hive_partitioning = false)"));
        }
        String glob = files.size() == 1 ? files.get(0) : files.stream().collect(Collectors.joining(",", "{", "}"));
        return "parquet." + quoted(root + folder + glob);
    }

    private String quoted(String name) {
        return dialect == Dialect.DUCKDB
                ? "\"" + name.replace("\"", "\"\"") + "\""
                : "`" + name.replace("`", "``") + "`";
    }

    private String quotedText(String text) {
        return dialect == Dialect.DUCKDB
                ? "'" + text.replace("'", "''") + "'"
                : "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
