package io.lakeport.core.workspace;

import java.util.Objects;

/**
 * A SQL warehouse as the workspace describes it.
 *
 * @param id its id
 * @param name its name
 * @param state for example {@code RUNNING}, {@code STARTING}, {@code STOPPED}
 * @param type for example {@code SERVERLESS}, {@code PRO}, {@code CLASSIC}
 */
public record WarehouseStatus(String id, String name, String state, String type) {
    public WarehouseStatus {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(type, "type");
    }
}
