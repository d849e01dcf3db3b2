package io.lakeport.core.store;

import io.lakeport.core.guard.Guard;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.UserAgentEntry;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a store may use.
 *
 * @param root where it begins, for example {@code s3://bucket/prefix/} or {@code file:///data/}; ends in a slash
 * @param properties what may be shown, for example {@code endpoint} and {@code region}
 * @param secrets what may not, for example {@code secret_key}
 * @param tenant whose data it holds
 * @param userAgent sent on every request where the protocol has a place for it
 * @param guard around every exchange
 * @param workspace the tenant's workspace, empty where there is none; {@code volume} and vended credentials need it
 */
public record ObjectStoreContext(
        URI root,
        Map<String, String> properties,
        Map<String, Secret> secrets,
        TenantId tenant,
        UserAgentEntry userAgent,
        Guard guard,
        Optional<WorkspaceAccess> workspace) {
    public ObjectStoreContext {
        properties = Map.copyOf(properties);
        secrets = Map.copyOf(secrets);
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(userAgent, "userAgent");
        Objects.requireNonNull(guard, "guard");
        Objects.requireNonNull(workspace, "workspace");
        if (!root.toString().endsWith("/")) {
            throw new IllegalArgumentException("store root '" + root + "' must end in '/'");
        }
    }

    /** Describes a store that has no workspace. */
    public ObjectStoreContext(
            URI root,
            Map<String, String> properties,
            Map<String, Secret> secrets,
            TenantId tenant,
            UserAgentEntry userAgent,
            Guard guard) {
        this(root, properties, secrets, tenant, userAgent, guard, Optional.empty());
    }
}
