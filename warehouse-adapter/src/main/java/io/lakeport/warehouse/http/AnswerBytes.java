package io.lakeport.warehouse.http;

import io.lakeport.core.query.MemoryBudget.Reservation;
import java.util.List;

/**
 * The body of an answer, and the memory that was reserved for it and for what is made of it. Whoever has it closes it.
 *
 * @param bytes the body
 * @param reserved empty for a small one
 */
public record AnswerBytes(byte[] bytes, List<Reservation> reserved) implements AutoCloseable {
    public AnswerBytes {
        reserved = List.copyOf(reserved);
    }

    @Override
    public void close() {
        reserved.forEach(Reservation::close);
    }
}
