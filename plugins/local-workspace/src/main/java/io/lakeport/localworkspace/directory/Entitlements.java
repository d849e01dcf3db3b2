package io.lakeport.localworkspace.directory;

import java.util.Set;

/** The entitlements of a workspace, by the names that SCIM has for them. */
public final class Entitlements {
    /** Opens the workspace's own APIs. */
    public static final String WORKSPACE_ACCESS = "workspace-access";
    /** Opens Databricks SQL: warehouses, statements, query history. */
    public static final String SQL_ACCESS = "databricks-sql-access";
    /** Lets a principal create clusters without a policy. */
    public static final String CLUSTER_CREATE = "allow-cluster-create";
    /** Lets a principal create instance pools. */
    public static final String POOL_CREATE = "allow-instance-pool-create";
    /** Opens what others made, read-only. */
    public static final String CONSUME = "workspace-consume";

    /** Every entitlement that there is. */
    public static final Set<String> ALL = Set.of(WORKSPACE_ACCESS, SQL_ACCESS, CLUSTER_CREATE, POOL_CREATE, CONSUME);

    private Entitlements() {}
}
