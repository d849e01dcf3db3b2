package io.lakeport.storage.read;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Objects read range by range: RFC 9110, section 14. A range is small enough to be held, so that an answer is whole or
 * the exchange failed, and no connection is kept while its reader does something else.
 */
public final class ContentRange {
    /** The status for a range behind the end, which an empty object has everywhere. */
    public static final int NOT_SATISFIABLE = 416;

    private static final long BLOCK = 4 << 20;
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");

    private ContentRange() {}

    /** Returns the Range header for the block at an offset. */
    public static String from(long offset) {
        return "bytes=" + offset + "-" + (offset + BLOCK - 1);
    }

    /**
     * Returns an answer to a request with such a header.
     *
     * @param offset that was asked for
     * @param version of the object, empty when it is not known
     * @throws LakeportException UNAVAILABLE when the answer is of another offset
     */
    public static ObjectBody body(HttpResponse<byte[]> answer, long offset, String version) {
        if (answer.statusCode() == NOT_SATISFIABLE) {
            return new ObjectBody(new ByteArrayInputStream(new byte[0]), version, 0, () -> {});
        }
        String header = answer.headers().firstValue("Content-Range").orElse("");
        Matcher range = RANGE.matcher(header);
        boolean part = range.matches();
        if (part ? Long.parseLong(range.group(1)) != offset : offset != 0 || !header.isEmpty()) {
            throw new LakeportException(
                    CoreError.RESULT_CORRUPT, "bytes from " + offset + " were asked for and '" + header + "' came");
        }
        long end = part ? Long.parseLong(range.group(2)) : answer.body().length;
        return new ObjectBody(new ByteArrayInputStream(answer.body()), version, end, () -> {});
    }
}
