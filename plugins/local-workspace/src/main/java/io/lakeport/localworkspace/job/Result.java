package io.lakeport.localworkspace.job;

/** How a task or a run ended, as {@code result_state} names it, with the codes that other places use. */
enum Result {
    SUCCESS("SUCCESS", "SUCCEEDED"),
    SUCCESS_WITH_FAILURES("SUCCESS_WITH_FAILURES", "SUCCEEDED"),
    FAILED("RUN_EXECUTION_ERROR", "FAILED"),
    TIMEDOUT("RUN_EXECUTION_ERROR", "TIMED_OUT"),
    CANCELED("USER_CANCELED", "CANCELLED"),
    UPSTREAM_FAILED("RUN_EXECUTION_ERROR", "SKIPPED"),
    UPSTREAM_CANCELED("USER_CANCELED", "SKIPPED"),
    EXCLUDED("SKIPPED", "SKIPPED"),
    DISABLED("DISABLED", "SKIPPED"),
    MAXIMUM_CONCURRENT_RUNS_REACHED("MAX_CONCURRENT_RUNS_EXCEEDED", "SKIPPED");

    private final String code;
    private final String tableState;

    Result(String code, String tableState) {
        this.code = code;
        this.tableState = tableState;
    }

    /** Returns the termination code. */
    String code() {
        return code;
    }

    /** Returns the state that the lakeflow tables have. */
    String tableState() {
        return tableState;
    }

    boolean isSuccess() {
        return this == SUCCESS || this == SUCCESS_WITH_FAILURES;
    }

    boolean isFailure() {
        return this == FAILED || this == TIMEDOUT || this == UPSTREAM_FAILED;
    }

    boolean isCancel() {
        return this == CANCELED || this == UPSTREAM_CANCELED;
    }

    /** Returns who is to blame, as {@code termination_details.type} names it. */
    String type() {
        return isSuccess() || this == EXCLUDED || this == DISABLED ? "SUCCESS" : "CLIENT_ERROR";
    }
}
