package io.lakeport.warehouse.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.sql.SqlType;
import org.apache.arrow.flatbuf.Binary;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Duration;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Interval;
import org.apache.arrow.flatbuf.IntervalUnit;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Null;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/** Writes the schema message of a stream. */
final class SchemaMessage {
    private static final String UTC = "Etc/UTC";

    private SchemaMessage() {}

    static byte[] of(ResultSchema schema) {
        FlatBufferBuilder out = new FlatBufferBuilder(1024);
        int[] fields = schema.columns().stream().mapToInt(c -> field(out, c)).toArray();
        int root = Schema.createSchema(out, Endianness.Little, Schema.createFieldsVector(out, fields), 0, 0);
        out.finish(Message.createMessage(out, MetadataVersion.V5, MessageHeader.Schema, root, 0, 0));
        return out.sizedByteArray();
    }

    private static int field(FlatBufferBuilder out, Column column) {
        int name = out.createString(column.name());
        int children = Field.createChildrenVector(out, new int[0]);
        int type = type(out, column.type());
        return Field.createField(out, name, true, number(column.type()), type, 0, children, 0);
    }

    private static byte number(SqlType type) {
        return switch (type.kind()) {
            case BOOLEAN -> Type.Bool;
            case TINYINT, SMALLINT, INT, BIGINT -> Type.Int;
            case FLOAT, DOUBLE -> Type.FloatingPoint;
            case DECIMAL -> Type.Decimal;
            case DATE -> Type.Date;
            case TIMESTAMP, TIMESTAMP_NTZ -> Type.Timestamp;
            case INTERVAL_YEAR_MONTH -> Type.Interval;
            case INTERVAL_DAY_TIME -> Type.Duration;
            case BINARY -> Type.Binary;
            case VOID -> Type.Null;
            case STRING, ARRAY, MAP, STRUCT, VARIANT, OTHER -> Type.Utf8;
        };
    }

    private static int type(FlatBufferBuilder out, SqlType type) {
        return switch (type.kind()) {
            case TINYINT -> Int.createInt(out, 8, true);
            case SMALLINT -> Int.createInt(out, 16, true);
            case INT -> Int.createInt(out, 32, true);
            case BIGINT -> Int.createInt(out, 64, true);
            case FLOAT -> FloatingPoint.createFloatingPoint(out, Precision.SINGLE);
            case DOUBLE -> FloatingPoint.createFloatingPoint(out, Precision.DOUBLE);
            case DECIMAL -> Decimal.createDecimal(out, type.precision(), type.scale(), 128);
            case DATE -> Date.createDate(out, DateUnit.DAY);
            case TIMESTAMP -> Timestamp.createTimestamp(out, TimeUnit.MICROSECOND, out.createString(UTC));
            case TIMESTAMP_NTZ -> Timestamp.createTimestamp(out, TimeUnit.MICROSECOND, 0);
            case INTERVAL_YEAR_MONTH -> Interval.createInterval(out, IntervalUnit.YEAR_MONTH);
            case INTERVAL_DAY_TIME -> Duration.createDuration(out, TimeUnit.MICROSECOND);
            default -> empty(out, type);
        };
    }

    private static int empty(FlatBufferBuilder out, SqlType type) {
        switch (type.kind()) {
            case BOOLEAN -> {
                Bool.startBool(out);
                return Bool.endBool(out);
            }
            case BINARY -> {
                Binary.startBinary(out);
                return Binary.endBinary(out);
            }
            case VOID -> {
                Null.startNull(out);
                return Null.endNull(out);
            }
            default -> {
                Utf8.startUtf8(out);
                return Utf8.endUtf8(out);
            }
        }
    }
}
