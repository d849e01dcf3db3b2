package io.lakeport.localworkspace.auth;

/**
 * For which part of Databricks tokens are issued: this workspace or its account.
 *
 * @param issuer URL under which its endpoints stand, on the host by which the client reached us
 * @param audience id of the workspace or the account
 */
record Realm(String issuer, String audience) {
    static final String ACCOUNT_PATH = "/oidc/accounts/" + WorkspaceIdentity.ACCOUNT_ID;

    static Realm workspace(String base) {
        return new Realm(base + "/oidc", WorkspaceIdentity.WORKSPACE_ID);
    }

    static Realm account(String base) {
        return new Realm(base + ACCOUNT_PATH, WorkspaceIdentity.ACCOUNT_ID);
    }
}
