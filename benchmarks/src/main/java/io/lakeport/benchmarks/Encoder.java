package io.lakeport.benchmarks;

import io.lakeport.core.format.TableWriter;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.format.TableWriterProvider;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.sql.SqlTypeParser;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.store.ObjectStoreProvider;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.UserAgentEntry;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;

/** The ways to make Parquet of the Arrow files; each returns the bytes of the files that it wrote. */
enum Encoder {
    /** Two lanes into the store {@code file}: each byte hashed, each file forced to the disk. */
    LAKEPORT_FILES {
        @Override
        long encode(ArrowFiles files, Path target, String codec) throws Exception {
            try (ObjectStore store = fileStore(target)) {
                return lanes(files, store, codec, List.of());
            }
        }
    },
    /** Two lanes by a column of 2,526 dates, whose rows are mixed in every chunk, with a scratch directory. */
    LAKEPORT_PARTITIONS {
        @Override
        long encode(ArrowFiles files, Path target, String codec) throws Exception {
            return lanes(files, new DiscardingStore(), codec, List.of("shipdate"));
        }
    },
    /** Two lanes into nowhere: the encoder alone. */
    LAKEPORT_ALONE {
        @Override
        long encode(ArrowFiles files, Path target, String codec) throws Exception {
            return lanes(files, new DiscardingStore(), codec, List.of());
        }
    },
    /** DuckDB's COPY of the same batches into the same partitions. */
    DUCKDB_PARTITIONS {
        @Override
        long encode(ArrowFiles files, Path target, String codec) throws Exception {
            copy(files, target.resolve("parts"), codec, ", PARTITION_BY (shipdate)");
            return 0;
        }
    },
    /** DuckDB's COPY of the same batches with two threads, in any order. */
    DUCKDB {
        @Override
        long encode(ArrowFiles files, Path target, String codec) throws Exception {
            Path file = target.resolve("duck.parquet");
            copy(files, file, codec, "");
            return Files.size(file);
        }
    };

    private static final int LANES = 2;

    /** Encodes all files once. */
    abstract long encode(ArrowFiles files, Path target, String codec) throws Exception;

    private static void copy(ArrowFiles files, Path target, String codec, String more) throws Exception {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                BufferAllocator allocator = new RootAllocator();
                ArrowReader reader = files.reader(allocator);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
            statement.execute("SET threads = " + LANES);
            statement.execute("SET preserve_insertion_order = false");
            Data.exportArrayStream(allocator, reader, stream);
            duck.unwrap(DuckDBConnection.class).registerArrowStream("chunks", stream);
            statement.execute(
                    "COPY (FROM chunks) TO '" + target + "' (FORMAT parquet, COMPRESSION " + codec + more + ")");
        }
    }

    private static long lanes(ArrowFiles files, ObjectStore store, String codec, List<String> partitionBy)
            throws Exception {
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(LANES);
        try {
            List<Future<Long>> lanes = new ArrayList<>();
            for (int i = 0; i < LANES; i++) {
                String stem = "lane" + i;
                Callable<Long> lane = () -> lane(files, next, context(store, stem, codec, partitionBy));
                lanes.add(threads.submit(lane));
            }
            long bytes = 0;
            for (Future<Long> lane : lanes) {
                bytes += lane.get();
            }
            return bytes;
        } finally {
            threads.shutdownNow();
        }
    }

    private static TableWriterContext context(ObjectStore store, String stem, String codec, List<String> partitionBy) {
        Path scratch = Path.of(System.getProperty("java.io.tmpdir"), "lakeport-scratch");
        return TableWriterContext.of(store, stem, schema())
                .partitionedBy(partitionBy)
                .withOptions(Map.of("compression", codec))
                .within(MemoryBudget.of(stem, Long.getLong("benchmark.memory", 64L << 20)), Optional.of(scratch));
    }

    private static long lane(ArrowFiles files, AtomicInteger next, TableWriterContext context) throws Exception {
        TableWriterProvider parquet = ServiceLoader.load(TableWriterProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.format().equals("parquet"))
                .findFirst()
                .orElseThrow();
        ByteBuffer buffer = ByteBuffer.allocateDirect(24 << 20);
        try (TableWriter writer = parquet.open(context)) {
            for (int i = next.getAndIncrement(); i < files.files().size(); i = next.getAndIncrement()) {
                try (ResultChunk chunk = files.chunk(i, buffer)) {
                    writer.write(chunk);
                }
            }
            return writer.finish().stream()
                    .map(WrittenFile::object)
                    .mapToLong(object -> object.bytes())
                    .sum();
        }
    }

    private static ResultSchema schema() {
        return new ResultSchema(BenchTable.COLUMNS.entrySet().stream()
                .map(column -> new Column(column.getKey(), SqlTypeParser.parse(column.getValue())))
                .toList());
    }

    private static ObjectStore fileStore(Path target) {
        return ServiceLoader.load(ObjectStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.schemes().contains("file"))
                .findFirst()
                .orElseThrow()
                .open(new ObjectStoreContext(
                        target.toUri(),
                        Map.of(),
                        Map.of(),
                        TenantId.of("bench"),
                        UserAgentEntry.parse("Lakeport_Benchmark/1.0"),
                        Guard.NONE));
    }
}
