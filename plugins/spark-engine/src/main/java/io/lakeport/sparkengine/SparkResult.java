package io.lakeport.sparkengine;

import io.lakeport.localworkspace.engine.ArrowFields;
import io.lakeport.localworkspace.engine.EngineColumn;
import io.lakeport.localworkspace.engine.EngineResult;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import scala.jdk.javaapi.CollectionConverters;

/** Rows that Spark computes partition by partition. */
final class SparkResult implements EngineResult {
    /** Databricks' own chunk size. */
    private static final int BATCH_ROWS = 122_880;

    private final List<EngineColumn> columns;
    private final SparkBatches reader;
    private final String statementType;

    private SparkResult(List<EngineColumn> columns, SparkBatches reader, String statementType) {
        this.columns = columns;
        this.reader = reader;
        this.statementType = statementType;
    }

    static SparkResult open(Dataset<Row> rows, BufferAllocator allocator, String zone, String statementType, Run run) {
        List<EngineColumn> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        boolean hasVariants = false;
        ArrowFields arrow = new ArrowFields(zone);
        for (StructField f : rows.schema().fields()) {
            SqlType type = SparkTypes.of(f.dataType());
            hasVariants |= type.is(Kind.VARIANT);
            columns.add(new EngineColumn(f.name(), type.text(), type.kind().apiName(), f.nullable()));
            fields.add(arrow.of(f.name(), type, f.nullable() || type.is(Kind.VOID)));
        }
        Dataset<Row> sent = hasVariants ? variantsAsText(rows) : rows;
        Iterator<byte[]> batches = columns.isEmpty()
                ? List.<byte[]>of().iterator()
                : CollectionConverters.asJava(
                        sent.toArrowBatchRdd(BATCH_ROWS, zone, false, false).toLocalIterator());
        BufferAllocator own = allocator.newChildAllocator(statementType, 0, Long.MAX_VALUE);
        SparkBatches reader = new SparkBatches(batches, new Schema(fields), own, run);
        try {
            reader.prefetch();
            return new SparkResult(columns, reader, statementType);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            closeQuietly(reader, e);
            throw e;
        }
    }

    private static void closeQuietly(SparkBatches reader, RuntimeException failure) {
        try {
            reader.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** The port sends a VARIANT as its JSON text. */
    private static Dataset<Row> variantsAsText(Dataset<Row> rows) {
        List<Column> list = new ArrayList<>();
        String[] names = new String[rows.schema().fields().length];
        for (int i = 0; i < names.length; i++) {
            names[i] = "c" + i;
        }
        Dataset<Row> renamed = rows.toDF(names);
        for (StructField f : renamed.schema().fields()) {
            SqlType type = SparkTypes.of(f.dataType());
            if (type.kind().isNested() && type.text().contains("VARIANT")) {
                throw SqlErrors.unsupported("results with a VARIANT inside another type");
            }
            Column column = functions.col(f.name());
            list.add(type.is(Kind.VARIANT) ? functions.to_json(column) : column);
        }
        return renamed.select(list.toArray(new Column[0]));
    }

    @Override
    public List<EngineColumn> columns() {
        return columns;
    }

    @Override
    public ArrowReader reader() {
        return reader;
    }

    @Override
    public String statementType() {
        return statementType;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
