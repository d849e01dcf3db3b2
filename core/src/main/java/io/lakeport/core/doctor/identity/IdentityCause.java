package io.lakeport.core.doctor.identity;

import io.lakeport.core.doctor.Cause;
import io.lakeport.core.doctor.Fix;
import io.lakeport.core.doctor.Trouble;
import io.lakeport.core.doctor.Visit;
import java.util.List;
import java.util.function.Function;

/** What can be wrong with the credential, the identity behind it, and its way into the workspace. */
public enum IdentityCause implements Cause {
    CREDENTIAL_MALFORMED(
            Trouble.CONFIGURATION,
            "the credential is missing or was not copied whole and alone",
            IdentityFixes::credential),
    CLIENT_ID_WRONG(
            Trouble.IDENTITY,
            "the client id is not that of a service principal of this workspace's account",
            IdentityFixes::clientId),
    SECRET_WRONG(
            Trouble.IDENTITY,
            "the OAuth secret does not belong to this client id, or was deleted",
            IdentityFixes::secret),
    SECRET_EXPIRED(
            Trouble.IDENTITY,
            "the OAuth secret has reached its end date (at most 730 days); this is not the access token, which ends"
                    + " every hour and is renewed by itself, so what runs goes on for up to an hour and then stops",
            IdentityFixes::secret),
    IDENTITY_INACTIVE(
            Trouble.IDENTITY,
            "the user or service principal was deactivated or deleted; its credential is good and opens nothing",
            IdentityFixes::activate),
    FEDERATION_MISMATCH(
            Trouble.IDENTITY,
            "no federation policy of the account fits the token that the platform issued",
            IdentityFixes::federation),
    SCOPE_WRONG(
            Trouble.CONFIGURATION,
            "the scopes asked for do not open what is needed, or do not exist",
            IdentityFixes::scope),
    DIRECTORY_UNKNOWN(
            Trouble.CONFIGURATION, "there is no such Microsoft Entra tenant or account", IdentityFixes::directory),
    NO_MANAGED_IDENTITY(
            Trouble.CONFIGURATION,
            "this machine has no managed identity, or not the one that is configured",
            IdentityFixes::managedIdentity),
    USER_NOT_NAMED(
            Trouble.CONFIGURATION,
            "each user of this connection has a credential of his own, and none was named: nothing is wrong with it, and"
                    + " nothing beyond this can be tried",
            IdentityFixes::user),
    USER_NOT_SIGNED_IN(
            Trouble.IDENTITY, "this user has not signed in to this connection, or was signed out", IdentityFixes::user),
    TOKEN_EXPIRED(Trouble.IDENTITY, "the access token that was given has ended", IdentityFixes::token),
    TOKEN_REVOKED(
            Trouble.IDENTITY,
            "the token is this workspace's and has not ended, so it was revoked, or its owner deactivated or removed",
            IdentityFixes::token),
    TOKEN_REJECTED(
            Trouble.IDENTITY,
            "the personal access token has expired, was revoked, is another workspace's, or its owner is gone; Databricks"
                    + " says the same to all of these, so the doctor cannot tell which",
            IdentityFixes::token),
    TOKEN_FOR_ANOTHER_WORKSPACE(
            Trouble.IDENTITY, "the token was issued for another workspace, account or resource", IdentityFixes::token),
    NOT_IN_WORKSPACE(
            Trouble.RIGHTS,
            "the identity and its credential are good, and it is not assigned to this workspace",
            IdentityFixes::assign),
    ADDRESS_DENIED(
            Trouble.RIGHTS,
            "an IP access list refuses this machine's address; the credential and its rights have nothing to do with it",
            IdentityFixes::address),
    WORKSPACE_ACCESS_MISSING(
            Trouble.RIGHTS,
            "the identity lacks the entitlement 'Workspace access'",
            visit -> IdentityFixes.entitlement(visit, "workspace-access")),
    SQL_ACCESS_MISSING(
            Trouble.RIGHTS,
            "the identity lacks the entitlement 'Databricks SQL access', without which it reaches no warehouse",
            visit -> IdentityFixes.entitlement(visit, "databricks-sql-access")),
    RIGHT_MISSING(
            Trouble.RIGHTS, "the sign-in is good, and the workspace does not allow it this", IdentityFixes::right),
    PERSONAL_TOKEN_OF_A_PERSON(
            Trouble.IDENTITY,
            "the connection lives on a person's token: it ends when that person leaves, and may do all that the person may",
            IdentityFixes::servicePrincipal),
    CREDENTIAL_ENDS_SOON(Trouble.IDENTITY, "the credential works and will end within 14 days", IdentityFixes::renew);

    private final Trouble trouble;
    private final String meaning;
    private final Function<Visit, List<Fix>> fixes;

    IdentityCause(Trouble trouble, String meaning, Function<Visit, List<Fix>> fixes) {
        this.trouble = trouble;
        this.meaning = meaning;
        this.fixes = fixes;
    }

    @Override
    public Trouble trouble() {
        return trouble;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public List<Fix> fixes(Visit visit) {
        return fixes.apply(visit);
    }
}
