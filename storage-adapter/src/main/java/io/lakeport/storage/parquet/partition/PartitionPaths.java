package io.lakeport.storage.parquet.partition;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.format.TableWriterContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Refuses partition values whose directory cannot exist, before a row is written. */
public final class PartitionPaths {
    /** Bytes of an object's key in S3; Azure takes as many characters. */
    private static final int KEY_BYTES = 1024;
    /** Bytes of a name in a directory of the usual file systems. */
    private static final int NAME_BYTES = 255;

    private static final int SHOWN = 40;
    /** Of a file's number and ending. */
    private static final int REST_OF_NAME = "-00000.parquet".length();

    private final boolean onDisk;
    private final int around;

    /** Creates one for the store and prefix of a writer. */
    public PartitionPaths(TableWriterContext context) {
        this.onDisk = context.store().root().startsWith("file:");
        this.around = bytes(context.prefix()) + bytes(context.fileStem()) + REST_OF_NAME;
    }

    /**
     * Checks the directories of a partition.
     *
     * @throws LakeportException INVALID_REQUEST naming the column and the beginning of its value
     */
    public void check(Map<String, String> values) {
        Map.Entry<String, String> longest = values.entrySet().iterator().next();
        for (Map.Entry<String, String> value : values.entrySet()) {
            if (bytes(name(value)) > bytes(name(longest))) {
                longest = value;
            }
        }
        int key = around + bytes(PartitionLayout.path(values));
        if (key > KEY_BYTES) {
            throw tooLong(longest, "makes an object key of " + key + " bytes, and " + KEY_BYTES + " are possible");
        }
        int name = bytes(name(longest));
        if (onDisk && name > NAME_BYTES) {
            throw tooLong(longest, "makes a directory name of " + name + " bytes, and the disk takes " + NAME_BYTES);
        }
    }

    private static LakeportException tooLong(Map.Entry<String, String> value, String what) {
        String text = value.getValue();
        String shown =
                text.substring(0, text.offsetByCodePoints(0, Math.min(SHOWN, text.codePointCount(0, text.length()))));
        return new LakeportException(
                CoreError.INVALID_ARGUMENT,
                "partition column '" + value.getKey() + "' has a value of " + text.length() + " characters, '" + shown
                        + "…', which " + what + "; partition by a shorter expression of it, for example left("
                        + value.getKey() + ", 50), or by another column");
    }

    private static String name(Map.Entry<String, String> value) {
        return PartitionLayout.escape(value.getKey()) + "=" + PartitionLayout.escape(value.getValue());
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
