package io.lakeport.storage.parquet;

import io.lakeport.core.arrow.ArrowField;
import io.lakeport.core.arrow.ArrowType;
import io.lakeport.core.arrow.ArrowType.Kind;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.sql.SqlType;
import java.util.List;
import java.util.Map;

/** The Arrow form in which Databricks sends each type, for a result that has no chunk to tell it. */
public final class ArrowFields {
    private ArrowFields() {}

    /** Returns one field for each column. */
    public static List<ArrowField> of(ResultSchema schema) {
        return schema.columns().stream()
                .map(column -> field(column.name(), column.type()))
                .toList();
    }

    private static ArrowField field(String name, SqlType type) {
        List<ArrowField> parts = type.fields().stream()
                .map(part -> field(part.name(), part.type()))
                .toList();
        List<ArrowField> children = type.kind() == SqlType.Kind.MAP
                ? List.of(new ArrowField("entries", false, physical(SqlType.Kind.STRUCT), parts, Map.of()))
                : parts;
        ArrowType physical = type.kind() == SqlType.Kind.DECIMAL
                ? new ArrowType(Kind.DECIMAL128, 16, type.precision(), type.scale(), "")
                : physical(type.kind());
        return new ArrowField(name, true, physical, children, Map.of());
    }

    private static ArrowType physical(SqlType.Kind kind) {
        return switch (kind) {
            case BOOLEAN -> type(Kind.BOOL, 0);
            case TINYINT -> type(Kind.INT8, 1);
            case SMALLINT -> type(Kind.INT16, 2);
            case INT -> type(Kind.INT32, 4);
            case BIGINT -> type(Kind.INT64, 8);
            case FLOAT -> type(Kind.FLOAT32, 4);
            case DOUBLE -> type(Kind.FLOAT64, 8);
            case BINARY -> type(Kind.BINARY, 0);
            case DATE -> type(Kind.DATE_DAY, 4);
            case TIMESTAMP -> new ArrowType(Kind.TIMESTAMP_MICRO, 8, 0, 0, "Etc/UTC");
            case TIMESTAMP_NTZ -> type(Kind.TIMESTAMP_MICRO, 8);
            case INTERVAL_YEAR_MONTH -> type(Kind.INTERVAL_MONTHS, 4);
            case INTERVAL_DAY_TIME -> type(Kind.DURATION_MICRO, 8);
            case ARRAY -> type(Kind.LIST, 0);
            case MAP -> type(Kind.MAP, 0);
            case STRUCT -> type(Kind.STRUCT, 0);
            case VOID -> type(Kind.NULL, 0);
            case DECIMAL, STRING, VARIANT, OTHER -> type(Kind.UTF8, 0);
        };
    }

    private static ArrowType type(Kind kind, int width) {
        return new ArrowType(kind, width, 0, 0, "");
    }

    /** Parquet has no group without fields. */
    static void requireNoEmptyStruct(List<ArrowField> fields) {
        for (ArrowField field : fields) {
            if (field.type().kind() == Kind.STRUCT && field.children().isEmpty()) {
                throw new LakeportException(
                        CoreError.NOT_SUPPORTED,
                        "column '" + field.name()
                                + "' is a STRUCT without fields, which Parquet cannot hold; leave it out");
            }
            requireNoEmptyStruct(field.children());
        }
    }
}
