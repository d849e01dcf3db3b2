package io.lakeport.core.store;

import io.lakeport.core.guard.Guard;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.UserAgentEntry;
import java.net.URI;
import java.util.Map;
import java.util.Objects;

/**
 * What a store may use.
 *
 * @param root where it begins, for example {@code s3://bucket/prefix/} or {@code file:///data/}; ends in a slash
 * @param properties what may be shown, for example {@code endpoint} and {@code region}
 * @param secrets what may not, for example {@code secret_key}
 * @param tenant whose data it holds
 * @param userAgent sent on every request where the protocol has a place for it
 * @param guard around every exchange
 */
public record ObjectStoreContext(
        URI root,
        Map<String, String> properties,
        Map<String, Secret> secrets,
        TenantId tenant,
        UserAgentEntry userAgent,
        Guard guard) {
    public ObjectStoreContext {
        properties = Map.copyOf(properties);
        secrets = Map.copyOf(secrets);
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(userAgent, "userAgent");
        Objects.requireNonNull(guard, "guard");
        if (!root.toString().endsWith("/")) {
            throw new IllegalArgumentException("store root '" + root + "' must end in '/'");
        }
    }
}
