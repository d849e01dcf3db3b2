package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.engine.EngineColumn;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A statement as other protocols than the Statement Execution API see it. Thread-safe. */
public final class StatementView {
    private final Statement statement;
    private final LinkSigner signer;

    StatementView(Statement statement, LinkSigner signer) {
        this.statement = statement;
        this.signer = signer;
    }

    /**
     * Where a chunk is and how large.
     *
     * @param index position, from 0
     * @param rowOffset rows before it
     * @param rowCount its rows
     * @param bytes its bytes as they travel
     * @param rawBytes its bytes before compression
     */
    public record Chunk(int index, long rowOffset, long rowCount, long bytes, long rawBytes) {}

    /**
     * A presigned link to a chunk.
     *
     * @param url where it can be fetched
     * @param expiresAtMillis when it ends, in epoch milliseconds
     */
    public record Link(String url, long expiresAtMillis) {}

    /** Returns its id. */
    public String id() {
        return statement.id();
    }

    /** Returns the id of the fault that was planned for it, empty for none. */
    public Optional<String> fault() {
        return statement.fault().map(StatementFault::fault);
    }

    /** Returns whether its chunks are gone, by a planned fault. */
    public boolean isLost() {
        return statement.isLost();
    }

    /** Returns its state. */
    public StatementState state() {
        return statement.state();
    }

    /** Returns the message of its failure. */
    public Optional<String> errorMessage() {
        return statement.error().map(StatementError::message);
    }

    /** Returns the SQLSTATE of its failure. */
    public Optional<String> sqlState() {
        return statement.error().map(StatementError::sqlState);
    }

    /** Returns whether its Arrow chunks are LZ4 frames. */
    public boolean isCompressed() {
        return statement.request().delivery().effectiveCompression() == Compression.LZ4_FRAME;
    }

    /** Returns its columns, none unless it succeeded. */
    public List<EngineColumn> columns() {
        return statement.result().map(StoredResult::columns).orElse(List.of());
    }

    /** Returns whether its row tells the client to move a file. */
    public boolean isVolumeOperation() {
        return statement.result().filter(StoredResult::volumeOperation).isPresent();
    }

    /** Returns its chunks, none unless it succeeded. */
    public List<Chunk> chunks() {
        return stored().stream()
                .map(chunk -> new Chunk(
                        chunk.index(),
                        chunk.rowOffset(),
                        chunk.rowCount(),
                        chunk.body().length(),
                        chunk.rawBytes()))
                .toList();
    }

    private List<StoredChunk> stored() {
        return statement.result().map(StoredResult::chunks).orElse(List.of());
    }

    /** Returns the bytes of a chunk as they travel. */
    public byte[] read(int chunk) throws IOException {
        return stored().get(chunk).body().read();
    }

    /** Signs a link to a chunk under the given scheme and authority. */
    public Link link(int chunk, String base) {
        LinkSigner.Expiry expiry = signer.expiry(statement);
        return new Link(
                base + signer.link(statement.id(), chunk, expiry.real()),
                expiry.announced().toEpochMilli());
    }

    /** Waits until it ends, but no longer than {@code timeout}; returns whether it ended. */
    public boolean await(Duration timeout) throws InterruptedException {
        return statement.await(timeout);
    }

    /** Cancels it, if it runs. */
    public void cancel() {
        statement.cancel();
    }
}
