package io.lakeport.localworkspace.engine;

import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** The Arrow fields that Databricks sends for its types. */
public final class ArrowFields {
    private final String zone;

    /**
     * Returns the fields for a session.
     *
     * @param zone its time zone, which Databricks writes into every TIMESTAMP
     */
    public ArrowFields(String zone) {
        this.zone = zone;
    }

    /** Returns the field of a column, or of a part of one. */
    public Field of(String name, SqlType type, boolean nullable) {
        return new Field(name, new FieldType(nullable, type(type), null), children(type));
    }

    private List<Field> children(SqlType type) {
        return switch (type.kind()) {
            case ARRAY -> List.of(of("element", type.element(), true));
            case MAP -> {
                List<Field> entry = List.of(of("key", type.key(), false), of("value", type.value(), true));
                yield List.of(new Field("entries", new FieldType(false, ArrowType.Struct.INSTANCE, null), entry));
            }
            case STRUCT -> {
                List<Field> fields = new ArrayList<>();
                type.fields().forEach(f -> fields.add(of(f.name(), f.type(), true)));
                yield fields;
            }
            default -> List.of();
        };
    }

    private ArrowType type(SqlType type) {
        return switch (type.kind()) {
            case BOOLEAN -> ArrowType.Bool.INSTANCE;
            case BYTE -> new ArrowType.Int(8, true);
            case SHORT -> new ArrowType.Int(16, true);
            case INT -> new ArrowType.Int(32, true);
            case LONG -> new ArrowType.Int(64, true);
            case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case DECIMAL -> new ArrowType.Decimal(type.precision(), type.scale(), 128);
            case STRING, VARIANT -> ArrowType.Utf8.INSTANCE;
            case BINARY -> ArrowType.Binary.INSTANCE;
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, zone);
            case TIMESTAMP_NTZ -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case INTERVAL_YM -> new ArrowType.Interval(IntervalUnit.YEAR_MONTH);
            case INTERVAL_DT -> new ArrowType.Duration(TimeUnit.MICROSECOND);
            case ARRAY -> ArrowType.List.INSTANCE;
            case MAP -> new ArrowType.Map(false);
            case STRUCT -> ArrowType.Struct.INSTANCE;
            case VOID -> ArrowType.Null.INSTANCE;
        };
    }
}
