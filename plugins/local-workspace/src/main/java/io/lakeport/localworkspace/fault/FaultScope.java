package io.lakeport.localworkspace.fault;

/** Where a fault acts, which decides what a {@link FaultMatch} may ask for. */
public enum FaultScope {
    /** One HTTP request and its answer. */
    REQUEST,
    /** One statement, whichever protocol posted it. */
    STATEMENT,
    /** One use of a session. */
    SESSION,
    /** One presigned link when it is issued. */
    LINK,
    /** One call of the Thrift protocol. */
    THRIFT
}
