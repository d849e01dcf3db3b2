package io.lakeport.warehouse.result;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.time.Deadline;
import io.lakeport.warehouse.http.WorkspaceApi;
import io.lakeport.warehouse.memory.DirectBuffers;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

/** A result in order, downloaded ahead within its window of memory. */
public final class ChunkStream implements ResultStream {
    private final StatementId id;
    private final ResultManifest manifest;
    private final Downloads downloads;
    private final Runnable ending;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean closed;
    private final boolean isWhole;
    private long rows;

    private ChunkStream(
            StatementId id, ResultManifest manifest, Downloads downloads, Runnable ending, boolean isWhole) {
        this.id = id;
        this.manifest = manifest;
        this.downloads = downloads;
        this.ending = ending;
        this.isWhole = isWhole;
    }

    /**
     * Opens a result and begins to download it.
     *
     * @param ending run once, when the result is read or given up
     * @param deadline for finding out how many chunks there are
     */
    public static ChunkStream open(StoredResult result, Resources resources, Runnable ending, Deadline deadline) {
        WorkspaceApi api = resources.api();
        DownloadLimits limits = resources.limits();
        ResultManifest manifest = result.manifest();
        ChunkPlaces places = new ChunkPlaces(result.sources(), result.directory());
        long count = places.count(manifest.chunks(), deadline);
        long[] wanted = LongStream.range(0, count).filter(result.wanted()).toArray();
        ChunkLayout layout = ChunkLayout.of(manifest, count);
        SizeForecast forecast = new SizeForecast(manifest);
        Downloads downloads = new Downloads(
                result.id().value(),
                wanted,
                places,
                new ChunkLoader(api, places, layout, forecast, resources.hosts(), limits),
                forecast,
                api.context().budget().child("result " + result.id(), limits.window()),
                resources.pool(),
                limits);
        resources.pool().resultOpened();
        downloads.start();
        Runnable end = () -> {
            resources.pool().resultEnded();
            ending.run();
        };
        return new ChunkStream(result.id(), manifest, downloads, end, wanted.length == count);
    }

    /**
     * What the results of one warehouse share.
     *
     * @param api its calls
     * @param pool its buffers
     * @param hosts where its results lie
     * @param limits bounds of each result
     */
    public record Resources(WorkspaceApi api, DirectBuffers pool, StorageHosts hosts, DownloadLimits limits) {}

    /**
     * Waits until the first chunk is here, or will not come, or some time has passed. Nothing is taken.
     *
     * @return why it will not come
     */
    public Optional<LakeportException> awaitFirst(Deadline patience) throws InterruptedException {
        return downloads.awaitFirst(patience);
    }

    @Override
    public StatementId statementId() {
        return id;
    }

    @Override
    public ResultSchema schema() {
        return manifest.schema();
    }

    @Override
    public OptionalLong totalRows() {
        return manifest.rows();
    }

    @Override
    public boolean truncated() {
        return manifest.truncated();
    }

    @Override
    public Optional<ResultChunk> next() {
        if (closed) {
            throw new IllegalStateException("the result of statement " + id + " was closed; read it before closing");
        }
        if (ended.get()) {
            return Optional.empty();
        }
        try {
            Optional<LoadedChunk> loaded = downloads.take();
            if (loaded.isEmpty()) {
                checkRows();
                end();
            }
            return loaded.map(this::chunk);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new LakeportException(CoreError.INTERRUPTED, "interrupted while waiting for a chunk", e)
                    .with("statement_id", id.value());
        } catch (LakeportException e) {
            close();
            throw e.with("statement_id", id.value());
        }
    }

    private ResultChunk chunk(LoadedChunk loaded) {
        long before = loaded.rowOffset().orElse(rows);
        if (isWhole ? before != rows : loaded.rowOffset().isEmpty() || before < rows) {
            loaded.memory().close();
            throw new LakeportException(
                    CoreError.RESULT_CORRUPT,
                    "chunk " + loaded.index() + " begins at row " + before + " where row " + rows
                            + " was expected; run the statement again");
        }
        rows = before + loaded.rows();
        return new ResultChunk(loaded.index(), before, loaded.rows(), loaded.stream(), loaded.memory()::close);
    }

    private void checkRows() {
        if (isWhole && manifest.rows().orElse(rows) != rows) {
            throw new LakeportException(
                    CoreError.RESULT_CORRUPT,
                    "the result holds " + rows + " rows where "
                            + manifest.rows().getAsLong() + " were announced; run the statement again");
        }
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            downloads.close();
            ending.run();
        }
    }

    @Override
    public void close() {
        closed = true;
        end();
    }
}
