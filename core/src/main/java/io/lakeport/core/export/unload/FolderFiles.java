package io.lakeport.core.export.unload;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.engine.EngineTask;
import io.lakeport.core.export.port.ExportProgress;
import io.lakeport.core.format.RowCounter;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads once what somebody else wrote into a folder of the target: size, SHA-256 and rows of each file. */
public final class FolderFiles {
    private static final int BLOCK = 1 << 20;
    private static final long LOOK_MILLIS = 100;

    private final EngineTask task;

    /** Creates the reader for a task. */
    public FolderFiles(EngineTask task) {
        this.task = task;
    }

    /**
     * Returns the data files below a folder, ordered by key; what begins with an underscore is the writer's own record.
     *
     * @param folder key prefix, ending in a slash
     * @param total rows that there should be, for the progress alone
     */
    public List<WrittenFile> read(String folder, OptionalLong total) {
        List<ObjectInfo> objects = task.store().list(folder).stream()
                .filter(info -> info.bytes() > 0 && !info.key().fileName().startsWith("_"))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.max(1, Math.min(task.ports().tuning().lanes(), objects.size())), work -> {
                    Thread thread = new Thread(work, "lakeport-export-proof");
                    thread.setDaemon(true);
                    return thread;
                });
        try {
            List<Future<WrittenFile>> reading = objects.stream()
                    .map(info -> threads.submit(() -> file(info)))
                    .toList();
            return collected(reading, total);
        } finally {
            threads.shutdownNow();
            awaitEnd(threads);
        }
    }

    private List<WrittenFile> collected(List<Future<WrittenFile>> reading, OptionalLong total) {
        List<WrittenFile> files = new ArrayList<>();
        long rows = 0;
        long bytes = 0;
        for (Future<WrittenFile> next : reading) {
            WrittenFile file = await(next);
            files.add(file);
            rows += file.rows();
            bytes += file.object().bytes();
            task.progress()
                    .accept(new ExportProgress(ExportProgress.Phase.WRITING, rows, total, bytes, files.size(), bytes));
        }
        return files;
    }

    private WrittenFile await(Future<WrittenFile> next) {
        while (true) {
            task.deadline().check("export");
            try {
                return next.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LakeportException(CoreError.INTERRUPTED, "the export was interrupted", e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof LakeportException known
                        ? known
                        : new LakeportException(
                                CoreError.INTERNAL, "a file could not be counted: " + e.getCause(), e.getCause());
            }
        }
    }

    private static void awaitEnd(ExecutorService threads) {
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private WrittenFile file(ObjectInfo info) {
        RowCounter counter = counter();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        long bytes = 0;
        try (ReadableByteChannel channel = task.store().read(info.key())) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            while (channel.read(block) >= 0) {
                bytes += block.position();
                digest.update(block.flip());
                counter.update(block.rewind());
                block.clear();
            }
            String sha256 = HexFormat.of().formatHex(digest.digest());
            return new WrittenFile(new ObjectInfo(info.key(), bytes, sha256), counter.rows(), Map.of());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } catch (IOException e) {
            throw unreadable(info.key(), e);
        }
    }

    private RowCounter counter() {
        String format = task.run().request().format();
        return task.ports()
                .formats()
                .apply(format)
                .rowCounter()
                .orElseThrow(() -> new LakeportException(
                        CoreError.NOT_SUPPORTED,
                        "rows of " + format + " files cannot be counted, so that what the warehouse wrote cannot be"
                                + " proved; export as parquet, or with engine stream"));
    }

    private LakeportException unreadable(ObjectKey key, IOException e) {
        return new LakeportException(
                CoreError.SERVICE_UNAVAILABLE, "'" + task.store().root() + key + "' cannot be read back", e);
    }
}
