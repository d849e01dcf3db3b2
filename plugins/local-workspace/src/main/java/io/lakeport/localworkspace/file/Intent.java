package io.lakeport.localworkspace.file;

/** What somebody is about to do with a file. */
public enum Intent {
    /** Read or list. */
    READ,
    /** Create, replace or delete. */
    WRITE
}
