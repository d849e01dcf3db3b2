package io.lakeport.localworkspace.auth;

import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;

/**
 * Guards what controls the workspace itself: only the principal that it was started with may.
 *
 * @param tokens finds out who calls
 * @param owner the start-up principal
 */
public record OwnerCheck(TokenService tokens, Principal owner) {
    /**
     * Lets the start-up principal pass.
     *
     * @throws ApiException 401 or 403 for everyone else
     */
    public void require(Exchange exchange) {
        if (!tokens.authenticate(exchange).equals(owner)) {
            throw new ApiException(
                    403, "PERMISSION_DENIED", "Only the principal that the workspace was started with may use this.");
        }
    }
}
