package io.lakeport.storage.parquet;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/** The values of a file as plain objects, read by parquet-java's own reader. */
final class ParquetObjects {
    private ParquetObjects() {}

    static ParquetFileReader open(Path file) throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new SnappyAlone())
                .usePageChecksumVerification()
                .build();
        return ParquetFileReader.open(new LocalInputFile(file), options);
    }

    static List<List<@Nullable Object>> of(Path file) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (ParquetFileReader reader = open(file)) {
            var schema = reader.getFileMetaData().getSchema();
            for (PageReadStore group = reader.readNextRowGroup(); group != null; group = reader.readNextRowGroup()) {
                RecordReader<Group> records = new ColumnIOFactory()
                        .getColumnIO(schema)
                        .getRecordReader(group, new GroupRecordConverter(schema));
                for (long row = 0; row < group.getRowCount(); row++) {
                    Group record = records.read();
                    List<@Nullable Object> values = new ArrayList<>();
                    for (int field = 0; field < schema.getFieldCount(); field++) {
                        values.add(value(record, field, 0));
                    }
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    private static @Nullable Object value(Group group, int field, int index) {
        if (group.getFieldRepetitionCount(field) <= index) {
            return null;
        }
        Type type = group.getType().getType(field);
        if (type.isPrimitive()) {
            return primitive(group, field, index, type.asPrimitiveType());
        }
        Group inner = group.getGroup(field, index);
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (logical instanceof ListLogicalTypeAnnotation) {
            List<@Nullable Object> list = new ArrayList<>();
            for (int i = 0; i < inner.getFieldRepetitionCount(0); i++) {
                list.add(value(inner.getGroup(0, i), 0, 0));
            }
            return list;
        }
        if (logical instanceof MapLogicalTypeAnnotation) {
            List<@Nullable Object> entries = new ArrayList<>();
            for (int i = 0; i < inner.getFieldRepetitionCount(0); i++) {
                entries.add(struct(inner.getGroup(0, i)));
            }
            return entries;
        }
        return struct(inner);
    }

    private static Map<String, Object> struct(Group group) {
        GroupType type = group.getType();
        Map<String, Object> fields = new TreeMap<>();
        for (int i = 0; i < type.getFieldCount(); i++) {
            Object value = value(group, i, 0);
            if (value != null) {
                fields.put(type.getFieldName(i), value);
            }
        }
        return fields;
    }

    private static Object primitive(Group group, int field, int index, PrimitiveType type) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            BigInteger unscaled = switch (type.getPrimitiveTypeName()) {
                case INT32 -> BigInteger.valueOf(group.getInteger(field, index));
                case INT64 -> BigInteger.valueOf(group.getLong(field, index));
                default -> new BigInteger(group.getBinary(field, index).getBytes());
            };
            return new BigDecimal(unscaled, decimal.getScale()).toPlainString();
        }
        if (type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BINARY) {
            return logical instanceof StringLogicalTypeAnnotation
                    ? group.getString(field, index)
                    : HexFormat.of().formatHex(group.getBinary(field, index).getBytes());
        }
        return group.getValueToString(field, index);
    }

    /** parquet-java's own codecs need Hadoop. */
    private static final class SnappyAlone
            implements CompressionCodecFactory, CompressionCodecFactory.BytesInputDecompressor {
        @Override
        public BytesInputCompressor getCompressor(CompressionCodecName codec) {
            throw new UnsupportedOperationException("nothing is written");
        }

        @Override
        public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
            return this;
        }

        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
            return BytesInput.from(Snappy.uncompress(bytes.toInputStream().readAllBytes()));
        }

        @Override
        public void decompress(ByteBuffer input, int compressed, ByteBuffer output, int size) throws IOException {
            byte[] bytes = new byte[compressed];
            input.get(bytes);
            output.put(Snappy.uncompress(bytes));
        }

        @Override
        public void release() {}
    }
}
