package io.lakeport.auth.user;

import io.lakeport.auth.endpoint.TokenEndpoint;
import io.lakeport.auth.endpoint.TokenForm;
import io.lakeport.auth.endpoint.TokenReply;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.user.SignInStart;
import io.lakeport.core.auth.user.UserCredential;
import io.lakeport.core.auth.user.UserCredentials;
import io.lakeport.core.auth.user.UserSession;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The authorization code flow with PKCE (RFC 6749, 7636; OpenID Connect Core 3.1), from the start to the tokens. */
final class CodeFlow {
    /** A person signs in, perhaps with a second factor; nobody needs longer. */
    static final Duration LIFETIME = Duration.ofMinutes(10);

    private final TokenSourceContext context;
    private final SignInApp app;

    CodeFlow(TokenSourceContext context, SignInApp app) {
        this.context = context;
        this.app = app;
    }

    SignInStart start(UserSession session, URI redirect) {
        String back = app.requireRedirect(redirect);
        String state = RandomText.urlSafe();
        Secret nonce = Secret.of(RandomText.urlSafe());
        Secret verifier = Secret.of(RandomText.urlSafe());
        Instant end = context.clock().instant().plus(LIFETIME);
        String scope = String.join(" ", app.scopes());
        session.store()
                .begin(new UserCredentials.Begun(
                        RandomText.hash(state), session.owner(), back, scope, nonce, verifier, end));
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", app.clientId());
        query.put("redirect_uri", back);
        query.put("scope", scope);
        query.put("state", state);
        query.put("code_challenge", RandomText.challenge(verifier));
        query.put("code_challenge_method", "S256");
        if (app.asksForIdToken()) {
            query.put("nonce", nonce.reveal());
        }
        return new SignInStart(URI.create(app.endpoint().authorizeEndpoint() + "?" + encode(query)), state, end);
    }

    private static String encode(Map<String, String> query) {
        StringBuilder text = new StringBuilder();
        query.forEach((name, value) -> text.append(text.length() == 0 ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return text.toString();
    }

    UserCredential end(
            UserSession session, UserCredentials.Begun begun, Map<String, String> parameters, Deadline deadline) {
        Callback callback = new Callback(context, app, session.owner());
        Secret code = callback.code(begun, parameters);
        TokenForm form = TokenForm.of("authorization_code")
                .secret("code", code)
                .put("redirect_uri", begun.redirect())
                .secret("code_verifier", begun.verifier());
        TokenEndpoint asking = new TokenEndpoint(
                context,
                "token.u2m.code",
                "a Databricks workspace or account",
                refusal -> UserRefusals.ofCode(refusal, app));
        TokenReply reply = app.endpoint().token(asking, app.identify(form), deadline);
        Optional<String> name = callback.check(begun, reply, asking, deadline);
        UserCredential credential =
                UserTokens.credential(session.owner(), reply, context.clock().instant(), name);
        keep(session, credential);
        return credential;
    }

    /** The newest sign-in counts, whatever was there; another one at the same moment is as good as this. */
    private static void keep(UserSession session, UserCredential credential) {
        for (int attempt = 0; attempt < 10; attempt++) {
            long there = session.store()
                    .find(session.owner())
                    .map(UserCredentials.Kept::revision)
                    .orElse(0L);
            if (session.store().write(credential, there).isPresent()) {
                return;
            }
        }
        throw new LakeportException(
                SignInError.SIGN_IN_REPLAYED, session.owner() + " signs in many times at once; begin again, once");
    }
}
