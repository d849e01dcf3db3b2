import io.lakeport.auth.cache.CaffeineTokenCacheProvider;
import io.lakeport.auth.federation.FederationTokenSourceProvider;
import io.lakeport.auth.oauth.OAuthM2mTokenSourceProvider;
import io.lakeport.auth.pat.PatTokenSourceProvider;
import io.lakeport.auth.user.OAuthU2mTokenSourceProvider;
import io.lakeport.core.auth.TokenCacheProvider;
import io.lakeport.core.auth.TokenSourceProvider;
import org.jspecify.annotations.NullMarked;

/** The authentication methods that come with Lakeport, and the token cache. */
@NullMarked
module io.lakeport.auth {
    requires com.fasterxml.jackson.databind;
    requires com.github.benmanes.caffeine;
    requires com.nimbusds.jose.jwt;
    requires io.lakeport.core;
    requires java.net.http;
    requires org.slf4j;

    provides TokenSourceProvider with
            PatTokenSourceProvider,
            OAuthM2mTokenSourceProvider,
            FederationTokenSourceProvider,
            OAuthU2mTokenSourceProvider;
    provides TokenCacheProvider with
            CaffeineTokenCacheProvider;
}
