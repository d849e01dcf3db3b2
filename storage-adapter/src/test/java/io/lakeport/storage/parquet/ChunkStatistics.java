package io.lakeport.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveComparator;

/** Compares the statistics of every column chunk of a file, and its page indexes, with its values. */
final class ChunkStatistics {
    private static final int TRUNCATED = 64;

    private ChunkStatistics() {}

    static void requireTrue(Path file) throws IOException {
        try (ParquetFileReader reader = ParquetObjects.open(file)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            for (BlockMetaData block : reader.getFooter().getBlocks()) {
                PageReadStore pages = reader.readNextRowGroup();
                var columns = new ColumnReadStoreImpl(
                        pages,
                        new GroupRecordConverter(schema).getRootConverter(),
                        schema,
                        reader.getFileMetaData().getCreatedBy());
                for (int i = 0; i < schema.getColumns().size(); i++) {
                    ColumnDescriptor column = schema.getColumns().get(i);
                    ColumnChunkMetaData chunk = block.getColumns().get(i);
                    requireTrue(chunk, values(columns.getColumnReader(column), column, chunk.getValueCount()), reader);
                }
            }
        }
    }

    private static List<Comparable<?>> values(ColumnReader reader, ColumnDescriptor column, long count) {
        List<Comparable<?>> values = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            if (reader.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
                values.add(
                        switch (column.getPrimitiveType().getPrimitiveTypeName()) {
                            case BOOLEAN -> reader.getBoolean();
                            case INT32 -> reader.getInteger();
                            case INT64 -> reader.getLong();
                            case FLOAT -> reader.getFloat();
                            case DOUBLE -> reader.getDouble();
                            default -> reader.getBinary().copy();
                        });
            }
            reader.consume();
        }
        return values;
    }

    @SuppressWarnings("unchecked")
    private static void requireTrue(ColumnChunkMetaData chunk, List<Comparable<?>> values, ParquetFileReader reader)
            throws IOException {
        Statistics<?> statistics = chunk.getStatistics();
        boolean nan = values.stream()
                .anyMatch(value -> value instanceof Double d && d.isNaN() || value instanceof Float f && f.isNaN());
        if (nan) {
            assertThat(statistics.hasNonNullValue())
                    .as("NaN has no place in the order")
                    .isFalse();
            return;
        }
        assertThat(statistics.getNumNulls()).as(chunk.toString()).isEqualTo(chunk.getValueCount() - values.size());
        ColumnIndex index = reader.readColumnIndex(chunk);
        assertThat(index.getNullCounts().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(statistics.getNumNulls());
        assertThat(reader.readOffsetIndex(chunk).getPageCount())
                .isEqualTo(index.getNullPages().size());
        assertThat(statistics.hasNonNullValue()).isEqualTo(!values.isEmpty());
        if (!values.isEmpty()) {
            PrimitiveComparator<Object> order = (PrimitiveComparator<Object>)
                    (PrimitiveComparator<?>) chunk.getPrimitiveType().comparator();
            requireBound(
                    order,
                    statistics.genericGetMin(),
                    values.stream().map(Object.class::cast).min(order::compare).orElseThrow(),
                    -1);
            requireBound(
                    order,
                    statistics.genericGetMax(),
                    values.stream().map(Object.class::cast).max(order::compare).orElseThrow(),
                    1);
        }
    }

    private static void requireBound(PrimitiveComparator<Object> order, Object bound, Object value, int side) {
        boolean isZero = value instanceof Number number && number.doubleValue() == 0;
        if (value instanceof Binary binary && binary.length() > TRUNCATED) {
            assertThat(Integer.signum(order.compare(bound, value))).isIn(0, side);
        } else if (!isZero) {
            assertThat(order.compare(bound, value)).as(bound + " is " + value).isZero();
        }
    }
}
