package io.lakeport.core.rotation;

import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;

/** Tries a secret where tokens are given, without anything that remembers one. Thread-safe. */
@FunctionalInterface
public interface SignInTrial {
    /**
     * Signs in.
     *
     * @throws io.lakeport.core.error.LakeportException UNAUTHENTICATED when the secret is refused; otherwise nothing is
     *     known of it
     */
    void signIn(Secret candidate, Deadline deadline);
}
