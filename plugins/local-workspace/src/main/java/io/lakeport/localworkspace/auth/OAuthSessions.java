package io.lakeport.localworkspace.auth;

import io.lakeport.localworkspace.state.StateFiles;
import io.lakeport.localworkspace.state.StoredObjects;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who signed in to which application, and its refresh tokens, by hash only. A refresh token serves once and is replaced;
 * one that comes a second time was stolen or lost, so it ends the whole session (RFC 9700, 4.14.2). Thread-safe.
 */
final class OAuthSessions {
    private final StoredObjects stored;
    private final Clock clock;
    private final IssuedTokens issued = new IssuedTokens();

    OAuthSessions(StateFiles state, Clock clock) {
        this.stored = new StoredObjects(state, "oauth-sessions");
        this.clock = clock;
    }

    IssuedTokens issued() {
        return issued;
    }

    /** A session with the text of its newest refresh token, which is not kept. */
    record Refreshed(OAuthSession session, String refreshToken) {}

    /** Begins a session. */
    synchronized Refreshed begin(String id, Principal user, OAuthApp app, Set<String> scopes) {
        String token = newToken();
        Instant now = clock.instant();
        OAuthSession session = new OAuthSession(
                id,
                user.id(),
                app.clientId(),
                scopes,
                now,
                CredentialText.hash(token),
                now.plus(app.policy().refresh()),
                List.of());
        stored.put(session.id(), session.toJson());
        return new Refreshed(session, token);
    }

    static String newId() {
        return UUID.randomUUID().toString();
    }

    private static String newToken() {
        return "doau" + CredentialText.urlSafe(40);
    }

    /**
     * Takes a refresh token in and gives the next one out.
     *
     * @throws OAuthError invalid_grant when it is unknown, has ended, was used before or is another application's
     */
    synchronized Refreshed refresh(String token, OAuthApp app) {
        String hash = CredentialText.hash(token);
        OAuthSession session = find(hash).orElseThrow(OAuthSessions::invalid);
        if (!session.clientId().equals(app.clientId())) {
            throw invalid();
        }
        if (!session.currentHash().equals(hash)) {
            end(session.id());
            throw invalid();
        }
        Instant now = clock.instant();
        if (!session.currentEndsAt().isAfter(now) || isOver(session, app.policy(), now)) {
            throw invalid();
        }
        if (!app.policy().singleUse()) {
            return new Refreshed(session, token);
        }
        String next = newToken();
        OAuthSession moved =
                session.next(CredentialText.hash(next), now.plus(app.policy().refresh()));
        stored.put(moved.id(), moved.toJson());
        return new Refreshed(moved, next);
    }

    private static boolean isOver(OAuthSession session, TokenPolicy policy, Instant now) {
        return policy.session()
                .filter(life -> !session.startedAt().plus(life).isAfter(now))
                .isPresent();
    }

    /** The service tells clients no more than this, so that they can know it by its text. */
    private static OAuthError invalid() {
        return OAuthError.invalidGrant("Refresh token is invalid");
    }

    private Optional<OAuthSession> find(String hash) {
        return stored.all().stream()
                .map(OAuthSession::read)
                .filter(session -> session.currentHash().equals(hash)
                        || session.usedHashes().contains(hash))
                .max(Comparator.comparing(OAuthSession::startedAt));
    }

    /** Ends a session with every token that came from it. */
    synchronized void end(String id) {
        stored.remove(id);
        issued.revokeIf(token -> token.session().equals(id));
    }

    /** Ends the session of a refresh token, if it has one. */
    synchronized void endOf(String refreshToken) {
        find(CredentialText.hash(refreshToken)).ifPresent(session -> end(session.id()));
    }

    /** Ends every session of a principal, and every access token. */
    synchronized void revokeAll(long principalId) {
        stored.all().stream()
                .map(OAuthSession::read)
                .filter(session -> session.principalId() == principalId)
                .forEach(session -> stored.remove(session.id()));
        issued.revokeIf(token -> token.principalId() == principalId);
    }
}
