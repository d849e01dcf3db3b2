package io.lakeport.core.principal;

import java.util.Arrays;
import java.util.Optional;

/** What a principal may open in a workspace (Databricks documentation, "Manage entitlements"). */
public enum Entitlement {
    WORKSPACE_ACCESS("workspace-access", "Workspace access"),
    SQL_ACCESS("databricks-sql-access", "Databricks SQL access"),
    CLUSTER_CREATE("allow-cluster-create", "Unrestricted cluster creation"),
    POOL_CREATE("allow-instance-pool-create", "Allow pool creation"),
    CONSUMER_ACCESS("workspace-consume", "Consumer access");

    private final String scim;
    private final String label;

    Entitlement(String scim, String label) {
        this.scim = scim;
        this.label = label;
    }

    /** Returns the name that SCIM has for it. */
    public String scim() {
        return scim;
    }

    /** Returns the name that pages show. */
    public String label() {
        return label;
    }

    /** Returns the entitlement of that SCIM name, empty for one that is not known here. */
    public static Optional<Entitlement> of(String scim) {
        return Arrays.stream(values()).filter(value -> value.scim.equals(scim)).findFirst();
    }
}
