package io.lakeport.warehouse.result;

import io.lakeport.warehouse.memory.SizeClass;

/**
 * How much memory a chunk will need, before it is there. Too much wastes memory, too little costs a second download, so
 * it learns from the chunks that came before. Thread-safe.
 */
final class SizeForecast {
    private static final long MOST_EXPANSION = 255;
    private static final long UNKNOWN_TRAVELLING = 16L << 20;
    private static final long USUAL_RATIO = 4;
    private static final double MARGIN = 1.05;
    /** Schema and metadata, which do not grow with the rows. */
    private static final long OVERHEAD = 32 * 1024;

    private final boolean compressed;
    private double bytesPerRow;
    private long travellingFloor;
    private long decodedFloor;

    SizeForecast(ResultManifest manifest) {
        this.compressed = manifest.compressed();
        if (manifest.bytes().isPresent() && manifest.rows().orElse(0) > 0) {
            bytesPerRow =
                    (double) manifest.bytes().getAsLong() / manifest.rows().getAsLong();
        }
    }

    /** Returns the size class for the bytes as they travel. */
    synchronized int travelling(ChunkSource source) {
        long announced =
                source.place().inline().map(bytes -> (long) bytes.length()).orElse(source.byteCount());
        return SizeClass.of(Math.max(announced > 0 ? announced : UNKNOWN_TRAVELLING, travellingFloor));
    }

    /** Returns the size class for the decoded bytes, 0 when none are needed. */
    synchronized int decoded(ChunkSource source) {
        if (!compressed && decodedFloor == 0) {
            return 0;
        }
        long travelling = travelling(source);
        long rows = source.rowCount().orElse(0);
        double likely = bytesPerRow > 0 && rows > 0 ? bytesPerRow * rows * MARGIN : travelling * (double) USUAL_RATIO;
        long most = travelling * MOST_EXPANSION;
        return SizeClass.of(
                Math.max(Math.min((long) likely + OVERHEAD, Math.min(most, Integer.MAX_VALUE)), decodedFloor));
    }

    /** Learns from a chunk that was decoded. */
    synchronized void observed(long rows, long decodedBytes) {
        if (rows > 0) {
            bytesPerRow = Math.max(bytesPerRow, (double) decodedBytes / rows);
        }
    }

    /** Learns that a chunk needs at least so much; smaller forecasts are not given any more. */
    synchronized void require(long travellingBytes, long decodedBytes) {
        travellingFloor = Math.max(travellingFloor, travellingBytes);
        decodedFloor = Math.max(decodedFloor, decodedBytes);
    }
}
