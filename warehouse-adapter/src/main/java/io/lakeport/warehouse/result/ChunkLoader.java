package io.lakeport.warehouse.result;

import io.lakeport.core.arrow.ArrowFormatException;
import io.lakeport.core.arrow.ArrowStream;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import io.lakeport.warehouse.http.WorkspaceApi;
import io.lakeport.warehouse.lz4.CorruptFrameException;
import io.lakeport.warehouse.lz4.Lz4Frames;
import io.lakeport.warehouse.memory.ChunkMemory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Brings one chunk here: download, decode, check. All three are one guarded exchange, because bytes that turn out
 * damaged are fetched again like bytes that did not come. Thread-safe.
 */
final class ChunkLoader {
    private final WorkspaceApi api;
    private final ChunkPlaces places;
    private final ChunkLayout layout;
    private final SizeForecast forecast;
    private final StorageHosts hosts;
    private final LinkDownload download;
    private final Duration limit;

    ChunkLoader(
            WorkspaceApi api,
            ChunkPlaces places,
            ChunkLayout layout,
            SizeForecast forecast,
            StorageHosts hosts,
            DownloadLimits limits) {
        this.api = api;
        this.places = places;
        this.layout = layout;
        this.forecast = forecast;
        this.hosts = hosts;
        this.download = new LinkDownload(api, limits.stall());
        this.limit = limits.chunk();
    }

    /**
     * Loads a chunk into memory that was reserved for it.
     *
     * @return empty when the memory is too small; the forecast then knows how much it takes
     */
    Optional<LoadedChunk> load(long index, ChunkMemory memory) {
        Deadline deadline = Deadline.after(limit);
        StorageContact contact = new StorageContact(hosts);
        ChunkSource source = places.get(index, deadline);
        for (int links = 1; ; links++) {
            Outcome outcome = guarded(source, memory, contact, deadline);
            if (outcome.failure().isEmpty()) {
                return outcome.chunk();
            }
            if (links >= outcome.mostLinks() || source.place().link().isEmpty()) {
                throw outcome.failure().get().get();
            }
            // The link may have expired, or lead to a damaged copy.
            source = places.renew(index, deadline);
        }
    }

    /**
     * How the exchanges over one link ended.
     *
     * @param chunk the chunk, empty when the link did not help or the memory is too small
     * @param failure why another link may help
     * @param mostLinks after how many links none will
     */
    private record Outcome(Optional<LoadedChunk> chunk, Optional<Supplier<LakeportException>> failure, int mostLinks) {
        static Outcome of(Optional<LoadedChunk> chunk) {
            return new Outcome(chunk, Optional.empty(), 1);
        }

        static Outcome another(int mostLinks, Supplier<LakeportException> failure) {
            return new Outcome(Optional.empty(), Optional.of(failure), mostLinks);
        }
    }

    private Outcome guarded(ChunkSource source, ChunkMemory memory, StorageContact contact, Deadline deadline) {
        try {
            return api.guarded("chunk", "sql.chunk", deadline, () -> attempt(source, memory, contact, deadline));
        } catch (LakeportException e) {
            if (e.is(CoreError.RESULT_CORRUPT) || e.is(CoreError.RESULT_EXPIRED)) {
                return Outcome.another(StorageContact.MOST_LINKS, () -> e);
            }
            throw e;
        }
    }

    private Outcome attempt(ChunkSource source, ChunkMemory memory, StorageContact contact, Deadline deadline)
            throws InterruptedException {
        ByteBuffer travelled = memory.travelling();
        if (source.place().inline().isEmpty()) {
            ChunkSource.Link link = source.place().link().orElseThrow();
            long outcome = download.into(travelled, source, link, contact, deadline);
            if (outcome == LinkDownload.REFUSED) {
                String host = LinkDownload.host(link);
                return Outcome.another(contact.mostLinks(host), () -> contact.refused(host, source.index()));
            }
            if (outcome != LinkDownload.FILLED) {
                forecast.require(outcome, 0);
                return Outcome.of(Optional.empty());
            }
            travelled.flip();
        }
        boolean compressed = Lz4Frames.isFrame(travelled);
        return Outcome.of(compressed ? decode(source, travelled, memory) : plain(source, travelled, memory));
    }

    private Optional<LoadedChunk> plain(ChunkSource source, ByteBuffer stream, ChunkMemory memory) {
        long rows = check(source, stream);
        memory.dropDecoded();
        return Optional.of(loaded(source, rows, stream, memory));
    }

    private LoadedChunk loaded(ChunkSource source, long rows, ByteBuffer stream, ChunkMemory memory) {
        OptionalLong announced = layout.rowsBefore(source.index());
        OptionalLong offset = announced.isPresent() ? announced : source.rowOffset();
        return new LoadedChunk(source.index(), offset, rows, stream, memory);
    }

    private Optional<LoadedChunk> decode(ChunkSource source, ByteBuffer travelled, ChunkMemory memory) {
        ByteBuffer stream = memory.decoded();
        try {
            Lz4Frames.decode(travelled, stream);
        } catch (CorruptFrameException e) {
            return tooSmall(source, travelled, memory, e);
        }
        stream.flip();
        long rows = check(source, stream);
        forecast.observed(rows, stream.remaining());
        memory.dropTravelling();
        return Optional.of(loaded(source, rows, stream, memory));
    }

    /** A buffer that is too small and damaged bytes look alike to a decoder. */
    private Optional<LoadedChunk> tooSmall(
            ChunkSource source, ByteBuffer travelled, ChunkMemory memory, CorruptFrameException failure) {
        try {
            long needed = Lz4Frames.decodedLength(travelled);
            if (needed > memory.decodedSize() && needed <= Integer.MAX_VALUE) {
                forecast.require(travelled.remaining(), needed);
                return Optional.empty();
            }
        } catch (CorruptFrameException e) {
            failure.addSuppressed(e);
        }
        throw CorruptChunk.of(source, failure.getMessage(), failure);
    }

    private long check(ChunkSource source, ByteBuffer stream) {
        long rows;
        try {
            rows = ArrowStream.countRows(stream);
        } catch (ArrowFormatException | IndexOutOfBoundsException e) {
            throw CorruptChunk.of(source, "its " + stream.limit() + " bytes are not a whole Arrow stream", e);
        }
        requireRows(source, source.rowCount(), rows);
        requireRows(source, layout.rows(source.index()), rows);
        return rows;
    }

    private static void requireRows(ChunkSource source, OptionalLong announced, long rows) {
        if (announced.orElse(rows) != rows) {
            throw CorruptChunk.of(
                    source, "it holds " + rows + " rows where " + announced.getAsLong() + " were announced", null);
        }
    }
}
