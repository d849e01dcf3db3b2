package io.lakeport.localworkspace.http;

/** What the log of requests wants to know beyond method, path and status; told by whoever finds it out. */
public enum Note {
    /** Name of the principal that called. */
    PRINCIPAL,
    /** Id of the statement that was posted. */
    STATEMENT,
    /** Id of a planned fault that fired; the last one counts. */
    FAULT
}
