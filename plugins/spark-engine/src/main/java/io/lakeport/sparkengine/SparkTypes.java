package io.lakeport.sparkengine;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.IntervalUnit;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/** Spark's types as Databricks' ones. */
final class SparkTypes {
    private static final List<IntervalUnit> DAY_TIME =
            List.of(IntervalUnit.DAY, IntervalUnit.HOUR, IntervalUnit.MINUTE, IntervalUnit.SECOND);
    private static final List<IntervalUnit> YEAR_MONTH = List.of(IntervalUnit.YEAR, IntervalUnit.MONTH);

    private SparkTypes() {}

    static SqlType of(DataType type) {
        if (type instanceof DecimalType decimal) {
            return SqlType.decimal(decimal.precision(), decimal.scale());
        } else if (type instanceof StringType) {
            return SqlType.STRING;
        } else if (type instanceof ArrayType array) {
            return SqlType.array(of(array.elementType()));
        } else if (type instanceof MapType map) {
            return SqlType.map(of(map.keyType()), of(map.valueType()));
        } else if (type instanceof StructType struct) {
            List<SqlType.Field> fields = new ArrayList<>();
            for (StructField f : struct.fields()) {
                fields.add(new SqlType.Field(f.name(), of(f.dataType())));
            }
            return SqlType.struct(fields);
        } else if (type instanceof YearMonthIntervalType i) {
            return SqlType.interval(YEAR_MONTH.get(i.startField()), YEAR_MONTH.get(i.endField()));
        } else if (type instanceof DayTimeIntervalType i) {
            return SqlType.interval(DAY_TIME.get(i.startField()), DAY_TIME.get(i.endField()));
        }
        return simple(type);
    }

    private static SqlType simple(DataType type) {
        return switch (type.typeName()) {
            case "boolean" -> SqlType.BOOLEAN;
            case "byte", "tinyint" -> SqlType.BYTE;
            case "short", "smallint" -> SqlType.SHORT;
            case "integer", "int" -> SqlType.INT;
            case "long", "bigint" -> SqlType.LONG;
            case "float" -> SqlType.FLOAT;
            case "double" -> SqlType.DOUBLE;
            case "binary" -> SqlType.BINARY;
            case "date" -> SqlType.DATE;
            case "timestamp" -> SqlType.TIMESTAMP;
            case "timestamp_ntz" -> SqlType.TIMESTAMP_NTZ;
            case "variant" -> SqlType.VARIANT;
            case "void" -> SqlType.VOID;
            default -> throw SqlErrors.unsupported("results of the type " + type.sql());
        };
    }
}
