package io.lakeport.storage.delta;

import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Reads the rows of a Parquet file, those columns only that are asked for. */
final class ParquetRows implements AutoCloseable {
    private static final int BATCH = 4096;
    private static final ParquetReadOptions OPTIONS = ReadOptions.withoutHadoop();

    private final StructType schema;
    private final ParquetFileReader file;
    private final MessageType projection;
    private final MessageColumnIO columns;
    private RecordReader<Group> group;
    private long left;

    ParquetRows(InputFile input, StructType schema) throws IOException {
        this.schema = schema;
        this.file = ParquetFileReader.open(new ParquetInput(input), OPTIONS);
        MessageType stored = file.getFileMetaData().getSchema();
        this.projection = new MessageType(stored.getName(), wanted(stored, schema));
        file.setRequestedSchema(projection);
        this.columns = new ColumnIOFactory().getColumnIO(projection, stored);
        this.group = noRows();
    }

    private RecordReader<Group> noRows() {
        return new RecordReader<>() {
            @Override
            public Group read() {
                throw new IllegalStateException("no row group was begun");
            }
        };
    }

    private static List<Type> wanted(GroupType stored, StructType schema) {
        List<Type> wanted = new ArrayList<>();
        for (StructField field : schema.fields()) {
            if (stored.containsField(field.getName())) {
                wanted.add(wanted(stored.getType(field.getName()), field.getDataType()));
            }
        }
        return wanted;
    }

    private static Type wanted(Type stored, DataType type) {
        if (type instanceof StructType struct) {
            List<Type> below = wanted(stored.asGroupType(), struct);
            // A struct of which no field is stored is still NULL or not.
            return below.isEmpty() ? stored : stored.asGroupType().withNewFields(below);
        }
        return stored;
    }

    /** Returns the next rows, none at the end. */
    List<Row> next() throws IOException {
        while (left == 0) {
            PageReadStore pages = file.readNextRowGroup();
            if (pages == null) {
                return List.of();
            }
            left = pages.getRowCount();
            group = columns.getRecordReader(pages, new GroupRecordConverter(projection));
        }
        List<Row> rows = new ArrayList<>();
        for (; left > 0 && rows.size() < BATCH; left--) {
            rows.add(ParquetValues.row(group.read(), schema));
        }
        return rows;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
