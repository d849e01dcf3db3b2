package io.lakeport.localworkspace.job;

/** Where a task or a run stands, as {@code life_cycle_state} names it. */
enum TaskState {
    QUEUED,
    BLOCKED,
    PENDING,
    RUNNING,
    WAITING_FOR_RETRY,
    TERMINATING,
    TERMINATED,
    SKIPPED,
    INTERNAL_ERROR;

    boolean isEnd() {
        return this == TERMINATED || this == SKIPPED || this == INTERNAL_ERROR;
    }

    /** Returns the name in the newer {@code status} object. */
    String newerName() {
        return switch (this) {
            case WAITING_FOR_RETRY -> "WAITING";
            case SKIPPED, INTERNAL_ERROR -> "TERMINATED";
            default -> name();
        };
    }
}
