package io.lakeport.auth.google;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import io.lakeport.auth.endpoint.Refusal;
import io.lakeport.auth.endpoint.TokenEndpoint;
import io.lakeport.auth.endpoint.TokenForm;
import io.lakeport.auth.endpoint.TokenReply;
import io.lakeport.auth.jwt.Assertion;
import io.lakeport.auth.jwt.Claims;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Asks Google for a token with every call, by an assertion that the account's key signs (RFC 7523). */
final class GoogleSource implements TokenSource {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform";
    private static final String HEADER = "X-Databricks-GCP-SA-Access-Token";

    /** Google's own limit of an assertion. */
    private static final Duration LIFE = Duration.ofMinutes(60);

    private final TokenSourceContext context;
    private final ServiceAccountKey account;
    private final String audience;
    private final boolean accessTokenToo;
    private final TokenEndpoint asking;

    GoogleSource(TokenSourceContext context, ServiceAccountKey account, String audience, boolean accessTokenToo) {
        this.context = context;
        this.account = account;
        this.audience = audience;
        this.accessTokenToo = accessTokenToo;
        this.asking = new TokenEndpoint(context, "token.google", "Google's token endpoint", this::meaning);
    }

    @Override
    public AccessToken token(Deadline deadline) {
        TokenReply reply = ask(Map.of("target_audience", audience), deadline);
        Secret id = reply.id().orElseThrow(() -> asking.unexpected(account.endpoint(), "a token that is no id token"));
        Instant now = context.clock().instant();
        Map<String, Secret> besides = accessTokenToo
                ? Map.of(
                        HEADER,
                        ask(Map.of("scope", CLOUD_PLATFORM), deadline).access().value())
                : Map.of();
        return new AccessToken(id, now, Optional.of(now.plus(life(id))), besides);
    }

    /** By the token's own length, so that a clock which is off does not matter. */
    private static Duration life(Secret id) {
        return Claims.of(id)
                .filter(claims ->
                        claims.expiresAt().isPresent() && claims.issuedAt().isPresent())
                .map(claims -> Duration.between(
                        claims.issuedAt().orElseThrow(), claims.expiresAt().orElseThrow()))
                .filter(life -> !life.isNegative() && !life.isZero())
                .orElse(Duration.ofMinutes(5));
    }

    private TokenReply ask(Map<String, String> what, Deadline deadline) {
        JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(account.keyId());
        Secret assertion = Assertion.sign(
                header,
                account.key(),
                account.email(),
                account.endpoint().toString(),
                what,
                context.clock().instant(),
                LIFE);
        return asking.require(account.endpoint(), TokenForm.of(GRANT).secret("assertion", assertion), deadline);
    }

    private LakeportException meaning(Refusal refusal) {
        String name = "service account '" + account.email() + "'";
        if (refusal.mentions("short-lived token", "iat and exp")) {
            return refusal.as(
                    SignInError.CLOCK_SKEW,
                    "an assertion that was signed just now is out of its time, so this machine's clock is wrong"
                            + refusal.clockAhead()
                                    .map(ahead -> " by " + ahead.abs().toMinutes() + " minutes")
                                    .orElse("")
                            + "; set it by a time server");
        }
        if (refusal.mentions("account not found")) {
            return refusal.as(CoreError.WRONG_CLIENT_ID, name + " does not exist any more");
        }
        if (refusal.mentions("invalid jwt signature")) {
            return refusal.as(
                    CoreError.WRONG_SECRET,
                    "key '" + account.keyId() + "' of " + name + " was deleted or has expired; create a new one");
        }
        if (refusal.mentions("disabled")) {
            return refusal.as(SignInError.IDENTITY_INACTIVE, name + " is disabled");
        }
        return refusal.as(CoreError.TOKEN_REJECTED, "look at what it says");
    }
}
