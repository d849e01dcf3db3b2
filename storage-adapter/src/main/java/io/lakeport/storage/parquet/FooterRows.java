package io.lakeport.storage.parquet;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.format.RowCounter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.format.Util;

/**
 * Reads the number of rows off a Parquet footer, of which it keeps the last bytes that passed by: a store need not read
 * from the middle of an object then, and a checksum sees the same bytes.
 */
final class FooterRows implements RowCounter {
    private static final int FIRST = 1 << 16;
    /** Holds the footer of a file with thousands of columns. */
    private static final int MOST = 1 << 23;

    private static final int LENGTH_AND_MAGIC = 8;
    private static final int MAGIC = 'P' | 'A' << 8 | 'R' << 16 | '1' << 24;

    private byte[] ring = new byte[FIRST];
    private long total;

    @Override
    public void update(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (total == ring.length && ring.length < MOST) {
                ring = Arrays.copyOf(ring, ring.length * 2);
            }
            int at = (int) (total % ring.length);
            int count = Math.min(bytes.remaining(), ring.length - at);
            bytes.get(ring, at, count);
            total += count;
        }
    }

    @Override
    public long rows() {
        ByteBuffer end = ByteBuffer.wrap(last(LENGTH_AND_MAGIC)).order(ByteOrder.LITTLE_ENDIAN);
        int length = end.getInt();
        if (end.getInt() != MAGIC || length <= 0) {
            throw broken("it does not end as a Parquet file does", null);
        }
        byte[] footer = last(length + LENGTH_AND_MAGIC);
        try {
            return Util.readFileMetaData(new ByteArrayInputStream(footer, 0, length), true)
                    .getNum_rows();
        } catch (IOException e) {
            throw broken("its footer cannot be read", e);
        }
    }

    private byte[] last(int count) {
        if (count < 0 || count > Math.min(total, ring.length)) {
            throw broken("its footer of " + count + " bytes is not in its last " + Math.min(total, ring.length), null);
        }
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = ring[(int) ((total - count + i) % ring.length)];
        }
        return bytes;
    }

    private static LakeportException broken(String why, @org.jspecify.annotations.Nullable IOException cause) {
        return new LakeportException(
                CoreError.RESULT_CORRUPT,
                "a Parquet file is not whole: " + why + "; nothing can be said of its rows",
                cause);
    }
}
