package io.lakeport.localworkspace.file;

/** Decides who may use which files. Thread-safe. */
@FunctionalInterface
public interface FileGuard {
    /** What somebody is about to do. */
    enum Intent {
        /** Read or list. */
        READ,
        /** Create, replace or delete. */
        WRITE
    }

    /**
     * Lets somebody pass.
     *
     * @throws FileError DENIED with Databricks' sentence, when not
     */
    void require(String principal, FilePath path, Intent intent);
}
