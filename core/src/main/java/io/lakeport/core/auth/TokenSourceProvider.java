package io.lakeport.core.auth;

/**
 * SPI: makes the token sources of one authentication method. Found by {@link java.util.ServiceLoader} and chosen by
 * {@link #method()}. Implemented by adapters and plugins; thread-safe and stateless.
 */
public interface TokenSourceProvider {
    /** Returns the name by which configuration chooses it, for example {@code oauth-m2m}. */
    String method();

    /**
     * Makes the source of one identity. It performs no network call: a wrong secret shows at the first
     * {@link TokenSource#token}. The caller adds caching ({@link TokenCacheProvider}); the source need not cache.
     *
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST naming a property or secret that is missing or
     *     malformed
     */
    TokenSource open(TokenSourceContext context);
}
