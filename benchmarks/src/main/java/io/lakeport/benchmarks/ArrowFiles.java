package io.lakeport.benchmarks;

import io.lakeport.core.arrow.ArrowStream;
import io.lakeport.core.query.ResultChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBResultSet;

/**
 * The table as Arrow IPC streams of 122,880 rows, one file each, as the chunks of a result are. Made once by DuckDB.
 *
 * @param files in the order of the rows
 */
record ArrowFiles(List<Path> files) {
    private static final int ROWS_OF_CHUNK = 122_880;

    ArrowFiles {
        files = List.copyOf(files);
    }

    /** Finds the files in a folder, and makes them when they are not there. */
    static ArrowFiles in(Path folder, long rows) throws Exception {
        Path done = folder.resolve("done");
        if (!Files.exists(done)) {
            Files.createDirectories(folder);
            make(folder, rows);
            Files.createFile(done);
        }
        try (Stream<Path> found = Files.list(folder)) {
            return new ArrowFiles(found.filter(file -> file.toString().endsWith(".arrows"))
                    .sorted()
                    .toList());
        }
    }

    private static void make(Path folder, long rows) throws Exception {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                BufferAllocator allocator = new RootAllocator()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("SET threads = 1");
            try (ResultSet result = statement.executeQuery(BenchTable.duckSql(rows));
                    ArrowReader reader = (ArrowReader)
                            result.unwrap(DuckDBResultSet.class).arrowExportStream(allocator, ROWS_OF_CHUNK)) {
                for (int number = 0; reader.loadNextBatch(); number++) {
                    write(reader, folder.resolve(String.format(Locale.ROOT, "%05d.arrows", number)));
                }
            }
        }
    }

    private static void write(ArrowReader reader, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                ArrowStreamWriter writer = new ArrowStreamWriter(reader.getVectorSchemaRoot(), null, channel)) {
            writer.writeBatch();
        }
    }

    long bytes() throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    /** Reads a file into {@code into}, or into a larger buffer, and returns it as a chunk. */
    ResultChunk chunk(int number, ByteBuffer into) throws IOException {
        try (FileChannel channel = FileChannel.open(files.get(number))) {
            int size = Math.toIntExact(channel.size());
            ByteBuffer buffer = into.capacity() < size ? ByteBuffer.allocateDirect(size) : into;
            buffer.clear();
            while (buffer.position() < size && channel.read(buffer) >= 0) {
                // Until the file ends.
            }
            buffer.flip().order(ByteOrder.LITTLE_ENDIAN);
            long rows = ArrowStream.countRows(buffer);
            return new ResultChunk(number, (long) number * ROWS_OF_CHUNK, rows, buffer, () -> {});
        }
    }

    /** Returns all files as one Arrow stream for DuckDB. */
    ArrowReader reader(BufferAllocator allocator) {
        return new FilesReader(allocator, files);
    }

    private static final class FilesReader extends ArrowReader {
        private final List<Path> files;
        private int next;
        private long bytesRead;

        FilesReader(BufferAllocator allocator, List<Path> files) {
            super(allocator);
            this.files = files;
        }

        @Override
        protected Schema readSchema() throws IOException {
            try (ReadChannel channel = new ReadChannel(FileChannel.open(files.get(0)))) {
                return MessageSerializer.deserializeSchema(channel);
            }
        }

        @Override
        public boolean loadNextBatch() throws IOException {
            prepareLoadNextBatch();
            if (next == files.size()) {
                return false;
            }
            try (ReadChannel channel = new ReadChannel(FileChannel.open(files.get(next++)))) {
                Schema ignored = MessageSerializer.deserializeSchema(channel);
                try (ArrowRecordBatch batch =
                        (ArrowRecordBatch) MessageSerializer.deserializeMessageBatch(channel, allocator)) {
                    loadRecordBatch(batch);
                }
                bytesRead += channel.bytesRead();
            }
            return true;
        }

        @Override
        public long bytesRead() {
            return bytesRead;
        }

        @Override
        protected void closeReadSource() {}
    }
}
