package io.lakeport.core.export.source;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.request.Increment;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportWindow;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.SqlType;
import io.lakeport.core.time.Deadline;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the next window of an incremental export.
 *
 * <p>The upper bound of a timestamp is the workspace's own clock, less the settle time: rows stamped later fall into
 * the next window, ties included. For a number or a date it is one above the greatest value there is; a row that
 * later arrives with a value already exported is not seen again, so such a column must only grow.
 */
final class WindowPlanner {
    private final SmallResult results;
    private final ExportRequest request;

    WindowPlanner(ExportPorts ports, ExportRequest request) {
        this.results = new SmallResult(ports);
        this.request = request;
    }

    /** Returns the window after the newest run; empty when the source holds nothing beyond it. */
    Optional<ExportWindow> next(ResultSchema schema, Optional<ExportManifest> newest, Deadline deadline) {
        Column column = watermarkColumn(schema);
        checkNoNulls(column, deadline);
        Optional<String> low = newest.flatMap(ExportManifest::window).map(ExportWindow::high);
        Optional<String> high = upperBound(column, deadline);
        return high.filter(bound -> !low.equals(Optional.of(bound)))
                .map(bound -> new ExportWindow(column.name(), column.type(), low, bound));
    }

    private Increment increment() {
        return request.increment().orElseThrow();
    }

    private Column watermarkColumn(ResultSchema schema) {
        String name = increment().watermark().orElseThrow();
        Column column = schema.columns().stream()
                .filter(candidate -> candidate.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> unusable(
                        name,
                        "there is no such column; the table has "
                                + schema.columns().stream().map(Column::name).toList()));
        if (boundExpression(column) == null) {
            throw unusable(
                    name,
                    "its type " + column.type()
                            + " does not order rows; use a timestamp, date or integer that is set whenever a row changes");
        }
        return column;
    }

    private void checkNoNulls(Column column, Deadline deadline) {
        String sql = "SELECT count(*) FROM " + request.source().quoted() + " WHERE "
                + Identifier.of(column.name()).quoted() + " IS NULL";
        long nulls = results.single(sql, deadline, cursor -> cursor.getLong(0)).orElse(0L);
        if (nulls > 0) {
            throw unusable(
                    column.name(),
                    nulls + " rows have NULL in it and would never be exported; "
                            + "fill it (for example with current_timestamp() whenever a row is written) or export in full");
        }
    }

    private Optional<String> upperBound(Column column, Deadline deadline) {
        String expression = Objects.requireNonNull(boundExpression(column));
        return switch (column.type().kind()) {
            case TIMESTAMP ->
                results.single(
                        "SELECT " + expression,
                        deadline,
                        cursor -> Objects.requireNonNull(cursor.getTimestamp(0))
                                .minus(increment().settle())
                                .toString());
            case TIMESTAMP_NTZ ->
                results.single(
                        "SELECT " + expression,
                        deadline,
                        cursor -> Objects.requireNonNull(cursor.getTimestampNtz(0))
                                .minus(increment().settle())
                                .toString());
            default ->
                results.single(
                        "SELECT CAST(" + expression + " AS STRING) FROM "
                                + request.source().quoted(),
                        deadline,
                        cursor -> cursor.getString(0));
        };
    }

    private static @Nullable String boundExpression(Column column) {
        String quoted = Identifier.of(column.name()).quoted();
        return switch (column.type().kind()) {
            case TIMESTAMP -> "current_timestamp()";
            case TIMESTAMP_NTZ -> "CAST(current_timestamp() AS TIMESTAMP_NTZ)";
            case DATE -> "date_add(max(" + quoted + "), 1)";
            case TINYINT, SMALLINT, INT, BIGINT -> "max(CAST(" + quoted + " AS BIGINT)) + 1";
            case DECIMAL -> column.type().scale() == 0 ? "max(" + quoted + ") + 1" : null;
            default -> null;
        };
    }

    private LakeportException unusable(String column, String why) {
        return new LakeportException(
                CoreError.WATERMARK_UNUSABLE,
                "watermark column '" + column + "' of " + request.source() + " cannot be used: " + why);
    }

    /** Returns whether a type can bound a window. */
    static boolean canBound(SqlType type) {
        return boundExpression(new Column("c", type)) != null;
    }
}
