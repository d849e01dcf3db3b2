package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.sql.type.SqlType;

/** Sizes in bytes, estimated from the widths of types: the workspace writes no files that could be measured. */
final class Sizes {
    private static final long FILE = 600;

    private Sizes() {}

    /** Returns about how many bytes a Delta file with that many of the table's rows has. */
    static long bytes(TableInfo table, long rows) {
        long width = table.columns().stream().mapToLong(c -> width(c.type())).sum();
        return rows == 0 ? 0 : FILE + rows * width;
    }

    private static long width(SqlType type) {
        return switch (type.kind()) {
            case BOOLEAN, BYTE, VOID -> 1;
            case SHORT -> 2;
            case INT, FLOAT, DATE, INTERVAL_YM -> 4;
            case LONG, DOUBLE, TIMESTAMP, TIMESTAMP_NTZ, INTERVAL_DT -> 8;
            case DECIMAL -> type.precision() > 18 ? 16 : 8;
            case STRING, BINARY, VARIANT -> 16;
            case ARRAY, MAP, STRUCT ->
                type.fields().stream().mapToLong(f -> width(f.type())).sum();
        };
    }
}
