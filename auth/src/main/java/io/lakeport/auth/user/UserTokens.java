package io.lakeport.auth.user;

import io.lakeport.auth.endpoint.TokenReply;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.user.ConnectionUser;
import io.lakeport.core.auth.user.UserCredential;
import io.lakeport.core.auth.user.UserCredentials;
import io.lakeport.core.auth.user.UserSession;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens of one user. What counts is what the store holds, so that hosts which share it share one session: a token
 * that another of them renewed is used, and a sign-out on one of them is seen by all within {@link #BELIEVED}.
 * Thread-safe.
 */
final class UserTokens implements TokenSource {
    static final String ACCESS = "access_token";
    static final String REFRESH = "refresh_token";
    static final String ISSUED = "access_issued_at";
    static final String ENDS = "access_ends_at";
    private static final String SCOPE = "scope";
    private static final String NAME = "signed_in_as";

    /** A call made with a token takes time as well. */
    private static final Duration MARGIN = Duration.ofSeconds(60);

    /** How long the store is not asked again. */
    private static final Duration BELIEVED = Duration.ofSeconds(5);

    /** How exactly the last use is kept. */
    private static final Duration PRECISION = Duration.ofMinutes(1);

    private final TokenSourceContext context;
    private final UserSession session;
    private final Renewal renewal;
    private volatile Optional<Seen> seen = Optional.empty();

    /** What the store held at a moment. */
    private record Seen(AccessToken token, Instant at) {}

    UserTokens(TokenSourceContext context, SignInApp app, UserSession session) {
        this.context = context;
        this.session = session;
        this.renewal = new Renewal(context, app, session);
    }

    /** Returns the credential that a sign-in brought. */
    static UserCredential credential(ConnectionUser owner, TokenReply reply, Instant now, Optional<String> name) {
        Map<String, String> properties = new HashMap<>();
        name.ifPresent(text -> properties.put(NAME, text));
        return UserCredential.obtained(
                owner, "oauth-u2m", properties(properties, reply), secrets(reply, Optional.empty()), now);
    }

    static Map<String, String> properties(Map<String, String> before, TokenReply reply) {
        Map<String, String> properties = new HashMap<>(before);
        if (!reply.scope().isEmpty()) {
            properties.put(SCOPE, reply.scope());
        }
        properties.put(ISSUED, reply.access().issuedAt().toString());
        reply.access().expiresAt().ifPresent(end -> properties.put(ENDS, end.toString()));
        return properties;
    }

    /** Returns what is kept: the new refresh token, or the old one where the service lets it serve on. */
    static Map<String, Secret> secrets(TokenReply reply, Optional<Secret> before) {
        Map<String, Secret> secrets =
                new HashMap<>(Map.of(ACCESS, reply.access().value()));
        reply.refresh().or(() -> before).ifPresent(refresh -> secrets.put(REFRESH, refresh));
        return secrets;
    }

    /** Returns a credential's access token, empty when there is none or it is over. */
    static Optional<AccessToken> good(UserCredential credential, Instant now) {
        Secret value = credential.secrets().get(ACCESS);
        String ends = credential.properties().get(ENDS);
        if (value == null || ends == null) {
            return Optional.empty();
        }
        Instant issued = Instant.parse(credential.properties().getOrDefault(ISSUED, ends));
        Instant end = Instant.parse(ends);
        // A token that lives shorter than the margin would never be usable; it gets three quarters of its life.
        Duration quarter = Duration.between(issued, end).dividedBy(4);
        Duration margin = quarter.compareTo(MARGIN) < 0 ? quarter : MARGIN;
        return now.isBefore(end.minus(margin))
                ? Optional.of(new AccessToken(value, issued, Optional.of(end)))
                : Optional.empty();
    }

    @Override
    public AccessToken token(Deadline deadline) {
        Instant now = context.clock().instant();
        Optional<Seen> before = seen;
        if (before.isPresent() && now.isBefore(before.get().at().plus(BELIEVED)) && usable(before.get(), now)) {
            return before.get().token();
        }
        UserCredentials.Kept kept = require();
        AccessToken token = good(kept.credential(), now).orElseGet(() -> renewal.renew(deadline));
        seen = Optional.of(new Seen(token, now));
        touch(now);
        return token;
    }

    private static boolean usable(Seen before, Instant now) {
        return before.token()
                .expiresAt()
                .map(end -> now.isBefore(end.minus(MARGIN)))
                .orElse(false);
    }

    private UserCredentials.Kept require() {
        UserCredentials.Kept kept = session.store().find(session.owner()).orElseThrow(() -> notSignedIn(""));
        kept.credential().ended().ifPresent(why -> {
            throw notSignedIn(": " + why);
        });
        return kept;
    }

    private LakeportException notSignedIn(String why) {
        return notSignedIn(session.owner(), why);
    }

    static LakeportException notSignedIn(ConnectionUser owner, String why) {
        return new LakeportException(
                        SignInError.USER_NOT_SIGNED_IN,
                        owner + " is not signed in" + why + "; the user must sign in to this connection (nothing is"
                                + " wrong with the connection itself)")
                .with("tenant", owner.tenant().value());
    }

    /** Writes down that it was used. When another writes at the same moment, that one knows as well as we do. */
    private void touch(Instant now) {
        session.store().find(session.owner()).ifPresent(kept -> {
            boolean known = kept.credential()
                    .lastUsedAt()
                    .filter(at -> now.isBefore(at.plus(PRECISION)))
                    .isPresent();
            if (!known) {
                Optional<Long> unused = session.store().write(kept.credential().used(now), kept.revision());
            }
        });
    }

    @Override
    public void reject(AccessToken refused) {
        seen = Optional.empty();
        session.store().find(session.owner()).ifPresent(kept -> {
            Secret current = kept.credential().secrets().get(ACCESS);
            if (current != null && current.sameValueAs(refused.value())) {
                Map<String, Secret> without = new HashMap<>(kept.credential().secrets());
                without.remove(ACCESS);
                UserCredential c = kept.credential();
                // Who was faster has renewed it or rejected it as well.
                Optional<Long> unused = session.store()
                        .write(
                                new UserCredential(
                                        c.owner(),
                                        c.method(),
                                        c.properties(),
                                        without,
                                        c.obtainedAt(),
                                        c.renewedAt(),
                                        c.lastUsedAt(),
                                        c.ended()),
                                kept.revision());
            }
        });
    }
}
