package io.lakeport.core.credential;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of trying a credential at the workspace.
 *
 * @param works false when the workspace refuses it; true also when it could not be asked
 * @param tokenEnds when the access token ends that it got
 * @param text what was found that a person should know
 */
public record CredentialTrial(boolean works, Optional<Instant> tokenEnds, String text) {
    public CredentialTrial {
        Objects.requireNonNull(tokenEnds, "tokenEnds");
        Objects.requireNonNull(text, "text");
    }
}
