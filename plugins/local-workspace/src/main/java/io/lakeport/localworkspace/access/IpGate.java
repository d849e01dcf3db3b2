package io.lakeport.localworkspace.access;

import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Gate;
import java.util.List;
import java.util.Optional;

/**
 * Refuses addresses that the IP access lists do not let pass. Links to results lead to cloud storage, which does not
 * know the lists, and discovery is public. Thread-safe.
 */
public final class IpGate implements Gate {
    private static final List<String> GUARDED = List.of("/api/", "/sql/", "/oidc/v1/");
    private static final List<String> ACCOUNT = List.of(
            "/api/2.0/accounts/" + WorkspaceIdentity.ACCOUNT_ID + "/",
            "/oidc/accounts/" + WorkspaceIdentity.ACCOUNT_ID + "/v1/");

    private final IpAccess lists;

    /** Creates the gate. */
    public IpGate(IpAccess lists) {
        this.lists = lists;
    }

    @Override
    public Optional<Exchange> admit(Exchange exchange) {
        String path = exchange.path();
        String address = exchange.remoteAddress();
        if (ACCOUNT.stream().anyMatch(path::startsWith)) {
            if (!lists.accountAllows(address)) {
                throw refused(address, "account: " + WorkspaceIdentity.ACCOUNT_ID);
            }
        } else if (GUARDED.stream().anyMatch(path::startsWith) && !lists.workspaceAllows(address)) {
            throw refused(address, "workspace: " + WorkspaceIdentity.WORKSPACE_ID);
        }
        return Optional.of(exchange);
    }

    private static ApiException refused(String address, String where) {
        return new ApiException(
                403, "403", "Source IP address: " + address + " is blocked by Databricks IP ACL for " + where);
    }
}
