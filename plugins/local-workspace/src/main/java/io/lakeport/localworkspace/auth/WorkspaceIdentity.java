package io.lakeport.localworkspace.auth;

/** Ids that the workspace gives for itself; the same on every start. */
public final class WorkspaceIdentity {
    /** Numeric id of the workspace. */
    public static final String WORKSPACE_ID = "4711000000000001";
    /** Id of the account it belongs to. */
    public static final String ACCOUNT_ID = "a0000000-0000-4000-8000-00000000aaaa";

    private WorkspaceIdentity() {}
}
