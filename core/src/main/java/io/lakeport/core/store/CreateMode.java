package io.lakeport.core.store;

/** What happens when an object of that key exists already. */
public enum CreateMode {
    /** It is replaced, in one step. */
    REPLACE,
    /** The commit fails with CONFLICT (code OBJECT_EXISTS), and the existing object stays as it is. */
    FAIL_IF_EXISTS
}
