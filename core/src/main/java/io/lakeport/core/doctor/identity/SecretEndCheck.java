package io.lakeport.core.doctor.identity;

import io.lakeport.core.doctor.Check;
import io.lakeport.core.doctor.Docs;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.oauthsecret.IssuedSecret;
import io.lakeport.core.oauthsecret.OAuthSecrets;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When the secret ends. Which of several secrets is in use cannot be seen, so the one that lives longest counts: as long as
 * that one lives, a good one is there to be used.
 */
final class SecretEndCheck implements Check {
    private static final Duration SOON = Duration.ofDays(14);

    @Override
    public String name() {
        return "secret-end";
    }

    @Override
    public List<String> needs() {
        return List.of(SignInCheck.NAME);
    }

    @Override
    public String tried(Visit visit) {
        return "ask for the end dates of the service principal's secrets";
    }

    @Override
    public String reference(Visit visit) {
        return Docs.page("dev-tools/auth/oauth-m2m");
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        Optional<ScimIdentity> me = visit.noted(ScimIdentity.class).filter(ScimIdentity::servicePrincipal);
        if (me.isEmpty() || !"oauth-m2m".equals(visit.tenant().identity().method())) {
            return Outcome.skipped("the method of this connection has no secret of Databricks");
        }
        Optional<Instant> end;
        try {
            OAuthSecrets secrets = visit.patient().controlPlane().get().secrets();
            end = secrets.list(me.get().id(), deadline).stream()
                    .filter(IssuedSecret::active)
                    .map(IssuedSecret::expires)
                    .flatMap(Optional::stream)
                    .max(Comparator.naturalOrder());
        } catch (LakeportException e) {
            if (e.category() == ErrorCategory.PERMISSION_DENIED || e.category() == ErrorCategory.NOT_FOUND) {
                return Outcome.skipped("only an administrator is told; look at the service principal's 'Secrets' tab");
            }
            throw e;
        }
        return judged(visit, end);
    }

    private static Outcome judged(Visit visit, Optional<Instant> end) {
        Instant soon = visit.patient().clock().instant().plus(SOON);
        if (end.isPresent() && end.get().isBefore(soon)) {
            return Outcome.warned(IdentityCause.CREDENTIAL_ENDS_SOON, "the last of its secrets ends at " + end.get());
        }
        return Outcome.passed(
                end.map(at -> "the last of its secrets ends at " + at).orElse("no end is told"));
    }
}
