package io.lakeport.core.tenant;

/** How tenants that share a workspace are kept apart. */
public enum Isolation {
    /** One principal serves several tenants; the scope of each tenant alone keeps them apart. */
    SHARED_CREDENTIALS,
    /** Each tenant has a principal of its own. */
    SEPARATE_CREDENTIALS,
    /** Tenants share a schema; rows are kept apart by the rights of each tenant's principal. */
    SHARED_SCHEMA_WITH_ROLES,
    /** A mixture, decided for each resource. */
    HYBRID
}
