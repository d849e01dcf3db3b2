package io.lakeport.warehouse.result;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which rows each chunk holds, as the manifest announces it. A manifest that leaves chunks out announces nothing, one
 * that contradicts itself is refused. Immutable.
 */
final class ChunkLayout {
    private final Map<Long, ResultManifest.ChunkShape> shapes;

    private ChunkLayout(Map<Long, ResultManifest.ChunkShape> shapes) {
        this.shapes = shapes;
    }

    /**
     * Reads the layout of a manifest.
     *
     * @throws LakeportException RESULT_CORRUPT when chunks overlap, leave a gap, or do not add up to the result
     */
    static ChunkLayout of(ResultManifest manifest, long count) {
        List<ResultManifest.ChunkShape> announced = manifest.shapes();
        Map<Long, ResultManifest.ChunkShape> shapes = new HashMap<>();
        announced.forEach(shape -> shapes.put(shape.index(), shape));
        if (announced.size() != count || shapes.size() != count) {
            return new ChunkLayout(Map.of());
        }
        requireWhole(shapes, count, manifest.rows());
        return new ChunkLayout(shapes);
    }

    private static void requireWhole(
            Map<Long, ResultManifest.ChunkShape> shapes, long count, OptionalLong announcedRows) {
        long rows = 0;
        for (long index = 0; index < count; index++) {
            ResultManifest.ChunkShape shape = shapes.get(index);
            if (shape == null || shape.rowOffset() != rows) {
                throw contradiction("chunk " + index + " does not begin at row " + rows);
            }
            rows += shape.rowCount();
        }
        if (announcedRows.orElse(rows) != rows) {
            throw contradiction("the chunks hold " + rows + " of " + announcedRows.getAsLong() + " rows");
        }
    }

    private static LakeportException contradiction(String what) {
        return new LakeportException(
                CoreError.RESULT_CORRUPT,
                "the manifest of the result contradicts itself: " + what + "; run the statement again");
    }

    /** Returns how many rows come before a chunk. */
    OptionalLong rowsBefore(long index) {
        ResultManifest.ChunkShape shape = shapes.get(index);
        return shape == null ? OptionalLong.empty() : OptionalLong.of(shape.rowOffset());
    }

    /** Returns how many rows a chunk must hold. */
    OptionalLong rows(long index) {
        ResultManifest.ChunkShape shape = shapes.get(index);
        return shape == null ? OptionalLong.empty() : OptionalLong.of(shape.rowCount());
    }
}
