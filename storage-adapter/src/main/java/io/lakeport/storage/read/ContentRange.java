package io.lakeport.storage.read;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * Objects read range by range: RFC 9110, section 14. A range is small enough to be held, so that an answer is whole or
 * the exchange failed, and no connection is kept while its reader does something else.
 */
public final class ContentRange {
    /** The status for a range behind the end, which an empty object has everywhere. */
    public static final int NOT_SATISFIABLE = 416;

    private static final long BLOCK = 4 << 20;

    private ContentRange() {}

    /** Returns the Range header for the block at an offset. */
    public static String from(long offset) {
        return "bytes=" + offset + "-" + (offset + BLOCK - 1);
    }

    /**
     * Returns an answer to a request with such a header.
     *
     * @param version of the object, empty when it is not known
     */
    public static ObjectBody body(HttpResponse<byte[]> answer, String version) {
        if (answer.statusCode() == NOT_SATISFIABLE) {
            return new ObjectBody(new ByteArrayInputStream(new byte[0]), version, 0, () -> {});
        }
        Optional<String> whole = answer.headers()
                .firstValue("Content-Range")
                .map(range -> range.substring(range.indexOf('/') + 1))
                .filter(size -> size.matches("\\d+"));
        long end = whole.map(Long::parseLong).orElse((long) answer.body().length);
        return new ObjectBody(new ByteArrayInputStream(answer.body()), version, end, () -> {});
    }
}
