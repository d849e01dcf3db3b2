package io.lakeport.benchmarks;

import io.lakeport.app.config.StoreSettings;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.store.ObjectStoreProvider;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.UserAgentEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The last stage alone: finished files on the disk, written to the S3 server by the same store. */
final class UploadStage {
    private static final int BUFFER = 256 << 10;

    private UploadStage() {}

    /** Uploads the Parquet files below a folder in parallel, and returns their bytes and number. */
    static String upload(Path folder, URI target, int port) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(path -> path.toString().endsWith(".parquet")).toList();
        }
        try (ObjectStore store = open(target, port)) {
            long bytes =
                    files.parallelStream().mapToLong(file -> copy(file, store)).sum();
            return bytes + " " + files.size();
        }
    }

    private static ObjectStore open(URI target, int port) {
        StoreSettings settings = ObjectServer.settings(port);
        return ServiceLoader.load(ObjectStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.schemes().contains(target.getScheme()))
                .findFirst()
                .orElseThrow()
                .open(new ObjectStoreContext(
                        target,
                        settings.properties(),
                        settings.secrets(),
                        TenantId.of("bench"),
                        UserAgentEntry.parse("Lakeport_Benchmark/1.0"),
                        Guard.NONE));
    }

    private static long copy(Path file, ObjectStore store) {
        try (FileChannel source = FileChannel.open(file);
                ObjectSink sink = store.create(ObjectKey.of(file.getFileName().toString()), CreateMode.REPLACE)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (source.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    sink.write(buffer);
                }
                buffer.clear();
            }
            return sink.commit().bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
