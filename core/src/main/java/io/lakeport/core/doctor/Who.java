package io.lakeport.core.doctor;

/** Who can do what a fix asks for; account, workspace and metastore have different admins. */
public final class Who {
    /** Whoever runs the program that embeds Lakeport. */
    public static final String HOST = "whoever runs this host";
    /** The network team of that host. */
    public static final String NETWORK = "the network team of this host";
    /** An admin of the Databricks account. */
    public static final String ACCOUNT_ADMIN = "an account admin";
    /** An admin of the workspace. */
    public static final String WORKSPACE_ADMIN = "a workspace admin";
    /** An admin of the metastore, which is neither of the two. */
    public static final String METASTORE_ADMIN = "a metastore admin";
    /** Somebody with CAN MANAGE on the warehouse. */
    public static final String WAREHOUSE_MANAGER = "somebody with CAN MANAGE on the warehouse, or a workspace admin";
    /** Who can make secrets for a service principal. */
    public static final String SECRET_MANAGER = "an account admin, or a manager of the service principal";
    /** Only Databricks. */
    public static final String DATABRICKS = "nobody but Databricks";

    private Who() {}
}
