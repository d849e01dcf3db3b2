package io.lakeport.core.auth.user;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Port: keeps users' credentials, and the sign-ins that users have begun. Hosts that share it see one another's writes
 * at once. It seals secrets before they leave the process. Thread-safe; calls block.
 */
public interface UserCredentials {
    /**
     * A credential as it was read.
     *
     * @param credential what it was
     * @param revision positive; another after every write
     */
    record Kept(UserCredential credential, long revision) {}

    /** Returns a user's credential. */
    Optional<Kept> find(ConnectionUser owner);

    /** Returns a user's credentials on these tenants' connections, ordered by tenant. */
    List<UserCredential> of(UserId user, Collection<TenantId> tenants);

    /** Returns the credentials of all users on a tenant's connection, ordered by user. */
    List<UserCredential> of(TenantId tenant);

    /**
     * Writes a credential if nobody else did since it was read.
     *
     * @param expected revision that was read; 0 when there must be none
     * @return the new revision, empty when another was there
     */
    Optional<Long> write(UserCredential credential, long expected);

    /** Forgets a user's credential; returns whether there was one. */
    boolean remove(ConnectionUser owner);

    /**
     * Takes the right to renew a credential, alone among all threads and hosts.
     *
     * @param life after which it ends by itself, because a host may die with it
     * @return empty while another has it
     */
    Optional<Claim> claim(ConnectionUser owner, Duration life);

    /** The right to renew a credential. */
    interface Claim extends AutoCloseable {
        /** Gives it back; idempotent. */
        @Override
        void close();
    }

    /**
     * A sign-in on its way through the browser.
     *
     * @param stateHash hash of the state by which it comes back; the state itself is not kept
     * @param owner who began it, on which connection
     * @param redirect where the browser comes back to
     * @param scope what was asked for
     * @param nonce what an id token must repeat
     * @param verifier PKCE's
     * @param endsAt from when on it is refused
     */
    record Begun(
            String stateHash,
            ConnectionUser owner,
            String redirect,
            String scope,
            Secret nonce,
            Secret verifier,
            Instant endsAt) {}

    /** What became of a state that comes back. */
    enum Coming {
        /** It comes for the first time. */
        FIRST,
        /** It came before. */
        AGAIN,
        /** It was never given out, or so long ago that it is forgotten. */
        UNKNOWN
    }

    /**
     * A state that came back.
     *
     * @param coming whether it came before
     * @param begun what it belongs to, present when it comes for the first time
     */
    record Returned(Coming coming, Optional<Begun> begun) {}

    /**
     * Forgets the credentials of all users of a tenant, and the sign-ins that they have begun.
     *
     * @return how many credentials and sign-ins
     */
    default long forget(TenantId tenant) {
        throw new LakeportException(
                CoreError.NOT_SUPPORTED,
                "these credentials cannot be removed by tenant; remove those of '" + tenant + "' where they are kept");
    }

    /** Keeps a sign-in until its end. */
    void begin(Begun begun);

    /** Takes a sign-in out, once whoever asks: of many that ask at a time, one gets it. */
    Returned take(String stateHash);
}
