package io.lakeport.auth.federation;

import io.lakeport.auth.endpoint.Refusal;
import io.lakeport.auth.jwt.Claims;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Says what it means that a token was not exchanged, with what the token says of itself: a policy that does not fit can
 * then be compared with it. Words are looked for because OAuth has one code, {@code invalid_grant}, for all of this.
 */
final class ExchangeRefusals {
    private final Secret subject;
    private final String origin;
    private final Optional<String> clientId;
    private final Clock clock;

    ExchangeRefusals(Secret subject, String origin, Optional<String> clientId, Clock clock) {
        this.subject = subject;
        this.origin = origin;
        this.clientId = clientId;
        this.clock = clock;
    }

    LakeportException of(Refusal refusal) {
        Optional<Claims> claims = Claims.of(subject);
        if (refusal.error().equals("invalid_scope")) {
            return refusal.as(SignInError.WRONG_SCOPE, "leave 'scope' out for 'all-apis'");
        }
        if (refusal.error().equals("invalid_client")
                || (clientId.isPresent() && refusal.mentions("client_id") && refusal.mentions("not ", "unknown"))) {
            return refusal.as(
                    CoreError.WRONG_CLIENT_ID,
                    "'client_id' must be the Application ID of a service principal that has a federation policy, or be"
                            + " left out where the account's policy is meant");
        }
        if (claims.isEmpty()) {
            return refusal.as(
                    CoreError.TOKEN_REJECTED,
                    origin + " gave something that is no JSON web token; look where it comes" + " from");
        }
        return offered(refusal, claims.get());
    }

    private LakeportException offered(Refusal refusal, Claims claims) {
        String token = "the token from " + origin + " has " + claims.described();
        if (refusal.mentions("expired", "not valid yet", "not yet valid", "nbf")) {
            return times(refusal, claims);
        }
        if (refusal.mentions("audience", "\"aud\"", "'aud'")) {
            return refusal.as(
                    SignInError.WRONG_AUDIENCE,
                    token + "; have the platform issue it for an audience of the federation policy, or add this one to"
                            + " the policy (an account admin can)");
        }
        if (refusal.mentions("deactivated", "inactive", "no active")) {
            return refusal.as(
                    SignInError.IDENTITY_INACTIVE,
                    token + "; the service principal or user that it stands for is not there or is deactivated");
        }
        return refusal.as(
                SignInError.FEDERATION_MISMATCH,
                token + "; an account admin must make a federation policy "
                        + clientId.map(id -> "of service principal '" + id + "'")
                                .orElse("of the account")
                        + " name exactly that issuer, subject and audience");
    }

    private LakeportException times(Refusal refusal, Claims claims) {
        Optional<Instant> end = claims.expiresAt();
        boolean overByOurClock = end.isPresent() && !clock.instant().isBefore(end.get());
        if (refusal.clockAhead().isPresent() && (!overByOurClock || refusal.mentions("yet", "nbf"))) {
            Duration ahead = refusal.clockAhead().get();
            return refusal.as(
                    SignInError.CLOCK_SKEW,
                    "this machine's clock is " + ahead.abs().toMinutes() + " minutes "
                            + (ahead.isNegative() ? "behind" : "ahead of") + " the server's; set it by a time server");
        }
        return refusal.as(
                SignInError.TOKEN_EXPIRED,
                "the token from " + origin + " ended at "
                        + end.map(Instant::toString).orElse("an unknown time")
                        + "; the platform must write a new one before the old one ends, and a token given through"
                        + " ${env:…} is read once, at the start");
    }
}
