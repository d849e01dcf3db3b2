package io.lakeport.auth.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.lakeport.auth.endpoint.Answer;
import io.lakeport.auth.endpoint.Endpoints;
import io.lakeport.auth.endpoint.TokenEndpoint;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.error.ErrorCodeSupplier;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Set;

/** Checks an id token: signature, issuer, audience, times and nonce (OpenID Connect Core, 3.1.3.7). */
public final class IdTokenCheck {
    private static final Duration TOLERANCE = Duration.ofMinutes(2);

    /** Asymmetric only: a key set is public, so it cannot prove an HMAC. */
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.ES256);

    private final TokenSourceContext context;
    private final TokenEndpoint asking;
    private final URI issuer;
    private final String clientId;

    /** Creates a check of tokens of an issuer for an application. */
    public IdTokenCheck(TokenSourceContext context, TokenEndpoint asking, URI issuer, String clientId) {
        this.context = context;
        this.asking = asking;
        this.issuer = issuer;
        this.clientId = clientId;
    }

    /**
     * Returns whom a token is about.
     *
     * @throws LakeportException SIGN_IN_FORGED when it is not the issuer's, or not for this application or nonce;
     *     CLOCK_SKEW when only its times are wrong, and the server's clock differs from ours
     */
    public String subject(Secret token, Secret nonce, Deadline deadline) {
        Answer keys = get(keySetUrl(deadline), deadline);
        JWTClaimsSet claims = verified(token, keys);
        require(issuer.toString().equals(claims.getIssuer()), "it is of issuer '" + claims.getIssuer() + "'");
        require(claims.getAudience().contains(clientId), "it is for " + claims.getAudience());
        Object repeated = claims.getClaim("nonce");
        require(
                repeated instanceof String text && Secret.of(text + " ").sameValueAs(Secret.of(nonce.reveal() + " ")),
                "its nonce is not that of this sign-in");
        times(claims, keys);
        return Objects.requireNonNullElse(claims.getSubject(), "");
    }

    private JWTClaimsSet verified(Secret token, Answer keys) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        try {
            processor.setJWSKeySelector(
                    new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(JWKSet.parse(keys.body()))));
            // Claims are checked here, by the clock that was given and with a reason for each.
            processor.setJWTClaimsSetVerifier((claims, unused) -> {});
            return processor.process(token.reveal(), null);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            // Its message may quote the token.
            throw error(SignInError.SIGN_IN_FORGED, "no key of its issuer signed it");
        }
    }

    private void times(JWTClaimsSet claims, Answer keys) {
        Instant now = context.clock().instant();
        Date end = claims.getExpirationTime();
        Date from = claims.getIssueTime();
        boolean over = end == null || !now.minus(TOLERANCE).isBefore(end.toInstant());
        boolean early = from != null && now.plus(TOLERANCE).isBefore(from.toInstant());
        if (!over && !early) {
            return;
        }
        throw keys.clockAhead(context.clock())
                .map(ahead -> error(
                        SignInError.CLOCK_SKEW,
                        "this machine's clock is " + ahead.abs().toMinutes() + " minutes "
                                + (ahead.isNegative() ? "behind" : "ahead of") + " the server's; set it by a time"
                                + " server"))
                .orElseGet(() -> error(SignInError.SIGN_IN_FORGED, over ? "it has ended" : "it is not valid yet"));
    }

    private URI keySetUrl(Deadline deadline) {
        URI document = URI.create(issuer + "/.well-known/openid-configuration");
        Answer answer = get(document, deadline);
        String named = answer.json().map(node -> node.path("issuer").asText("")).orElse("");
        require(issuer.toString().equals(named), "its issuer's discovery document names '" + named + "'");
        JsonNode url = answer.json().orElseThrow().path("jwks_uri");
        return Endpoints.safe(url.asText(""))
                .orElseThrow(() -> asking.unexpected(document, "no URL of a key set that can be trusted"));
    }

    private Answer get(URI uri, Deadline deadline) {
        Answer answer = asking.get(uri, deadline);
        if (answer.status() != 200 || answer.json().isEmpty()) {
            throw asking.unexpected(uri, answer.described());
        }
        return answer;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw error(SignInError.SIGN_IN_FORGED, otherwise);
        }
    }

    private LakeportException error(ErrorCodeSupplier code, String why) {
        return new LakeportException(
                        code,
                        asking.what("the id token of the sign-in cannot be believed: " + why
                                + "; nothing was kept, begin again"))
                .with("tenant", context.tenant().value());
    }
}
