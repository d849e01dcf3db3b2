package io.lakeport.warehouse.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.query.MemoryBudget.Reservation;
import java.util.List;
import java.util.Objects;

/**
 * A success of the workspace's REST API.
 *
 * @param json what it said
 * @param time when it said so, by its own clock
 * @param reserved memory that was reserved for it; whoever has the answer closes it, or passes the memory on with the
 *     bytes that are made of it
 */
public record ApiAnswer(JsonNode json, ServerTime time, List<Reservation> reserved) implements AutoCloseable {
    public ApiAnswer {
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(time, "time");
        reserved = List.copyOf(reserved);
    }

    @Override
    public void close() {
        reserved.forEach(Reservation::close);
    }
}
