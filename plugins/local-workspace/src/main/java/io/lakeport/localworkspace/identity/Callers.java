package io.lakeport.localworkspace.identity;

import io.lakeport.localworkspace.auth.Identities;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.directory.Directory;
import io.lakeport.localworkspace.directory.DirectoryEntry;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.PathValues;

/**
 * Finds out who calls, and whether it may do what only administrators may.
 *
 * @param tokens checks credentials
 * @param identities knows the principals
 */
public record Callers(TokenService tokens, Identities identities) {
    /** Returns who calls. */
    Principal any(Exchange exchange) {
        return tokens.authenticate(exchange);
    }

    /**
     * Returns who calls, an administrator of the workspace.
     *
     * @throws ApiException 403 PERMISSION_DENIED for everybody else
     */
    Principal workspaceAdmin(Exchange exchange) {
        Principal caller = any(exchange);
        if (!isWorkspaceAdmin(caller)) {
            throw denied(caller, "an administrator of the workspace");
        }
        return caller;
    }

    boolean isWorkspaceAdmin(Principal caller) {
        return directory().isWorkspaceAdmin(caller.name());
    }

    /**
     * Returns who calls, an administrator of the account.
     *
     * @param path with the variable {@code account}
     * @throws ApiException 403 PERMISSION_DENIED for everybody else, 404 for another account
     */
    Principal accountAdmin(Exchange exchange, PathValues path) {
        Principal caller = any(exchange);
        if (!path.get("account").equals(WorkspaceIdentity.ACCOUNT_ID)) {
            throw new ApiException(
                    404, "RESOURCE_DOES_NOT_EXIST", "Account " + path.get("account") + " does not exist.");
        }
        DirectoryEntry entry = directory().find(caller.id()).orElseThrow(() -> denied(caller, "there"));
        if (!directory().isAccountAdmin(entry)) {
            throw denied(caller, "an administrator of the account");
        }
        return caller;
    }

    Directory directory() {
        return identities.directory();
    }

    private static ApiException denied(Principal caller, String what) {
        return new ApiException(403, "PERMISSION_DENIED", caller.name() + " is not " + what + ".");
    }
}
