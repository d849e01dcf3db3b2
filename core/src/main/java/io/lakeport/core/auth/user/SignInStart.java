package io.lakeport.core.auth.user;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;

/**
 * A sign-in that was begun.
 *
 * @param url where the host sends the user's browser; it carries no secret
 * @param state by which the callback will be known; a host that keeps sessions may bind it to the browser's
 * @param endsAt from when on the callback is refused
 */
public record SignInStart(URI url, String state, Instant endsAt) {
    public SignInStart {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(endsAt, "endsAt");
    }
}
