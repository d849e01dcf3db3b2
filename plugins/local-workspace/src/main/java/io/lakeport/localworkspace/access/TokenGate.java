package io.lakeport.localworkspace.access;

import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Gate;
import java.util.Locale;
import java.util.Optional;

/** Refuses personal access tokens while the workspace's configuration says so. Thread-safe. */
public final class TokenGate implements Gate {
    private final WorkspaceSettings settings;

    /** Creates the gate. */
    public TokenGate(WorkspaceSettings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<Exchange> admit(Exchange exchange) {
        boolean personal = exchange.header("Authorization")
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith("bearer dapi"))
                .isPresent();
        if (personal && !settings.tokensEnabled()) {
            throw new ApiException(403, "403", "Invalid access token.");
        }
        return Optional.of(exchange);
    }
}
