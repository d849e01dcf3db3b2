package io.lakeport.core.tenant;

/** Whether a tenant may be written to. */
public enum AccessProfile {
    /** Statements that read only. */
    READ,
    /** Reading, and writing results back to the tenant's catalog. */
    WRITE_BACK
}
