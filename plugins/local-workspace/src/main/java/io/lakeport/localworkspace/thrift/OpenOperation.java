package io.lakeport.localworkspace.thrift;

/** What a statement's operation remembers between two calls. Thread-safe. */
final class OpenOperation {
    private static final int FETCH_PRIOR = 1;
    private static final int FETCH_FIRST = 4;

    private final RowsForm.Client client;
    private final long timeoutSeconds;
    private long next;
    private long last;
    private boolean timedOut;

    OpenOperation(RowsForm.Client client, long timeoutSeconds) {
        this.client = client;
        this.timeoutSeconds = timeoutSeconds;
    }

    RowsForm.Client client() {
        return client;
    }

    long timeoutSeconds() {
        return timeoutSeconds;
    }

    /**
     * Returns the first row of a fetch.
     *
     * @param orientation TFetchOrientation
     * @param offset row that the client asks for, negative for none
     */
    synchronized long start(int orientation, long offset) {
        if (orientation == FETCH_FIRST) {
            return 0;
        }
        if (orientation == FETCH_PRIOR) {
            return last;
        }
        return offset >= 0 ? offset : next;
    }

    synchronized void moved(long from, long to) {
        last = from;
        next = to;
    }

    synchronized void timeOut() {
        timedOut = true;
    }

    synchronized boolean isTimedOut() {
        return timedOut;
    }
}
