package io.lakeport.warehouse.memory;

import io.lakeport.core.query.MemoryBudget;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one chunk: a buffer for the bytes as they travel and one for the decoded bytes, both paid for by one
 * reservation. Each is taken from the pool when first asked for and can be given up early. Thread-safe;
 * {@link #close()} is idempotent.
 */
public final class ChunkMemory implements AutoCloseable {
    private final DirectBuffers pool;
    private final MemoryBudget.Reservation reservation;
    private @Nullable ByteBuffer travelling;
    private @Nullable ByteBuffer decoded;
    private int travellingSize;
    private int decodedSize;

    /**
     * Takes over a reservation of exactly the two sizes.
     *
     * @param travellingSize size class of the bytes as they travel
     * @param decodedSize size class of the decoded bytes, 0 when they travel as they are
     */
    public ChunkMemory(DirectBuffers pool, MemoryBudget.Reservation reservation, int travellingSize, int decodedSize) {
        this.pool = pool;
        this.reservation = reservation;
        this.travellingSize = travellingSize;
        this.decodedSize = decodedSize;
    }

    /** Returns the most bytes that may travel. */
    public synchronized int travellingSize() {
        return travellingSize;
    }

    /** Returns the most bytes that may be decoded. */
    public synchronized int decodedSize() {
        return decodedSize;
    }

    /** Returns the empty buffer for the bytes as they travel. */
    public synchronized ByteBuffer travelling() {
        if (travelling == null) {
            travelling = pool.take(travellingSize);
        }
        return travelling.clear();
    }

    /** Returns the empty buffer for the decoded bytes. */
    public synchronized ByteBuffer decoded() {
        if (decoded == null) {
            decoded = pool.take(decodedSize);
        }
        return decoded.clear();
    }

    /** Gives the bytes as they travelled up; nothing reads them any more. */
    public synchronized void dropTravelling() {
        if (travelling != null) {
            pool.giveBack(travelling);
            travelling = null;
        }
        travellingSize = 0;
        reservation.shrinkTo(decodedSize);
    }

    /** Gives the decoded bytes up: the bytes travelled as they are. */
    public synchronized void dropDecoded() {
        if (decoded != null) {
            pool.giveBack(decoded);
            decoded = null;
        }
        decodedSize = 0;
        reservation.shrinkTo(travellingSize);
    }

    @Override
    public synchronized void close() {
        dropTravelling();
        dropDecoded();
    }
}
