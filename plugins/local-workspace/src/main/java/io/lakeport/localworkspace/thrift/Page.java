package io.lakeport.localworkspace.thrift;

/**
 * Which rows a client asks for.
 *
 * @param from first row
 * @param maxRows most rows; links are whole chunks, and may hold more
 * @param maxBytes most bytes of links, but one link at least
 */
record Page(long from, long maxRows, long maxBytes) {
    private static final int MAX_ROWS = 3;
    private static final int MAX_BYTES = 1281;

    Page {
        maxRows = maxRows > 0 ? maxRows : Long.MAX_VALUE;
        maxBytes = maxBytes > 0 ? maxBytes : Long.MAX_VALUE;
    }

    /** Reads the limits of a TFetchResultsReq. */
    static Page of(TStruct request, long from) {
        return new Page(from, request.number(MAX_ROWS, 0), request.number(MAX_BYTES, 0));
    }

    /** Reads the limits of a TSparkGetDirectResults. */
    static Page direct(TStruct limits) {
        return new Page(0, limits.number(1, 0), limits.number(2, 0));
    }
}
