package io.lakeport.core.query;

/** Optional powers of a {@link Warehouse}. */
public enum WarehouseCapability {
    /** Named parameters are bound by the server. */
    NAMED_PARAMETERS,
    /** Statements carry query tags, and a lost outcome can be looked up by them. */
    OUTCOME_LOOKUP,
    /** Nested types arrive as Arrow values; otherwise as JSON text. */
    NATIVE_NESTED_TYPES,
    /** The result of a statement can be read again, by any process, while it lives. */
    REATTACH
}
