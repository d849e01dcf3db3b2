package io.lakeport.localworkspace.engine;

import org.jspecify.annotations.Nullable;

/** A statement failed as Databricks would have failed it. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String errorClass;
    private final String sqlState;

    /**
     * Creates the failure.
     *
     * @param errorClass Databricks error class, for example {@code TABLE_OR_VIEW_NOT_FOUND}
     * @param sqlState SQLSTATE of five characters, for example {@code 42P01}
     * @param message full text as a client sees it, beginning with the error class in brackets
     */
    public EngineException(String errorClass, String sqlState, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.errorClass = errorClass;
        this.sqlState = sqlState;
    }

    /** Returns the error class, for example {@code PARSE_SYNTAX_ERROR}. */
    public String errorClass() {
        return errorClass;
    }

    /** Returns the SQLSTATE. */
    public String sqlState() {
        return sqlState;
    }
}
