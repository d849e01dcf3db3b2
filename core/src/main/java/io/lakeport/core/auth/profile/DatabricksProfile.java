package io.lakeport.core.auth.profile;

import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.tenant.WorkspaceHost;
import java.util.Objects;
import java.util.Optional;

/**
 * A profile, and what becomes of it here.
 *
 * @param name of its section
 * @param authType its {@code auth_type}, or what its keys amount to; {@code -} when neither tells
 * @param host of its workspace
 * @param warehouse id of its SQL warehouse, when it names one
 * @param identity how to sign in, when it can be imported
 * @param obstacle why it cannot, and what to do instead; empty when it can
 */
public record DatabricksProfile(
        String name,
        String authType,
        Optional<WorkspaceHost> host,
        Optional<String> warehouse,
        Optional<IdentitySettings> identity,
        Optional<String> obstacle) {
    public DatabricksProfile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(authType, "authType");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(warehouse, "warehouse");
        if (identity.isPresent() == obstacle.isPresent()) {
            throw new IllegalArgumentException("a profile can be imported, or there is an obstacle");
        }
    }
}
