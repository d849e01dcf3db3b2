package io.lakeport.localworkspace.statement;

/**
 * How a result is wanted.
 *
 * @param disposition inline, by links, or whichever fits
 * @param format how rows are written
 * @param compression how Arrow chunks are compressed; other formats never are
 * @param rowLimit most rows, {@link Long#MAX_VALUE} for all
 * @param byteLimit most bytes, {@link Long#MAX_VALUE} for all
 * @param shape what the client can read
 */
record Delivery(
        Disposition disposition,
        ResultFormat format,
        Compression compression,
        long rowLimit,
        long byteLimit,
        ResultShape shape) {
    /** Largest inline result: 25 MiB, after which the service aborts the statement. */
    static final long INLINE_LIMIT = 26_214_400;

    /** Largest result by links: 100 GiB, beyond which it is truncated. */
    static final long LINKS_LIMIT = 100L << 30;

    Delivery(Disposition disposition, ResultFormat format, Compression compression, long rowLimit, long byteLimit) {
        this(disposition, format, compression, rowLimit, byteLimit, ResultShape.NATIVE);
    }

    /** Returns how chunks are really compressed. */
    Compression effectiveCompression() {
        return format == ResultFormat.ARROW_STREAM ? compression : Compression.NONE;
    }
}
