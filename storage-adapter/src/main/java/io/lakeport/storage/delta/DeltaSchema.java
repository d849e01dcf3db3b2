package io.lakeport.storage.delta;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.Column;
import io.lakeport.core.sql.SqlType;
import java.util.List;

/**
 * Columns as Delta's schema has them. What Delta has no type for becomes what the Parquet files hold: VARIANT and
 * unknown types are text, intervals are whole numbers of months or microseconds.
 */
final class DeltaSchema {
    /** What Delta refuses in names without column mapping (Delta's {@code SchemaUtils}). */
    private static final String REFUSED = " ,;{}()\n\t=";

    private DeltaSchema() {}

    static StructType of(List<Column> columns) {
        return new StructType(columns.stream()
                .map(column -> field(column.name(), column.type()))
                .toList());
    }

    private static StructField field(String name, SqlType type) {
        if (name.isEmpty() || name.chars().anyMatch(c -> REFUSED.indexOf(c) >= 0)) {
            throw new LakeportException(
                    CoreError.NOT_SUPPORTED,
                    "column '" + name + "' has a blank or one of , ; { } ( ) = in its name, which a Delta table takes"
                            + " only with column mapping; give it an alias in a view");
        }
        return new StructField(name, type(type), true);
    }

    private static DataType type(SqlType type) {
        return switch (type.kind()) {
            case BOOLEAN -> BooleanType.BOOLEAN;
            case TINYINT -> ByteType.BYTE;
            case SMALLINT -> ShortType.SHORT;
            case INT, VOID, INTERVAL_YEAR_MONTH -> IntegerType.INTEGER;
            case BIGINT, INTERVAL_DAY_TIME -> LongType.LONG;
            case FLOAT -> FloatType.FLOAT;
            case DOUBLE -> DoubleType.DOUBLE;
            case DECIMAL -> new DecimalType(type.precision(), type.scale());
            case STRING, VARIANT, OTHER -> StringType.STRING;
            case BINARY -> BinaryType.BINARY;
            case DATE -> DateType.DATE;
            case TIMESTAMP -> TimestampType.TIMESTAMP;
            case TIMESTAMP_NTZ -> TimestampNTZType.TIMESTAMP_NTZ;
            case ARRAY -> new ArrayType(type(type.fields().get(0).type()), true);
            case MAP ->
                new MapType(
                        type(type.fields().get(0).type()),
                        type(type.fields().get(1).type()),
                        true);
            case STRUCT ->
                new StructType(type.fields().stream()
                        .map(part -> field(part.name(), part.type()))
                        .toList());
        };
    }

    /**
     * Returns the schema that a table needs to take rows of another: its own, with columns that it lacks at the end.
     *
     * @throws LakeportException CONFLICT when a column has another type, or one that may not be NULL is missing
     */
    static StructType merge(StructType table, StructType rows) {
        StructType merged = table;
        for (StructField field : rows.fields()) {
            StructField known = find(table, field.getName());
            if (known == null) {
                merged = merged.add(field);
            } else if (!alike(known.getDataType(), field.getDataType())) {
                throw unfit("column '" + field.getName() + "' is " + known.getDataType() + " in the table and "
                        + field.getDataType() + " in the export");
            }
        }
        for (StructField field : table.fields()) {
            if (!field.isNullable() && find(rows, field.getName()) == null) {
                throw unfit("column '" + field.getName() + "' of the table may not be NULL and is not exported");
            }
        }
        return merged;
    }

    static LakeportException unfit(String what) {
        return new LakeportException(
                CoreError.TARGET_NOT_EMPTY,
                "the Delta table at the target does not fit the export: " + what
                        + "; change the query, or export to another folder");
    }

    private static @org.jspecify.annotations.Nullable StructField find(StructType schema, String name) {
        return schema.fields().stream()
                .filter(field -> field.getName().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    /** Whether types are the same but for names' case and for what may be NULL. */
    private static boolean alike(DataType a, DataType b) {
        if (a instanceof ArrayType left && b instanceof ArrayType right) {
            return alike(left.getElementType(), right.getElementType());
        }
        if (a instanceof MapType left && b instanceof MapType right) {
            return alike(left.getKeyType(), right.getKeyType()) && alike(left.getValueType(), right.getValueType());
        }
        if (a instanceof StructType left && b instanceof StructType right) {
            return left.length() == right.length()
                    && java.util.stream.IntStream.range(0, left.length())
                            .allMatch(i -> left.at(i)
                                            .getName()
                                            .equalsIgnoreCase(right.at(i).getName())
                                    && alike(
                                            left.at(i).getDataType(),
                                            right.at(i).getDataType()));
        }
        return a.equals(b);
    }
}
