package io.lakeport.core.error;

/** Something that has an {@link ErrorCode}. Plugins implement it with an enum of their own. */
public interface ErrorCodeSupplier {
    /** Returns the code; always the same one. */
    ErrorCode toErrorCode();
}
