package io.lakeport.localworkspace.sql;

import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Failures with the class, state and text that Databricks gives them (Spark's error conditions). */
public final class SqlErrors {
    private SqlErrors() {}

    /** Returns a failure whose message is {@code [class] text SQLSTATE: state}. */
    public static EngineException of(String errorClass, String sqlState, String text) {
        return new EngineException(
                errorClass, sqlState, "[" + errorClass + "] " + text + " SQLSTATE: " + sqlState, null);
    }

    /** The statement asks for something that this workspace does not do. */
    public static EngineException unsupported(String what) {
        return of(
                "UNSUPPORTED_FEATURE.LOCAL_WORKSPACE",
                "0A000",
                "The feature is not supported: the local workspace does not run " + what
                        + ". Run it on a Databricks workspace.");
    }

    /** No table or view of that name. */
    public static EngineException tableNotFound(List<String> name) {
        return of(
                "TABLE_OR_VIEW_NOT_FOUND",
                "42P01",
                "The table or view " + Identifiers.backticked(name) + " cannot be found. Verify the spelling and "
                        + "correctness of the schema and catalog.\nIf you did not qualify the name with a schema, "
                        + "verify the current_schema() output, or qualify the name with the correct schema and "
                        + "catalog.\nTo tolerate the error on drop use DROP VIEW IF EXISTS or DROP TABLE IF EXISTS.");
    }

    /** A table or view of that name exists already. */
    public static EngineException tableExists(List<String> name) {
        return of(
                "TABLE_OR_VIEW_ALREADY_EXISTS",
                "42P07",
                "Cannot create table or view " + Identifiers.backticked(name) + " because it already exists.\nChoose a "
                        + "different name, drop or replace the existing object, add the IF NOT EXISTS clause to "
                        + "tolerate pre-existing objects, or add the OR REFRESH clause to refresh the existing "
                        + "streaming table.");
    }

    /** No schema of that name. */
    public static EngineException schemaNotFound(List<String> name) {
        return of(
                "SCHEMA_NOT_FOUND",
                "42704",
                "The schema " + Identifiers.backticked(name) + " cannot be found. Verify the spelling and correctness "
                        + "of the schema and catalog.\nIf you did not qualify the name with a catalog, verify the "
                        + "current_schema() output, or qualify the name with the correct catalog.\nTo tolerate the "
                        + "error on drop use DROP SCHEMA IF EXISTS.");
    }

    /** No catalog of that name. */
    public static EngineException catalogNotFound(String name) {
        return of(
                "NO_SUCH_CATALOG_EXCEPTION",
                "42704",
                "Catalog '" + name
                        + "' was not found. Please verify the catalog name and then retry the query or command again.");
    }

    /** No column of that name; the suggestions are the nearest of the known names. */
    public static EngineException columnNotFound(List<String> name, Collection<String> known) {
        String quoted = Identifiers.backticked(name);
        if (known.isEmpty()) {
            return of(
                    "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION",
                    "42703",
                    "A column, variable, or function parameter with name " + quoted + " cannot be resolved.");
        }
        String last = name.get(name.size() - 1);
        String nearest = known.stream()
                .distinct()
                .sorted(Comparator.comparingInt(k -> distance(last, k)))
                .limit(5)
                .map(Identifiers::backticked)
                .collect(Collectors.joining(", ", "[", "]"));
        return of(
                "UNRESOLVED_COLUMN.WITH_SUGGESTION",
                "42703",
                "A column, variable, or function parameter with name " + quoted
                        + " cannot be resolved. Did you mean one of the following? " + nearest + ".");
    }

    /** The arguments of a function or operator are of the wrong types. */
    public static EngineException mismatch(String expression, String text) {
        return of(
                "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                "42K09",
                "Cannot resolve \"" + expression + "\" due to data type mismatch: " + text + ".");
    }

    private static int distance(String a, String b) {
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
