package io.lakeport.warehouse.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * A success of the workspace's REST API.
 *
 * @param json what it said
 * @param time when it said so, by its own clock
 */
public record ApiAnswer(JsonNode json, ServerTime time) {
    public ApiAnswer {
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(time, "time");
    }
}
