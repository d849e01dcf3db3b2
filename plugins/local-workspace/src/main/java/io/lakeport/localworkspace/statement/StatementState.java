package io.lakeport.localworkspace.statement;

/** State of a statement, as the Statement Execution API names it. */
public enum StatementState {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELED,
    CLOSED
}
