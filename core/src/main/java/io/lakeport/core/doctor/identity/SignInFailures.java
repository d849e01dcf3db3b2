package io.lakeport.core.doctor.identity;

import static java.util.Map.entry;

import io.lakeport.core.auth.SignInError;
import io.lakeport.core.doctor.Cause;
import io.lakeport.core.doctor.CommonCause;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.network.NetworkCause;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the errors of a sign-in mean. */
final class SignInFailures {
    private static final Pattern BLOCKED = Pattern.compile("[Ss]ource IP address: ([0-9a-fA-F.:]+)");

    private static final Map<String, Cause> CAUSES = Map.ofEntries(
            entry(CoreError.INVALID_CONFIGURATION.name(), IdentityCause.CREDENTIAL_MALFORMED),
            entry(CoreError.WRONG_CLIENT_ID.name(), IdentityCause.CLIENT_ID_WRONG),
            entry(CoreError.WRONG_SECRET.name(), IdentityCause.SECRET_WRONG),
            entry(CoreError.EXPIRED_SECRET.name(), IdentityCause.SECRET_EXPIRED),
            entry(CoreError.TOKEN_REJECTED.name(), IdentityCause.TOKEN_REJECTED),
            entry(CoreError.NOT_A_DATABRICKS_HOST.name(), NetworkCause.NOT_A_WORKSPACE),
            entry(SignInError.TOKEN_EXPIRED.name(), IdentityCause.TOKEN_EXPIRED),
            entry(SignInError.TOKEN_REVOKED.name(), IdentityCause.TOKEN_REVOKED),
            entry(SignInError.WRONG_AUDIENCE.name(), IdentityCause.TOKEN_FOR_ANOTHER_WORKSPACE),
            entry(SignInError.FEDERATION_MISMATCH.name(), IdentityCause.FEDERATION_MISMATCH),
            entry(SignInError.IDENTITY_INACTIVE.name(), IdentityCause.IDENTITY_INACTIVE),
            entry(SignInError.CLOCK_SKEW.name(), NetworkCause.CLOCK_OFF),
            entry(SignInError.NOT_IN_WORKSPACE.name(), IdentityCause.NOT_IN_WORKSPACE),
            entry(SignInError.ADDRESS_DENIED.name(), IdentityCause.ADDRESS_DENIED),
            entry(SignInError.RIGHT_MISSING.name(), IdentityCause.RIGHT_MISSING),
            entry(SignInError.WRONG_SCOPE.name(), IdentityCause.SCOPE_WRONG),
            entry(SignInError.UNKNOWN_DIRECTORY.name(), IdentityCause.DIRECTORY_UNKNOWN),
            entry(SignInError.NO_MANAGED_IDENTITY.name(), IdentityCause.NO_MANAGED_IDENTITY),
            entry(SignInError.USER_NOT_NAMED.name(), IdentityCause.USER_NOT_NAMED),
            entry(SignInError.USER_NOT_SIGNED_IN.name(), IdentityCause.USER_NOT_SIGNED_IN));

    private SignInFailures() {}

    static Outcome of(LakeportException failure) {
        Cause cause = CAUSES.getOrDefault(failure.code().name(), CommonCause.of(failure));
        if (cause == IdentityCause.USER_NOT_NAMED) {
            return Outcome.skipped(cause, failure.getMessage());
        }
        Outcome outcome = Outcome.failed(cause, failure);
        return address(cause, failure)
                .map(from -> outcome.with(IdentityFixes.address(from)))
                .orElse(outcome);
    }

    private static Optional<String> address(Cause cause, LakeportException failure) {
        Matcher named = BLOCKED.matcher(failure.getMessage());
        return cause == IdentityCause.ADDRESS_DENIED && named.find() ? Optional.of(named.group(1)) : Optional.empty();
    }
}
