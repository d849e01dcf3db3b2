package io.lakeport.warehouse.memory;

import io.lakeport.core.query.MemoryBudget;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one chunk: a buffer for the bytes as they travel and one for the decoded bytes, both paid for by one
 * reservation. Each is taken from the pool when first asked for and can be given up early. Thread-safe;
 * {@link #close()} is idempotent.
 */
public final class ChunkMemory implements AutoCloseable {
    private final DirectBuffers pool;
    private final MemoryBudget.Reservation reservation;
    private byte @Nullable [] here;
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

    /**
     * Takes over bytes that are here already, and a reservation of them and the decoded size.
     *
     * @param here the bytes as they travelled, on the heap
     */
    public ChunkMemory(DirectBuffers pool, MemoryBudget.Reservation reservation, byte[] here, int decodedSize) {
        this(pool, reservation, here.length, decodedSize);
        this.here = here;
    }

    /** Returns the most bytes that may travel. */
    public synchronized int travellingSize() {
        return travellingSize;
    }

    /** Returns the most bytes that may be decoded. */
    public synchronized int decodedSize() {
        return decodedSize;
    }

    /** Returns the empty buffer for the bytes as they travel, a full one where they are here already. */
    public synchronized ByteBuffer travelling() {
        if (here != null) {
            return ByteBuffer.wrap(here).order(ByteOrder.LITTLE_ENDIAN);
        }
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
        if (here != null) {
            // Whoever brought the bytes has them for as long as the chunk was not taken.
            here = null;
            return;
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
        reservation.close();
    }
}
