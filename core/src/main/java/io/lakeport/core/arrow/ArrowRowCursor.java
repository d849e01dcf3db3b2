package io.lakeport.core.arrow;

import io.lakeport.core.arrow.ArrowType.Kind;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a result, read in place from its chunks; one chunk is held at a time. An ARRAY, MAP or STRUCT that a source
 * delivers as JSON text is read by {@link #getString} and {@link #getObject} as that text. Not thread-safe.
 */
public final class ArrowRowCursor implements RowCursor {
    private static final ArrowColumn[] NO_COLUMNS = {};
    private static final int SCRATCH = 4096;

    private final ResultStream stream;
    private final ResultSchema schema;
    private final Dates dates = new Dates();
    private final byte[] scratch = new byte[SCRATCH];
    private @Nullable ResultChunk chunk;
    private @Nullable ArrowStream batches;
    private ArrowColumn[] columns = NO_COLUMNS;
    private int row = -1;
    private int rowsInBatch;
    private long rowsSeen;
    private long rowsOfChunkLeft;
    private boolean finished;

    private ArrowRowCursor(ResultStream stream) {
        this.stream = stream;
        this.schema = stream.schema();
    }

    /** Returns a cursor over a result; closing it closes the result. */
    public static RowCursor over(ResultStream stream) {
        return new ArrowRowCursor(stream);
    }

    @Override
    public ResultSchema schema() {
        return schema;
    }

    @Override
    public boolean next() {
        if (++row < rowsInBatch) {
            return true;
        }
        return !finished && advance();
    }

    private boolean advance() {
        try {
            while (true) {
                Optional<ArrowBatch> batch = batches == null ? Optional.empty() : batches.nextBatch();
                if (batch.isPresent()) {
                    if (take(batch.get())) {
                        return true;
                    }
                } else if (!nextChunk()) {
                    finish();
                    return false;
                }
            }
        } catch (ArrowFormatException e) {
            throw corrupt(e.getMessage(), e);
        }
    }

    private boolean take(ArrowBatch batch) {
        if (batch.columns().size() != schema.size()) {
            throw corrupt(
                    "a batch has " + batch.columns().size() + " columns where the result has " + schema.size(), null);
        }
        columns = batch.columns().toArray(NO_COLUMNS);
        rowsInBatch = batch.length();
        rowsSeen += rowsInBatch;
        rowsOfChunkLeft -= rowsInBatch;
        row = 0;
        return rowsInBatch > 0;
    }

    private boolean nextChunk() {
        if (chunk != null && rowsOfChunkLeft != 0) {
            throw corrupt(
                    "chunk " + chunk.index() + " announced " + chunk.rowCount() + " rows and held "
                            + (chunk.rowCount() - rowsOfChunkLeft),
                    null);
        }
        releaseChunk();
        Optional<ResultChunk> next = stream.next();
        if (next.isEmpty()) {
            return false;
        }
        chunk = next.get();
        if (chunk.rowOffset() != rowsSeen) {
            throw corrupt(
                    "chunk " + chunk.index() + " begins at row " + chunk.rowOffset() + ", expected " + rowsSeen, null);
        }
        rowsOfChunkLeft = chunk.rowCount();
        batches = ArrowStream.read(chunk.data());
        return true;
    }

    private void finish() {
        finished = true;
        columns = NO_COLUMNS;
        rowsInBatch = 0;
        if (stream.totalRows().isPresent() && stream.totalRows().getAsLong() != rowsSeen) {
            throw corrupt(
                    "the result announced " + stream.totalRows().getAsLong() + " rows and held " + rowsSeen, null);
        }
    }

    private LakeportException corrupt(@Nullable String what, @Nullable Throwable cause) {
        return new LakeportException(
                        CoreError.RESULT_CORRUPT, "the result is damaged: " + what + "; run the statement again", cause)
                .with("statement_id", stream.statementId().value());
    }

    private ArrowColumn at(int column) {
        if (column < 0 || column >= columns.length) {
            throw row < 0 || finished
                    ? new IllegalStateException("there is no current row; call next() and use the row while it is true")
                    : new IllegalArgumentException("column " + column + " is outside 0.." + (columns.length - 1));
        }
        return columns[column];
    }

    private ArrowColumn present(int column, String getter) {
        ArrowColumn values = at(column);
        if (values.isNull(row)) {
            throw new IllegalStateException(
                    "column '" + name(column) + "' is NULL in this row; ask isNull before " + getter);
        }
        return values;
    }

    private IllegalStateException misfit(int column, String getter) {
        Column wanted = schema.columns().get(column);
        return new IllegalStateException("column '" + wanted.name() + "' is " + wanted.type() + ", which " + getter
                + " does not read; use " + ArrowValues.getterFor(wanted.type()) + " or getObject");
    }

    private String name(int column) {
        return schema.columns().get(column).name();
    }

    @Override
    public boolean isNull(int column) {
        return at(column).isNull(row);
    }

    @Override
    public boolean getBoolean(int column) {
        ArrowColumn values = present(column, "getBoolean");
        if (values.kind() != Kind.BOOL) {
            throw misfit(column, "getBoolean");
        }
        return values.bool(row);
    }

    @Override
    public int getInt(int column) {
        ArrowColumn values = present(column, "getInt");
        return switch (values.kind()) {
            case INT32 -> values.int32(row);
            case INT16 -> values.int16(row);
            case INT8 -> values.int8(row);
            default -> throw misfit(column, "getInt");
        };
    }

    @Override
    public long getLong(int column) {
        ArrowColumn values = present(column, "getLong");
        return switch (values.kind()) {
            case INT64 -> values.int64(row);
            case INT32 -> values.int32(row);
            case INT16 -> values.int16(row);
            case INT8 -> values.int8(row);
            default -> throw misfit(column, "getLong");
        };
    }

    @Override
    public double getDouble(int column) {
        ArrowColumn values = present(column, "getDouble");
        return switch (values.kind()) {
            case FLOAT64 -> values.float64(row);
            case FLOAT32 -> values.float32(row);
            case INT64 -> values.int64(row);
            case INT32 -> values.int32(row);
            case INT16 -> values.int16(row);
            case INT8 -> values.int8(row);
            default -> throw misfit(column, "getDouble");
        };
    }

    @Override
    public @Nullable BigDecimal getDecimal(int column) {
        ArrowColumn values = at(column);
        if (values.isNull(row)) {
            return null;
        }
        BigDecimal value = ArrowValues.decimal(values, row);
        if (value == null) {
            throw misfit(column, "getDecimal");
        }
        return value;
    }

    @Override
    public @Nullable String getString(int column) {
        ArrowColumn values = at(column);
        return values.isNull(row)
                ? null
                : fitting(values, column, "getString", Kind.UTF8, Kind.LARGE_UTF8)
                        .text(row, scratch);
    }

    @Override
    public byte @Nullable [] getBytes(int column) {
        ArrowColumn values = at(column);
        if (values.isNull(row)) {
            return null;
        }
        return switch (values.kind()) {
            case BINARY, LARGE_BINARY, FIXED_BINARY -> values.bytes(row);
            default -> throw misfit(column, "getBytes");
        };
    }

    @Override
    public @Nullable LocalDate getDate(int column) {
        ArrowColumn values = at(column);
        return values.isNull(row)
                ? null
                : dates.of(fitting(values, column, "getDate", Kind.DATE_DAY, Kind.DATE_DAY)
                        .int32(row));
    }

    @Override
    public @Nullable Instant getTimestamp(int column) {
        ArrowColumn values = at(column);
        return values.isNull(row) ? null : ArrowValues.timestamp(stamp(values, column, "getTimestamp", false), row);
    }

    @Override
    public @Nullable LocalDateTime getTimestampNtz(int column) {
        ArrowColumn values = at(column);
        return values.isNull(row)
                ? null
                : ArrowValues.timestampNtz(stamp(values, column, "getTimestampNtz", true), row);
    }

    @Override
    public @Nullable Period getYearMonthInterval(int column) {
        ArrowColumn values = at(column);
        if (values.isNull(row)) {
            return null;
        }
        fitting(values, column, "getYearMonthInterval", Kind.INTERVAL_MONTHS, Kind.INTERVAL_MONTHS);
        return ArrowValues.months(values.int32(row));
    }

    @Override
    public @Nullable Duration getDayTimeInterval(int column) {
        ArrowColumn values = at(column);
        if (values.isNull(row)) {
            return null;
        }
        return switch (values.kind()) {
            case INTERVAL_DAY_MILLIS, DURATION_SECOND, DURATION_MILLI, DURATION_MICRO, DURATION_NANO ->
                ArrowValues.duration(values, row);
            default -> throw misfit(column, "getDayTimeInterval");
        };
    }

    @Override
    public @Nullable Object getObject(int column) {
        return ArrowValues.object(at(column), row);
    }

    private ArrowColumn fitting(ArrowColumn values, int column, String getter, Kind kind, Kind other) {
        Kind actual = values.kind();
        if (actual != kind && actual != other) {
            throw misfit(column, getter);
        }
        return values;
    }

    private ArrowColumn stamp(ArrowColumn values, int column, String getter, boolean local) {
        return switch (values.kind()) {
            case TIMESTAMP_SECOND, TIMESTAMP_MILLI, TIMESTAMP_MICRO, TIMESTAMP_NANO -> {
                if (values.field().type().zone().isEmpty() != local) {
                    throw misfit(column, getter);
                }
                yield values;
            }
            default -> throw misfit(column, getter);
        };
    }

    private void releaseChunk() {
        columns = NO_COLUMNS;
        rowsInBatch = 0;
        batches = null;
        if (chunk != null) {
            chunk.close();
            chunk = null;
        }
    }

    @Override
    public void close() {
        finished = true;
        releaseChunk();
        stream.close();
    }
}
