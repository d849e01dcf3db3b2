package io.lakeport.core.arrow;

/**
 * Bytes that are not a well-formed Arrow IPC stream. Callers turn it into RESULT_CORRUPT, because fetching the bytes
 * again may help.
 */
public final class ArrowFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the failure; {@code message} names the byte offset and what was expected there. */
    public ArrowFormatException(String message) {
        super(message);
    }
}
