package io.lakeport.auth.user;

import io.lakeport.auth.endpoint.Refusal;
import io.lakeport.auth.endpoint.TokenEndpoint;
import io.lakeport.auth.endpoint.TokenForm;
import io.lakeport.auth.endpoint.TokenReply;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.user.UserCredential;
import io.lakeport.core.auth.user.UserCredentials;
import io.lakeport.core.auth.user.UserSession;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Renews a user's access token by a refresh token that serves once. To use it twice would end the user's session, so
 * that only who holds the claim uses it, and what it brings is in the store before anyone sees it. Whoever comes
 * meanwhile, on this host or another, waits and takes what the first one brought. Thread-safe.
 */
final class Renewal {
    /** Longer than an exchange may take, so that a claim ends by itself only when its holder is dead. */
    private static final Duration CLAIM = Duration.ofSeconds(90);

    private static final Duration EXCHANGE = Duration.ofSeconds(45);
    private static final long FIRST_WAIT_MILLIS = 20;
    private static final long LONGEST_WAIT_MILLIS = 250;

    private final TokenSourceContext context;
    private final SignInApp app;
    private final UserSession session;

    /** Keeps the threads of this host from asking the store all at once. */
    private final ReentrantLock here = new ReentrantLock();

    Renewal(TokenSourceContext context, SignInApp app, UserSession session) {
        this.context = context;
        this.app = app;
        this.session = session;
    }

    AccessToken renew(Deadline deadline) {
        String what = "renewing the token of " + session.owner();
        try {
            if (!here.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw Deadline.expired(what);
            }
            try {
                return renewed(deadline, what);
            } finally {
                here.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeportException(CoreError.INTERRUPTED, what + " was interrupted", e);
        }
    }

    private AccessToken renewed(Deadline deadline, String what) throws InterruptedException {
        for (long wait = FIRST_WAIT_MILLIS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS)) {
            Optional<AccessToken> ready = good(current());
            if (ready.isPresent()) {
                return ready.get();
            }
            Optional<UserCredentials.Claim> claim = session.store().claim(session.owner(), CLAIM);
            if (claim.isPresent()) {
                try {
                    // Again, now that nobody else can be at it.
                    UserCredentials.Kept kept = current();
                    Optional<AccessToken> fresh = good(kept);
                    return fresh.isPresent() ? fresh.get() : exchange(kept, deadline);
                } finally {
                    claim.get().close();
                }
            }
            deadline.check(what);
            Thread.sleep(wait);
        }
    }

    private Optional<AccessToken> good(UserCredentials.Kept kept) {
        return UserTokens.good(kept.credential(), context.clock().instant());
    }

    private UserCredentials.Kept current() {
        UserCredentials.Kept kept = session.store()
                .find(session.owner())
                .orElseThrow(() -> UserTokens.notSignedIn(session.owner(), ": the sign-in was revoked meanwhile"));
        kept.credential().ended().ifPresent(why -> {
            throw UserTokens.notSignedIn(session.owner(), ": " + why);
        });
        return kept;
    }

    private AccessToken exchange(UserCredentials.Kept kept, Deadline deadline) {
        UserCredential before = kept.credential();
        Secret refresh = before.secrets().get(UserTokens.REFRESH);
        if (refresh == null) {
            throw UserTokens.notSignedIn(
                    session.owner(),
                    ": the token has ended, and scope 'offline_access' was not granted, so it cannot be renewed");
        }
        TokenReply reply;
        try {
            reply = ask(before, refresh, deadline.atMost(EXCHANGE));
        } catch (LakeportException e) {
            if (e.is(SignInError.TOKEN_EXPIRED) || e.is(SignInError.TOKEN_REVOKED)) {
                end(kept, e);
            }
            throw e;
        }
        return keep(kept, reply, refresh, deadline);
    }

    private TokenReply ask(UserCredential before, Secret refresh, Deadline deadline) {
        Refusal.Meaning meaning = refusal ->
                UserRefusals.ofRefresh(refusal, app, before, context.clock().instant());
        TokenEndpoint asking =
                new TokenEndpoint(context, "token.u2m.refresh", "a Databricks workspace or account", meaning);
        TokenForm form = TokenForm.of("refresh_token").secret("refresh_token", refresh);
        return app.endpoint().token(asking, app.identify(form), deadline);
    }

    /** The new refresh token is on disk before the access token is used: the old one is worth nothing from now on. */
    private AccessToken keep(UserCredentials.Kept kept, TokenReply reply, Secret old, Deadline deadline) {
        Instant now = context.clock().instant();
        UserCredentials.Kept at = kept;
        while (true) {
            UserCredential before = at.credential();
            UserCredential next = before.renewed(
                    UserTokens.properties(before.properties(), reply),
                    UserTokens.secrets(reply, Optional.of(old)),
                    now);
            if (session.store().write(next, at.revision()).isPresent()) {
                return reply.access();
            }
            // Somebody noted a use, or took the credential away, or the user signed in anew.
            Optional<UserCredentials.Kept> there = session.store().find(session.owner());
            Secret theirs = there.map(k -> k.credential().secrets().get(UserTokens.REFRESH))
                    .orElse(null);
            if (there.isEmpty() || theirs == null || !theirs.sameValueAs(old)) {
                new Revocation(context, app).quietly(reply, deadline);
                return good(current())
                        .orElseThrow(() -> UserTokens.notSignedIn(session.owner(), ": it was replaced meanwhile"));
            }
            at = there.get();
        }
    }

    private void end(UserCredentials.Kept kept, LakeportException why) {
        String text = why.is(SignInError.TOKEN_EXPIRED)
                ? "the refresh token has expired"
                : "Databricks refuses the refresh token, it was revoked or used elsewhere";
        // When another wrote meanwhile, what it wrote counts.
        Optional<Long> unused = session.store().write(kept.credential().ended(text), kept.revision());
    }
}
