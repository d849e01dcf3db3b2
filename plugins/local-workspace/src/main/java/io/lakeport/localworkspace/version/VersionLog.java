package io.lakeport.localworkspace.version;

import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The log of commits: two tables in the DuckDB database of each catalog, so that a commit and what it changes become
 * visible, and durable, together.
 */
final class VersionLog {
    /** Runs a query and returns its rows as text. */
    interface Rows extends Function<String, List<List<@Nullable String>>> {}

    private VersionLog() {}

    static List<String> definitions(String catalog) {
        return List.of(
                "CREATE SCHEMA IF NOT EXISTS " + DuckNames.log(catalog, "x").replaceAll("\\.x$", ""),
                "CREATE TABLE IF NOT EXISTS " + DuckNames.log(catalog, "tables")
                        + " (id VARCHAR, schema_name VARCHAR, table_name VARCHAR, created_at TIMESTAMPTZ,"
                        + " dropped_at TIMESTAMPTZ)",
                "CREATE TABLE IF NOT EXISTS " + DuckNames.log(catalog, "commits")
                        + " (table_id VARCHAR, version BIGINT, committed_at TIMESTAMPTZ, user_name VARCHAR,"
                        + " operation VARCHAR, parameters MAP(VARCHAR, VARCHAR), metrics MAP(VARCHAR, VARCHAR),"
                        + " read_version BIGINT, isolation VARCHAR, blind BOOLEAN, generation BIGINT,"
                        + " definition_version BIGINT, definition VARCHAR, files BIGINT, replaced BOOLEAN)",
                "CREATE TABLE IF NOT EXISTS " + DuckNames.log(catalog, "counters")
                        + " (table_id VARCHAR, column_name VARCHAR, next_value BIGINT)",
                "CREATE TABLE IF NOT EXISTS " + DuckNames.log(catalog, "functions")
                        + " (schema_name VARCHAR, function_name VARCHAR, definition VARCHAR)");
    }

    /** Returns where a table's history stands. */
    static TableState.Head head(List<String> name, Rows rows) {
        List<List<@Nullable String>> found =
                rows.apply("SELECT t.id, c.version, epoch_ms(c.committed_at), c.generation,"
                        + " c.definition_version, c.files FROM " + DuckNames.log(name.get(0), "tables") + " AS t JOIN "
                        + DuckNames.log(name.get(0), "commits") + " AS c ON c.table_id = t.id WHERE "
                        + current("t", name)
                        + " ORDER BY c.version DESC LIMIT 1");
        if (found.isEmpty()) {
            return TableState.UNTRACKED;
        }
        List<@Nullable String> row = found.get(0);
        String id = String.valueOf(row.get(0));
        long generation = number(row, 3);
        boolean removed = exists(name, HiddenNames.removed(id, generation), rows);
        return new TableState.Head(
                id,
                number(row, 1),
                Instant.ofEpochMilli(number(row, 2)),
                generation,
                number(row, 4),
                number(row, 5),
                removed);
    }

    static boolean exists(List<String> beside, String table, Rows rows) {
        return !rows.apply("SELECT 1 FROM duckdb_tables() WHERE " + DuckNames.in(beside.get(0), beside.get(1))
                        + " AND table_name = " + Identifiers.literal(table))
                .isEmpty();
    }

    static String current(String alias, List<String> name) {
        return alias + ".schema_name = " + Identifiers.literal(name.get(1)) + " AND " + alias + ".table_name = "
                + Identifiers.literal(name.get(2)) + " AND " + alias + ".dropped_at IS NULL";
    }

    static long number(List<@Nullable String> row, int at) {
        return Long.parseLong(String.valueOf(row.get(at)));
    }

    /** Returns all commits of a table, oldest first. */
    static List<Commit> commits(String catalog, String id, Rows rows) {
        return rows
                .apply("SELECT version, epoch_ms(committed_at), generation, definition_version, replaced FROM "
                        + DuckNames.log(catalog, "commits") + " WHERE table_id = " + Identifiers.literal(id)
                        + " ORDER BY version")
                .stream()
                .map(r -> new Commit(
                        number(r, 0),
                        Instant.ofEpochMilli(number(r, 1)),
                        number(r, 2),
                        number(r, 3),
                        "true".equals(r.get(4))))
                .toList();
    }

    /** Returns the definition that a commit wrote, as JSON. */
    static String definition(String catalog, String id, long version, Rows rows) {
        return String.valueOf(rows.apply("SELECT definition FROM " + DuckNames.log(catalog, "commits")
                        + " WHERE table_id = " + Identifiers.literal(id) + " AND version = " + version)
                .get(0)
                .get(0));
    }

    static String insertTable(List<String> name, String id, Instant at) {
        return "INSERT INTO " + DuckNames.log(name.get(0), "tables") + " VALUES (" + Identifiers.literal(id) + ", "
                + Identifiers.literal(name.get(1)) + ", " + Identifiers.literal(name.get(2)) + ", " + time(at)
                + ", NULL)";
    }

    static String time(Instant at) {
        return "make_timestamptz(" + at.toEpochMilli() * 1000 + ")";
    }

    static String map(Map<String, String> map) {
        return map.entrySet().stream()
                .map(e -> Identifiers.literal(e.getKey()) + ": " + Identifiers.literal(e.getValue()))
                .collect(Collectors.joining(", ", "MAP {", "}"));
    }
}
