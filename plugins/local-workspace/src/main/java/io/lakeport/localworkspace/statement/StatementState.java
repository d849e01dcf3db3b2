package io.lakeport.localworkspace.statement;

/** State of a statement, as the Statement Execution API names it. */
public enum StatementState {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELED,
    CLOSED;

    /** Returns whether a statement stays in this state. */
    public boolean isFinal() {
        return this != PENDING && this != RUNNING;
    }
}
