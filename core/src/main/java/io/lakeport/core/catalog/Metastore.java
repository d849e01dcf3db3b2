package io.lakeport.core.catalog;

import java.util.Objects;
import java.util.Optional;

/**
 * The metastore that is attached to a workspace.
 *
 * @param id its id
 * @param name its name
 * @param owner its admin: a user, service principal or group; empty when the answer does not tell
 * @param cloud for example {@code aws}
 * @param region for example {@code eu-central-1}
 * @param workspaceId numeric id of the workspace it is attached to
 * @param defaultCatalog catalog of names with two levels
 */
public record Metastore(
        String id,
        String name,
        Optional<String> owner,
        Optional<String> cloud,
        Optional<String> region,
        String workspaceId,
        Optional<String> defaultCatalog) {
    public Metastore {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(cloud, "cloud");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(workspaceId, "workspaceId");
        Objects.requireNonNull(defaultCatalog, "defaultCatalog");
    }
}
