package io.lakeport.core.store;

import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.tenant.WorkspaceHost;
import java.util.Objects;

/**
 * The tenant's workspace, for stores that live in it (volumes) or whose credentials it vends.
 *
 * @param host of the workspace
 * @param tokens the tenant's tokens
 */
public record WorkspaceAccess(WorkspaceHost host, TokenSource tokens) {
    public WorkspaceAccess {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(tokens, "tokens");
    }
}
