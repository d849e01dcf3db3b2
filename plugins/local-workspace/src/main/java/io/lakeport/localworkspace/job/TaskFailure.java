package io.lakeport.localworkspace.job;

/** A task failed; the message is for whoever looks at its run. */
final class TaskFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Result result;

    TaskFailure(String message) {
        this(message, Result.FAILED);
    }

    TaskFailure(String message, Result result) {
        super(message);
        this.result = result;
    }

    /** Returns how the task ends by it: FAILED or TIMEDOUT. */
    Result result() {
        return result;
    }
}
