package io.lakeport.core.doctor.identity;

import io.lakeport.core.doctor.Fix;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.doctor.Who;
import java.util.List;
import java.util.Optional;

/** What to do about credentials and identities. */
final class IdentityFixes {
    private static final String SCIM = "/api/2.0/preview/scim/v2/";
    private static final String PATCH =
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[";
    private static final String SECRETS =
            "/api/2.0/accounts/servicePrincipals/<id of the service principal>/credentials/secrets";

    private IdentityFixes() {}

    static List<Fix> credential(Visit visit) {
        return List.of(
                Fix.manual("give the setting that the result names again, whole and without white space", Who.HOST));
    }

    static List<Fix> clientId(Visit visit) {
        return List.of(Fix.manual(
                "copy 'Application ID' from the service principal's page into 'client_id' (on Azure not the object id)",
                Who.WORKSPACE_ADMIN + " can read it"));
    }

    static List<Fix> secret(Visit visit) {
        return List.of(Fix.manual(
                "generate a new OAuth secret on the service principal's 'Secrets' tab (or by POST " + SECRETS
                        + "), set 'client_secret', and note its end date",
                Who.SECRET_MANAGER));
    }

    static List<Fix> activate(Visit visit) {
        return List.of(Fix.manual(
                "activate it again in the account console (or by PATCH " + SCIM + "ServicePrincipals/<id> with " + PATCH
                        + "{\"op\":\"replace\",\"path\":\"active\",\"value\":true}]})",
                Who.ACCOUNT_ADMIN + ", or a workspace admin for this workspace"));
    }

    static List<Fix> federation(Visit visit) {
        return List.of(Fix.manual(
                "give the service principal a federation policy with the issuer, subject and audience that the result"
                        + " names",
                Who.ACCOUNT_ADMIN));
    }

    static List<Fix> scope(Visit visit) {
        return List.of(Fix.manual("leave 'scope' out, which asks for 'all-apis'", Who.HOST));
    }

    static List<Fix> directory(Visit visit) {
        return List.of(Fix.manual("correct the id of the directory or account", Who.HOST));
    }

    static List<Fix> managedIdentity(Visit visit) {
        return List.of(Fix.manual("assign the managed identity to this machine", "an owner of the Azure resource"));
    }

    static List<Fix> user(Visit visit) {
        return List.of(Fix.manual(
                "let the user sign in (or enter a credential), then run the doctor for that user", "that user"));
    }

    static List<Fix> token(Visit visit) {
        if (visit.tenant().identity().method().equals("pat")) {
            return List.of(Fix.manual(
                    "look at 'Settings > Developer > Access tokens' of the token's owner in this workspace, create a new"
                            + " one, and set 'token'; better, use a service principal with OAuth",
                    "the owner of the token"));
        }
        return List.of(Fix.manual(
                "sign in again at this workspace; if the new token is refused as well, look whether the identity is"
                        + " active and in the workspace",
                Who.WORKSPACE_ADMIN));
    }

    static List<Fix> assign(Visit visit) {
        Optional<String> id = clientId(visit.tenant().identity().properties().get("client_id"));
        return id.map(application -> List.of(
                        Fix.rest(
                                "POST",
                                SCIM + "ServicePrincipals",
                                "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:ServicePrincipal\"],\"applicationId\":\""
                                        + application + "\"}",
                                Who.WORKSPACE_ADMIN),
                        Fix.manual(
                                "or assign it on 'Workspaces > Permissions' of the account console",
                                Who.ACCOUNT_ADMIN)))
                .orElseGet(() -> List.of(Fix.manual(
                        "add the identity to the workspace on 'Settings > Identity and access'", Who.WORKSPACE_ADMIN)));
    }

    private static Optional<String> clientId(@org.jspecify.annotations.Nullable String given) {
        return Optional.ofNullable(given).filter(text -> text.matches("[0-9a-fA-F-]{36}"));
    }

    static List<Fix> address(Visit visit) {
        return List.of(Fix.manual(
                "add this machine's egress address to an IP access list of type ALLOW, and see that no BLOCK list holds it"
                        + " (GET /api/2.0/ip-access-lists)",
                Who.WORKSPACE_ADMIN + ", or an account admin for the account's own list"));
    }

    /** The call for one address, complete. */
    static List<Fix> address(String address) {
        return List.of(
                Fix.rest(
                        "POST",
                        "/api/2.0/ip-access-lists",
                        "{\"label\":\"lakeport\",\"list_type\":\"ALLOW\",\"ip_addresses\":[\"" + address + "\"]}",
                        Who.WORKSPACE_ADMIN + " from an address that is allowed"),
                Fix.manual(
                        "if a list of type BLOCK holds the address, take it out there (GET /api/2.0/ip-access-lists)",
                        Who.WORKSPACE_ADMIN));
    }

    static List<Fix> entitlement(Visit visit, String entitlement) {
        return List.of(visit.noted(ScimIdentity.class)
                .map(me -> Fix.rest(
                        "PATCH",
                        SCIM + (me.servicePrincipal() ? "ServicePrincipals/" : "Users/") + me.id(),
                        PATCH + "{\"op\":\"add\",\"path\":\"entitlements\",\"value\":[{\"value\":\"" + entitlement
                                + "\"}]}]}",
                        Who.WORKSPACE_ADMIN))
                .orElseGet(() -> Fix.manual(
                        "give it the entitlement '" + entitlement + "' on 'Settings > Identity and access'",
                        Who.WORKSPACE_ADMIN)));
    }

    static List<Fix> right(Visit visit) {
        return List.of(Fix.manual("grant what the result names", Who.WORKSPACE_ADMIN));
    }

    static List<Fix> servicePrincipal(Visit visit) {
        return List.of(Fix.manual(
                "create a service principal with an OAuth secret, give it the same rights, and use method 'oauth-m2m'",
                Who.ACCOUNT_ADMIN));
    }

    static List<Fix> renew(Visit visit) {
        return visit.tenant().identity().method().equals("pat") ? token(visit) : secret(visit);
    }
}
