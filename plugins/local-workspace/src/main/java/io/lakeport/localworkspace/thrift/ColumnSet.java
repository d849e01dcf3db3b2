package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.engine.EngineColumn;
import io.lakeport.localworkspace.statement.CellText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/** Rows column by column, for clients that cannot read Arrow. Dates, times, decimals and nested values are texts. */
final class ColumnSet {
    private ColumnSet() {}

    /** Returns the TColumns of some rows. */
    static List<TStruct> of(List<EngineColumn> columns, ArrowRows rows) throws IOException {
        List<List<@Nullable Object>> values = new ArrayList<>();
        columns.forEach(column -> values.add(new ArrayList<>()));
        rows.forEachBatch(batch -> append(batch, values));
        List<TStruct> list = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            list.add(TColumns.of(kind(columns.get(i)), values.get(i)));
        }
        return list;
    }

    private static TColumns.Kind kind(EngineColumn column) {
        return switch (column.typeName()) {
            case "BOOLEAN" -> TColumns.Kind.BOOL;
            case "BYTE" -> TColumns.Kind.I8;
            case "SHORT" -> TColumns.Kind.I16;
            case "INT" -> TColumns.Kind.I32;
            case "LONG" -> TColumns.Kind.I64;
            case "FLOAT", "DOUBLE" -> TColumns.Kind.DOUBLE;
            case "BINARY" -> TColumns.Kind.BINARY;
            default -> TColumns.Kind.STRING;
        };
    }

    private static void append(VectorSchemaRoot batch, List<List<@Nullable Object>> values) {
        for (int i = 0; i < values.size(); i++) {
            FieldVector vector = batch.getVector(i);
            for (int row = 0; row < batch.getRowCount(); row++) {
                values.get(i).add(vector instanceof NullVector || vector.isNull(row) ? null : value(vector, row));
            }
        }
    }

    private static Object value(FieldVector vector, int row) {
        if (vector instanceof BitVector bit) {
            return bit.get(row) == 1;
        } else if (vector instanceof TinyIntVector number) {
            return number.get(row);
        } else if (vector instanceof SmallIntVector number) {
            return number.get(row);
        } else if (vector instanceof IntVector number) {
            return number.get(row);
        } else if (vector instanceof BigIntVector number) {
            return number.get(row);
        } else if (vector instanceof Float4Vector number) {
            return (double) number.get(row);
        } else if (vector instanceof Float8Vector number) {
            return number.get(row);
        } else if (vector instanceof VarBinaryVector binary) {
            return binary.get(row);
        }
        return text(vector, row).getBytes(StandardCharsets.UTF_8);
    }

    /** Timestamps are written as Hive's clients read them: a space, no zone, no zeros at the end. */
    private static String text(FieldVector vector, int row) {
        String text = String.valueOf(CellText.of(vector, row));
        boolean moment = vector.getMinorType().name().startsWith("TIMESTAMP");
        return moment ? text.replace('T', ' ').replace("Z", "").replaceFirst("\\.?0*$", "") : text;
    }
}
