package io.lakeport.localworkspace.file;

import org.jspecify.annotations.Nullable;

/** A file cannot be used as asked. Protocols and SQL word it as Databricks does there. */
public final class FileError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is in the way. */
    public enum Reason {
        /** No file or directory of that path. */
        NOT_FOUND,
        /** A file of that path is there, and must not be replaced. */
        ALREADY_EXISTS,
        /** A directory where a file is needed. */
        IS_DIRECTORY,
        /** A file where a directory is needed. */
        NOT_DIRECTORY,
        /** The directory still holds something. */
        NOT_EMPTY,
        /** The text is no path, or one that leads outside. */
        INVALID_PATH,
        /** No such volume. */
        NO_VOLUME,
        /** No external location covers the path. */
        NO_LOCATION,
        /** The caller may not do this. */
        DENIED,
        /** The store answered with an error. */
        UNAVAILABLE
    }

    private final Reason reason;
    private final String path;

    /** Creates the failure; {@code path} is the one that the caller wrote. */
    public FileError(Reason reason, String path, String message) {
        this(reason, path, message, null);
    }

    /** Creates the failure with what caused it. */
    public FileError(Reason reason, String path, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.path = path;
    }

    /** Returns what is in the way. */
    public Reason reason() {
        return reason;
    }

    /** Returns the path that the caller wrote. */
    public String path() {
        return path;
    }
}
