package io.lakeport.auth.user;

import io.lakeport.auth.endpoint.TokenEndpoint;
import io.lakeport.auth.endpoint.TokenReply;
import io.lakeport.auth.jwt.Claims;
import io.lakeport.auth.jwt.IdTokenCheck;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.user.ConnectionUser;
import io.lakeport.core.auth.user.UserCredentials;
import io.lakeport.core.error.ErrorCodeSupplier;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.util.Map;
import java.util.Optional;

/** Checks what a browser brought back, and then what the token endpoint gave for it. */
final class Callback {
    private static final int LONGEST = 200;

    private final TokenSourceContext context;
    private final SignInApp app;
    private final ConnectionUser owner;

    Callback(TokenSourceContext context, SignInApp app, ConnectionUser owner) {
        this.context = context;
        this.app = app;
        this.owner = owner;
    }

    /**
     * Returns the code.
     *
     * @throws LakeportException when the callback is late, another user's, another issuer's, or says no
     */
    Secret code(UserCredentials.Begun begun, Map<String, String> parameters) {
        if (!begun.owner().equals(owner)) {
            throw error(
                    SignInError.SIGN_IN_FORGED,
                    "another user, or a user of another tenant, began this sign-in; someone may have been sent a link"
                            + " of somebody else, so nothing was kept. Begin again");
        }
        if (!context.clock().instant().isBefore(begun.endsAt())) {
            throw error(
                    SignInError.SIGN_IN_EXPIRED,
                    "the sign-in took longer than " + CodeFlow.LIFETIME.toMinutes() + " minutes; begin again");
        }
        String issuer = app.endpoint().issuer().toString();
        if (!parameters.getOrDefault("iss", issuer).equals(issuer)) {
            throw error(
                    SignInError.SIGN_IN_FORGED,
                    "the callback names another issuer than '" + issuer + "', where the sign-in began; nothing was"
                            + " kept. Begin again");
        }
        String refused = parameters.getOrDefault("error", "");
        if (!refused.isEmpty()) {
            throw saidNo(clean(refused), clean(parameters.getOrDefault("error_description", "")));
        }
        String code = parameters.getOrDefault("code", "");
        if (code.isBlank()) {
            throw error(
                    SignInError.SIGN_IN_FORGED,
                    "the callback carries neither a code nor an error; hand over all its parameters, decoded");
        }
        return Secret.of(code);
    }

    private LakeportException saidNo(String code, String description) {
        String said = " (" + code + (description.isEmpty() ? "" : ": " + description) + ")";
        return switch (code) {
            case "access_denied" ->
                error(SignInError.SIGN_IN_DENIED, "the user, or a policy of the account, did not allow it" + said);
            case "invalid_scope" ->
                error(
                        SignInError.WRONG_SCOPE,
                        "the OAuth application may not ask for '" + String.join(" ", app.scopes()) + "'" + said
                                + "; an account admin changes the scopes of the application, or change 'scope'");
            default ->
                error(
                        SignInError.SIGN_IN_DENIED,
                        "Databricks did not sign the user in" + said + "; an account admin can look at the"
                                + " application under 'App connections'");
        };
    }

    /** What stands in a URL, anyone can have written. */
    private static String clean(String text) {
        String one = text.replaceAll("[^\\p{Print}]+", " ").strip();
        return one.length() > LONGEST ? one.substring(0, LONGEST) + "…" : one;
    }

    /**
     * Checks the tokens, and returns the name by which Databricks knows the user, when an id token was asked for.
     *
     * @throws LakeportException SIGN_IN_FORGED when they are not for this sign-in; WRONG_SCOPE when less was granted
     */
    Optional<String> check(UserCredentials.Begun begun, TokenReply reply, TokenEndpoint asking, Deadline deadline) {
        String issuer = app.endpoint().issuer().toString();
        String from = Claims.of(reply.access().value()).map(Claims::issuer).orElse(issuer);
        if (!from.isEmpty() && !from.equals(issuer)) {
            throw error(
                    SignInError.WRONG_AUDIENCE,
                    "the token's issuer is '" + from + "' and not '" + issuer + "'; sign in at the host of this"
                            + " workspace");
        }
        if (!app.asksForIdToken()) {
            return Optional.empty();
        }
        Secret id = reply.id()
                .orElseThrow(() -> error(
                        SignInError.SIGN_IN_FORGED,
                        "scope 'openid' was asked for and no id token came, so that it cannot be known for which"
                                + " sign-in the answer is"));
        return Optional.of(new IdTokenCheck(context, asking, app.endpoint().issuer(), app.clientId())
                .subject(id, begun.nonce(), deadline));
    }

    private LakeportException error(ErrorCodeSupplier code, String what) {
        return new LakeportException(code, owner + ": " + what)
                .with("tenant", owner.tenant().value());
    }
}
