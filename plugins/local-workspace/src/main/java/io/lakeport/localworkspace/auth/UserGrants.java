package io.lakeport.localworkspace.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** A user's code becomes tokens, and a refresh token new ones. */
final class UserGrants {
    private final Identities identities;
    private final TokenService tokens;
    private final OAuthApps apps;
    private final AuthorizationCodes codes;

    UserGrants(Identities identities, TokenService tokens, OAuthApps apps, AuthorizationCodes codes) {
        this.identities = identities;
        this.tokens = tokens;
        this.apps = apps;
        this.codes = codes;
    }

    ObjectNode code(TokenRequest request) throws JsonProcessingException {
        OAuthApp app = app(request);
        String text = request.required("code");
        AuthorizationCodes.Code code = codes.take(text).orElseThrow(() -> replayed(text));
        String redirect = request.form().value("redirect_uri").orElse("");
        if (!code.clientId().equals(app.clientId())
                || !code.redirectUrl().equals(redirect)
                || !code.audience().equals(request.realm().audience())) {
            throw invalidCode();
        }
        requireVerifier(code, request.required("code_verifier"));
        TokenService.Grant grant = grant(code.user(), app, code.scopes(), code.session());
        ObjectNode answer = tokens.issue(grant, request.realm());
        if (code.scopes().contains(Scopes.OFFLINE)) {
            answer.put(
                    "refresh_token",
                    identities
                            .sessions()
                            .begin(code.session(), code.user(), app, code.scopes())
                            .refreshToken());
        }
        return withIdToken(answer, grant, request.realm(), code.nonce());
    }

    /** A code that comes twice was stolen, so whatever it brought ends (RFC 6749, 4.1.2). */
    private OAuthError replayed(String text) {
        codes.sessionOfSpent(text).ifPresent(identities.sessions()::end);
        return invalidCode();
    }

    private static OAuthError invalidCode() {
        return OAuthError.invalidGrant("The authorization code is invalid or has expired");
    }

    private static void requireVerifier(AuthorizationCodes.Code code, String verifier) {
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(CredentialText.sha256(verifier));
        if (!challenge.equals(code.challenge())) {
            throw OAuthError.invalidGrant("The code_verifier does not match the code_challenge");
        }
    }

    ObjectNode refresh(TokenRequest request) throws JsonProcessingException {
        OAuthApp app = app(request);
        OAuthSessions.Refreshed refreshed = identities.sessions().refresh(request.required("refresh_token"), app);
        OAuthSession session = refreshed.session();
        Principal user = identities
                .find(session.principalId())
                .filter(identities::isActive)
                .orElseThrow(() -> OAuthError.invalidGrant("Refresh token is invalid"));
        Set<String> scopes = request.form()
                .value("scope")
                .map(text -> Scopes.parse(text, session.scopes()))
                .orElse(session.scopes());
        TokenService.Grant grant = grant(user, app, scopes, session.id());
        ObjectNode answer = tokens.issue(grant, request.realm()).put("refresh_token", refreshed.refreshToken());
        return withIdToken(answer, grant, request.realm(), "");
    }

    private OAuthApp app(TokenRequest request) {
        if (request.clientId().isEmpty()) {
            throw OAuthError.missing("client_id");
        }
        OAuthApp app = apps.client(request.clientId()).orElseThrow(() -> OAuthError.unknownApp(request.clientId()));
        if (!app.accepts(request.clientSecret())) {
            throw OAuthError.invalidClient(SecretCheck.WRONG_SECRET.description());
        }
        return app;
    }

    private static TokenService.Grant grant(Principal user, OAuthApp app, Set<String> scopes, String session) {
        return new TokenService.Grant(
                user, app.clientId(), scopes, session, app.policy().access());
    }

    private ObjectNode withIdToken(ObjectNode answer, TokenService.Grant grant, Realm realm, String nonce)
            throws JsonProcessingException {
        return grant.scopes().contains(Scopes.OPENID)
                ? answer.put("id_token", tokens.idToken(grant, realm, nonce))
                : answer;
    }

    static Optional<String> challenge(String method, String challenge) {
        return method.equals("S256") && challenge.matches("[A-Za-z0-9_-]{43}")
                ? Optional.of(challenge)
                : Optional.empty();
    }
}
