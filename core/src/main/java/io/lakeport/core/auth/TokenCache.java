package io.lakeport.core.auth;

import io.lakeport.core.tenant.TenantId;

/**
 * Port: remembers tokens, one entry for each tenant and never shared between two. Thread-safe.
 *
 * <p>However many callers ask, one refresh of a tenant's token is in flight; a token is refreshed ahead of its expiry
 * while the old one is still handed out; a failed refresh is not remembered.
 */
public interface TokenCache extends AutoCloseable {
    /** Returns a source that answers from this cache and asks {@code origin} when it must. */
    TokenSource cached(TenantId tenant, TokenSource origin);

    /** Forgets the tenant's token, for example when its secret was rotated. */
    void forget(TenantId tenant);

    /** Ends background refreshes; idempotent. */
    @Override
    void close();
}
