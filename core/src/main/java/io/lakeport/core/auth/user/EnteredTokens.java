package io.lakeport.core.auth.user;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.TokenSourceProvider;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a user who entered a credential: the connection's settings with the user's own beside them. The store
 * is asked with every call, so that what was changed or taken away counts at once. Thread-safe.
 */
final class EnteredTokens implements TokenSource {
    private static final Duration MARGIN = Duration.ofSeconds(60);
    private static final Duration PRECISION = Duration.ofMinutes(1);

    private final TokenSourceContext context;
    private final TokenSourceProvider provider;
    private final UserSession session;
    private @Nullable Opened opened;

    /** A source that was opened for a credential, with the last token that it gave. */
    private record Opened(Map<String, Secret> secrets, TokenSource source, Optional<AccessToken> token) {}

    EnteredTokens(TokenSourceContext context, TokenSourceProvider provider, UserSession session) {
        this.context = context;
        this.provider = provider;
        this.session = session;
    }

    @Override
    public AccessToken token(Deadline deadline) {
        UserCredentials.Kept kept = session.store()
                .find(session.owner())
                .orElseThrow(() -> new LakeportException(
                                SignInError.USER_NOT_SIGNED_IN,
                                session.owner() + " has not entered a credential; the user must do so for this"
                                        + " connection (nothing is wrong with the connection itself)")
                        .with("tenant", session.owner().tenant().value()));
        AccessToken token = token(kept.credential(), deadline);
        touch(kept, context.clock().instant());
        return token;
    }

    private synchronized AccessToken token(UserCredential credential, Deadline deadline) {
        Opened now = opened;
        if (now == null || !same(now.secrets(), credential.secrets())) {
            now = new Opened(credential.secrets(), open(context, provider, credential), Optional.empty());
        }
        Instant until = context.clock().instant().plus(MARGIN);
        Optional<AccessToken> good = now.token()
                .filter(token -> token.expiresAt().map(until::isBefore).orElse(true));
        AccessToken token = good.isPresent() ? good.get() : now.source().token(deadline);
        opened = new Opened(now.secrets(), now.source(), Optional.of(token));
        return token;
    }

    private static boolean same(Map<String, Secret> one, Map<String, Secret> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream()
                        .allMatch(entry ->
                                entry.getValue().sameValueAs(other.getOrDefault(entry.getKey(), entry.getValue())));
    }

    /** Opens a source with the connection's settings and the user's own. */
    static TokenSource open(TokenSourceContext context, TokenSourceProvider provider, UserCredential credential) {
        IdentitySettings shared = context.settings();
        Map<String, String> properties = new HashMap<>(shared.properties());
        properties.putAll(credential.properties());
        Map<String, Secret> secrets = new HashMap<>(shared.secrets());
        secrets.putAll(credential.secrets());
        return provider.open(context.with(new IdentitySettings(shared.method(), properties, secrets)));
    }

    private void touch(UserCredentials.Kept kept, Instant now) {
        boolean known = kept.credential()
                .lastUsedAt()
                .filter(at -> now.isBefore(at.plus(PRECISION)))
                .isPresent();
        if (!known) {
            // When another writes at the same moment, that one knows as well as we do.
            Optional<Long> unused = session.store().write(kept.credential().used(now), kept.revision());
        }
    }

    @Override
    public synchronized void reject(AccessToken refused) {
        Opened now = opened;
        if (now != null
                && now.token()
                        .filter(token -> token.value().sameValueAs(refused.value()))
                        .isPresent()) {
            now.source().reject(refused);
            opened = new Opened(now.secrets(), now.source(), Optional.empty());
        }
    }
}
