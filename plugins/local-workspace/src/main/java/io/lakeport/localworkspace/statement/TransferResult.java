package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.engine.EngineColumn;
import io.lakeport.localworkspace.engine.EngineResult;
import io.lakeport.localworkspace.engine.FileTransfer;
import io.lakeport.localworkspace.engine.FileTransfer.Operation;
import io.lakeport.localworkspace.file.FileLinks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The row that tells a client how to move a file: operation, presigned URL, headers, and the local file unless the file
 * is removed. The JDBC driver's and other clients' volume operations read it.
 */
final class TransferResult implements EngineResult {
    private final FileTransfer transfer;
    private final String statementType;
    private final List<EngineColumn> columns = new ArrayList<>();
    private final BufferAllocator allocator = new RootAllocator();
    private final OneRow reader;

    private TransferResult(FileTransfer transfer, String statementType, String url) {
        this.transfer = transfer;
        this.statementType = statementType;
        List<String> row = new ArrayList<>();
        add("operation", transfer.operation().name(), row);
        add("presignedUrl", url, row);
        add("headers", "{}", row);
        if (transfer.operation() != Operation.REMOVE) {
            add("localFile", transfer.localFile(), row);
        }
        List<Field> fields = columns.stream()
                .map(c -> new Field(c.name(), new FieldType(false, new ArrowType.Utf8(), null, Map.of()), List.of()))
                .toList();
        this.reader = new OneRow(allocator, new Schema(fields), row);
    }

    private void add(String column, String value, List<String> row) {
        columns.add(new EngineColumn(column, "STRING", "STRING", false));
        row.add(value);
    }

    /** Returns what is to be answered: the result as it is, or the row in place of a transfer. */
    static EngineResult of(EngineResult result, FileLinks links, String base) {
        Optional<FileTransfer> transfer = result.transfer();
        if (transfer.isEmpty()) {
            return result;
        }
        FileTransfer t = transfer.get();
        String method =
                t.operation() == Operation.REMOVE ? "DELETE" : t.operation().name();
        String link = links.link(new FileLinks.Grant(method, t.user(), t.path(), t.overwrite()));
        TransferResult row = new TransferResult(t, result.statementType(), base + link);
        result.close();
        return row;
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
    public Optional<FileTransfer> transfer() {
        return Optional.of(transfer);
    }

    @Override
    public void close() {
        try (allocator) {
            reader.close();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("Closing a row in memory reads nothing.", e);
        }
    }

    private static final class OneRow extends ArrowReader {
        private final Schema schema;
        private final List<String> row;
        private boolean read;

        OneRow(BufferAllocator allocator, Schema schema, List<String> row) {
            super(allocator);
            this.schema = schema;
            this.row = row;
        }

        @Override
        public boolean loadNextBatch() throws java.io.IOException {
            if (read) {
                return false;
            }
            read = true;
            VectorSchemaRoot root = getVectorSchemaRoot();
            for (int i = 0; i < row.size(); i++) {
                VarCharVector vector = (VarCharVector) root.getVector(i);
                vector.setSafe(0, row.get(i).getBytes(StandardCharsets.UTF_8));
                vector.setValueCount(1);
            }
            root.setRowCount(1);
            return true;
        }

        @Override
        public long bytesRead() {
            return 0;
        }

        @Override
        protected void closeReadSource() {
            // The row is in memory.
        }

        @Override
        protected Schema readSchema() {
            return schema;
        }
    }
}
