package io.lakeport.warehouse.lz4;

/** Bytes that are not a whole, undamaged LZ4 frame. Fetching them again may help. */
public final class CorruptFrameException extends Exception {
    private static final long serialVersionUID = 1L;

    CorruptFrameException(String message) {
        super(message);
    }

    CorruptFrameException(String message, Throwable cause) {
        super(message, cause);
    }
}
