package io.lakeport.auth.user;

import io.lakeport.auth.endpoint.Refusal;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.auth.user.UserCredential;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.time.Duration;
import java.time.Instant;

/** Says what it means that a code or a refresh token was refused. */
final class UserRefusals {
    /** Life of an unused refresh token unless the application has another (Databricks: custom OAuth applications). */
    private static final Duration USUAL_LIFE = Duration.ofDays(7);

    private UserRefusals() {}

    static LakeportException ofCode(Refusal refusal, SignInApp app) {
        if (refusal.error().equals("invalid_grant")) {
            return refusal.as(
                    SignInError.SIGN_IN_EXPIRED,
                    "the code lives a minute and serves once, for the redirect and verifier of its start; begin again");
        }
        return ofApp(refusal, app);
    }

    static LakeportException ofRefresh(Refusal refusal, SignInApp app, UserCredential credential, Instant now) {
        if (!refusal.error().equals("invalid_grant")) {
            return ofApp(refusal, app);
        }
        Duration idle = Duration.between(credential.renewedAt().orElse(credential.obtainedAt()), now);
        String age = "the user signed in at " + credential.obtainedAt() + ", and the last refresh was " + idle.toHours()
                + " hours ago";
        if (idle.compareTo(USUAL_LIFE) >= 0) {
            return refusal.as(
                    SignInError.TOKEN_EXPIRED,
                    age + ": a refresh token that nobody uses ends after 7 days, unless the application has another"
                            + " limit. " + credential.owner() + " must sign in again");
        }
        return refusal.as(
                SignInError.TOKEN_REVOKED,
                age + ": it was revoked, the user was deactivated, the session's limit has passed, or somebody else"
                        + " used the token (then look for a second installation with the same store). "
                        + credential.owner() + " must sign in again");
    }

    private static LakeportException ofApp(Refusal refusal, SignInApp app) {
        if (refusal.error().equals("invalid_scope")) {
            return refusal.as(
                    SignInError.WRONG_SCOPE,
                    "the OAuth application may not ask for '" + String.join(" ", app.scopes()) + "'");
        }
        if (refusal.mentions("not available in databricks account", "unknown", "not found")) {
            return refusal.as(
                    CoreError.WRONG_CLIENT_ID,
                    "'client_id' must be that of an application under 'App connections' in this account");
        }
        if (refusal.error().equals("invalid_client")) {
            return refusal.as(
                    CoreError.WRONG_SECRET,
                    app.clientSecret().isPresent()
                            ? "'client_secret' is not the application's; an account admin can generate another"
                            : "the application is confidential, so 'client_secret' must be given");
        }
        return refusal.as(CoreError.TOKEN_REJECTED, "look at what it says");
    }
}
