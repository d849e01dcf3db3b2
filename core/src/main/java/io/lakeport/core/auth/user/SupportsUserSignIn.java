package io.lakeport.core.auth.user;

import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.util.Map;

/**
 * A {@link io.lakeport.core.auth.TokenSourceProvider} whose users sign in by a browser. Its sources keep tokens in the
 * user's credential themselves, and are not cached by the caller. Contexts given to it name a user.
 */
public interface SupportsUserSignIn {
    /**
     * Begins a sign-in; no network call is made.
     *
     * @param redirect where the browser comes back to, exactly as it is registered
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST when settings or redirect cannot be used
     */
    SignInStart start(TokenSourceContext context, URI redirect);

    /**
     * Ends a sign-in: checks what came back, fetches the tokens and keeps them as the user's credential.
     *
     * @param begun what {@link UserCredentials#take} gave for the state
     * @param parameters the query of the callback, decoded
     * @throws io.lakeport.core.error.LakeportException with a {@link io.lakeport.core.auth.SignInError} that says
     *     what is wrong; the user's earlier credential, if there was one, is as it was
     */
    UserCredential callback(
            TokenSourceContext context, UserCredentials.Begun begun, Map<String, String> parameters, Deadline deadline);

    /**
     * Has Databricks end what the user's credential opened. The caller forgets the credential, whatever this returns.
     *
     * @return false when the service knows no such thing, so that access ends with the token that is out
     */
    boolean revoke(TokenSourceContext context, UserCredential credential, Deadline deadline);
}
