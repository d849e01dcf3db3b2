package io.lakeport.warehouse.result;

import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.MemoryBudget.Reservation;
import io.lakeport.core.time.Deadline;
import io.lakeport.warehouse.memory.ChunkMemory;
import io.lakeport.warehouse.memory.DirectBuffers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of a chunk that came inside an answer, with the memory that was reserved for them. Thread-safe. */
public final class InlineBytes implements AutoCloseable {
    private final byte[] bytes;
    private List<Reservation> reserved;

    /**
     * Takes the bytes and the reservations over.
     *
     * @param reserved empty for an answer too small to count
     */
    public InlineBytes(byte[] bytes, List<Reservation> reserved) {
        this.bytes = bytes;
        this.reserved = List.copyOf(reserved);
    }

    /** Returns how many bytes there are. */
    public int length() {
        return bytes.length;
    }

    /**
     * Returns the chunk's memory, which holds these bytes already. It draws on what was reserved for the answer where
     * that is enough: whoever holds memory must not wait for more. Where it is not, all is given back first.
     *
     * @param decoded most decoded bytes, 0 when they are read as they are
     */
    synchronized ChunkMemory memory(DirectBuffers pool, MemoryBudget budget, int decoded, Deadline deadline) {
        long needed = (long) bytes.length + decoded;
        @Nullable Reservation enough = null;
        for (Reservation reservation : reserved) {
            if (enough == null && reservation.bytes() >= needed) {
                reservation.shrinkTo(needed);
                enough = reservation;
            } else {
                reservation.close();
            }
        }
        reserved = List.of();
        Reservation reservation = enough == null ? budget.reserve(needed, deadline) : enough;
        return new ChunkMemory(pool, reservation, bytes, decoded);
    }

    @Override
    public synchronized void close() {
        reserved.forEach(Reservation::close);
        reserved = List.of();
    }
}
