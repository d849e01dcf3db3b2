package io.lakeport.localworkspace.http;

/** How large the body of a request may be, so that no client can fill the memory. */
final class BodyLimits {
    /** 16 MiB of SQL, of which JSON may write every character as an escape of six bytes. */
    private static final long STATEMENT = 100L << 20;

    private static final long OTHER = 16L << 20;

    private BodyLimits() {}

    /** Returns the most bytes for a path. */
    static long of(String path) {
        boolean statement = path.startsWith("/api/2.0/sql/statements") || path.startsWith("/sql/");
        return statement ? STATEMENT : OTHER;
    }

    static ApiException exceeded(long limit) {
        return new ApiException(
                413, "MAX_REQUEST_SIZE_EXCEEDED", "The body of this request may have at most " + limit + " bytes.");
    }
}
