package io.lakeport.localworkspace.cloud;

import io.lakeport.localworkspace.auth.JwtSigner;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** What stands in for the identity providers of the clouds. Nothing of it outlives the process. Thread-safe. */
public final class CloudIdentities {
    private final Clock clock;
    private @Nullable EntraDirectory entra;
    private @Nullable ManagedIdentities managed;
    private @Nullable GoogleAccounts google;

    /** Creates providers that know nobody. Each is made when it is first asked for: an RSA key takes long to make. */
    public CloudIdentities(Clock clock) {
        this.clock = clock;
    }

    // Each has a key of its own: a token of one must not pass for one of another.

    /** Returns the Microsoft Entra directory that the workspace belongs to. */
    public synchronized EntraDirectory entra() {
        if (entra == null) {
            entra = new EntraDirectory(new JwtSigner(), clock);
        }
        return entra;
    }

    /** Returns the managed identities of the machine. */
    public synchronized ManagedIdentities managed() {
        if (managed == null) {
            managed = new ManagedIdentities(entra(), clock);
        }
        return managed;
    }

    /** Returns the Google service accounts. */
    public synchronized GoogleAccounts google() {
        if (google == null) {
            google = new GoogleAccounts(new JwtSigner(), clock);
        }
        return google;
    }
}
