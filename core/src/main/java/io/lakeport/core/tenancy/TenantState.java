package io.lakeport.core.tenancy;

/** Where a tenant stands in its life. */
public enum TenantState {
    /** It can be used. */
    ACTIVE,
    /** Nothing is done for it until it is resumed; everything of it is kept. */
    SUSPENDED,
    /** It is being deleted, and can only be deleted to the end. */
    DELETING,
    /** It is gone. What is left is its id, so that nobody takes it again, and the proof. */
    DELETED
}
