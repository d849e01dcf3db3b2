package io.lakeport.storage.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.lakeport.core.arrow.ArrowType;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Duration;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Interval;
import org.apache.arrow.flatbuf.IntervalUnit;
import org.apache.arrow.flatbuf.Map;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;

/** Writes a type as Arrow's {@code Schema.fbs} has it. */
final class IpcType {
    private static final int DECIMAL_BITS = 128;

    private IpcType() {}

    static byte number(ArrowType type) {
        return switch (type.kind()) {
            case NULL -> Type.Null;
            case BOOL -> Type.Bool;
            case INT8, INT16, INT32, INT64 -> Type.Int;
            case FLOAT32, FLOAT64 -> Type.FloatingPoint;
            case DECIMAL128 -> Type.Decimal;
            case DATE_DAY -> Type.Date;
            case TIMESTAMP_SECOND, TIMESTAMP_MILLI, TIMESTAMP_MICRO, TIMESTAMP_NANO -> Type.Timestamp;
            case INTERVAL_MONTHS, INTERVAL_DAY_MILLIS -> Type.Interval;
            case DURATION_SECOND, DURATION_MILLI, DURATION_MICRO, DURATION_NANO -> Type.Duration;
            case FIXED_BINARY -> Type.FixedSizeBinary;
            case BINARY -> Type.Binary;
            case UTF8 -> Type.Utf8;
            case LARGE_BINARY -> Type.LargeBinary;
            case LARGE_UTF8 -> Type.LargeUtf8;
            case LIST -> Type.List;
            case LARGE_LIST -> Type.LargeList;
            case MAP -> Type.Map;
            case STRUCT -> Type.Struct_;
        };
    }

    static int write(FlatBufferBuilder out, ArrowType type) {
        return switch (type.kind()) {
            case INT8, INT16, INT32, INT64 -> Int.createInt(out, type.width() * Byte.SIZE, true);
            case FLOAT32 -> FloatingPoint.createFloatingPoint(out, Precision.SINGLE);
            case FLOAT64 -> FloatingPoint.createFloatingPoint(out, Precision.DOUBLE);
            case DECIMAL128 -> Decimal.createDecimal(out, type.precision(), type.scale(), DECIMAL_BITS);
            case DATE_DAY -> Date.createDate(out, DateUnit.DAY);
            case TIMESTAMP_SECOND, TIMESTAMP_MILLI, TIMESTAMP_MICRO, TIMESTAMP_NANO -> timestamp(out, type);
            case INTERVAL_MONTHS -> Interval.createInterval(out, IntervalUnit.YEAR_MONTH);
            case INTERVAL_DAY_MILLIS -> Interval.createInterval(out, IntervalUnit.DAY_TIME);
            case DURATION_SECOND, DURATION_MILLI, DURATION_MICRO, DURATION_NANO ->
                Duration.createDuration(out, unit(type.kind()));
            case FIXED_BINARY -> FixedSizeBinary.createFixedSizeBinary(out, type.width());
            case MAP -> Map.createMap(out, false);
            case NULL, BOOL, BINARY, UTF8, LARGE_BINARY, LARGE_UTF8, LIST, LARGE_LIST, STRUCT -> withoutFields(out);
        };
    }

    private static int timestamp(FlatBufferBuilder out, ArrowType type) {
        int zone = type.zone().isEmpty() ? 0 : out.createString(type.zone());
        return Timestamp.createTimestamp(out, unit(type.kind()), zone);
    }

    private static short unit(ArrowType.Kind kind) {
        return switch (kind) {
            case TIMESTAMP_SECOND, DURATION_SECOND -> TimeUnit.SECOND;
            case TIMESTAMP_MILLI, DURATION_MILLI -> TimeUnit.MILLISECOND;
            case TIMESTAMP_NANO, DURATION_NANO -> TimeUnit.NANOSECOND;
            default -> TimeUnit.MICROSECOND;
        };
    }

    /** The tables of all types that have no parameter are alike. */
    private static int withoutFields(FlatBufferBuilder out) {
        Bool.startBool(out);
        return Bool.endBool(out);
    }
}
