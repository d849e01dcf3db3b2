package io.lakeport.warehouse.sea;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.time.Deadline;
import io.lakeport.warehouse.result.ChunkStream;
import io.lakeport.warehouse.result.ResultManifest;
import io.lakeport.warehouse.result.StoredResult;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The results of one warehouse that are being read. Thread-safe. */
final class OpenResults {
    private static final Logger LOG = LoggerFactory.getLogger(OpenResults.class);

    private static final Duration FIRST_CONTACT = Duration.ofSeconds(30);

    private final StatementApi statements;
    private final ChunkStream.Resources resources;
    private final SeaLimits limits;
    private final CountDownLatch closing;
    private final Set<ResultStream> open = ConcurrentHashMap.newKeySet();

    OpenResults(StatementApi statements, ChunkStream.Resources resources, SeaLimits limits, CountDownLatch closing) {
        this.statements = statements;
        this.resources = resources;
        this.limits = limits;
        this.closing = closing;
    }

    /**
     * What becomes of a result on the server when its reader has ended. A finished statement costs nothing there, so
     * one that may be asked for again is left to expire.
     */
    enum Afterwards {
        FORGET,
        KEEP
    }

    /** Begins to read the result of a statement that succeeded. */
    ChunkStream open(StatementAnswer answer, LongPredicate wanted, Afterwards afterwards, Deadline deadline) {
        AtomicReference<@Nullable ResultStream> self = new AtomicReference<>();
        ResultManifest manifest = manifest(answer);
        StoredResult result = new StoredResult(
                answer.id(), manifest, answer.sources(), statements.chunks(answer.id(), manifest.schema()), wanted);
        Runnable ended = () -> {
            open.remove(Objects.requireNonNull(self.get()));
            leave(answer, afterwards);
        };
        ChunkStream stream = ChunkStream.open(result, resources, ended, deadline);
        self.set(stream);
        open.add(stream);
        if (closing.getCount() == 0) {
            stream.close();
        }
        return stream;
    }

    /**
     * Waits for the first chunk where it comes from a storage that no chunk has come from yet, and returns why that is
     * out of reach, if it is.
     */
    Optional<LakeportException> blocked(ChunkStream stream, StatementAnswer answer, Deadline deadline) {
        if (resources.hosts().areTrusted(answer.sources())) {
            return Optional.empty();
        }
        try {
            return stream.awaitFirst(deadline.atMost(FIRST_CONTACT)).filter(e -> e.is(CoreError.STORAGE_BLOCKED));
        } catch (InterruptedException e) {
            stream.close();
            Thread.currentThread().interrupt();
            throw new LakeportException(CoreError.INTERRUPTED, "interrupted while waiting for the first chunk", e);
        }
    }

    /**
     * Returns the shape of a result. Every statement has one while the server holds its result, one without columns for
     * statements without rows.
     *
     * @throws LakeportException NOT_FOUND (RESULT_EXPIRED) when the server closed the statement and says nothing of it
     */
    static ResultManifest manifest(StatementAnswer answer) {
        return answer.manifest().orElseThrow(() -> ResultChecks.gone(answer.id()));
    }

    /** Lets the server forget the result at once, where nobody asks again; it would do so by itself within the hour. */
    void leave(StatementAnswer answer, Afterwards afterwards) {
        if (afterwards == Afterwards.KEEP || answer.state() == StatementAnswer.State.CLOSED) {
            return;
        }
        giveUp(answer.id());
    }

    /** Lets the server forget a result. */
    void giveUp(StatementId id) {
        try {
            Uninterrupted.call(() -> {
                statements.close(id, Deadline.after(limits.ending()));
                return id;
            });
        } catch (LakeportException e) {
            LOG.debug("closing statement {} failed; the server will expire it", id, e);
        }
    }

    void closeAll() {
        List.copyOf(open).forEach(ResultStream::close);
    }
}
