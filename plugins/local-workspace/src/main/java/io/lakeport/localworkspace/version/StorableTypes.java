package io.lakeport.localworkspace.version;

import io.lakeport.localworkspace.catalog.TableInfo.ColumnInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.List;

/** The types that a column of a Delta table may have: all but intervals, which have no place in Delta's files. */
final class StorableTypes {
    private StorableTypes() {}

    /**
     * Fails when a column cannot be stored.
     *
     * @throws EngineException DELTA_UNSUPPORTED_DATA_TYPES, SQLSTATE 0AKDC
     */
    static void require(List<ColumnInfo> columns) {
        List<String> wrong = columns.stream()
                .filter(c -> hasInterval(c.type()))
                .map(c -> c.name() + ": " + c.type().text())
                .toList();
        if (!wrong.isEmpty()) {
            throw SqlErrors.of(
                    "DELTA_UNSUPPORTED_DATA_TYPES",
                    "0AKDC",
                    "Found columns using unsupported data types: " + wrong
                            + ". Store the parts of an interval as numbers.");
        }
    }

    private static boolean hasInterval(SqlType type) {
        return type.kind().isInterval() || type.fields().stream().anyMatch(f -> hasInterval(f.type()));
    }
}
