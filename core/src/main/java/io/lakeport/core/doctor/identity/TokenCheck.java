package io.lakeport.core.doctor.identity;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.doctor.Check;
import io.lakeport.core.doctor.Docs;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether the credential gives a token: a new one, since a cached one hides for an hour that the secret has ended. */
final class TokenCheck implements Check {
    static final String NAME = "token";
    private static final Duration SOON = Duration.ofDays(14);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of("api", "clock");
    }

    @Override
    public String tried(Visit visit) {
        return "get a new token by method '" + visit.tenant().identity().method() + "' for "
                + visit.tenant().host();
    }

    @Override
    public String reference(Visit visit) {
        return isPersonal(visit) ? Docs.page("dev-tools/auth/pat") : Docs.page("dev-tools/auth/oauth-m2m");
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        AccessToken token;
        try {
            token = visit.patient().freshTokens().token(deadline);
        } catch (LakeportException e) {
            return SignInFailures.of(e);
        }
        Optional<Instant> end = token.expiresAt();
        if (isPersonal(visit)) {
            return personal(visit, end);
        }
        return Outcome.passed(
                end.map(at -> "an access token that ends at " + at).orElse("an access token"));
    }

    private static Outcome personal(Visit visit, Optional<Instant> end) {
        Instant soon = visit.patient().clock().instant().plus(SOON);
        if (end.isPresent() && end.get().isBefore(soon)) {
            return Outcome.warned(
                    IdentityCause.CREDENTIAL_ENDS_SOON,
                    "a personal access token whose end is configured as " + end.get());
        }
        return Outcome.passed("a personal access token is configured"
                + end.map(at -> " that ends at " + at).orElse("") + "; whether it is accepted shows in the next step");
    }

    private static boolean isPersonal(Visit visit) {
        return "pat".equals(visit.tenant().identity().method());
    }
}
