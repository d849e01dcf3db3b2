package io.lakeport.storage.s3;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.storage.part.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;

/** The checksum that S3 compares each part with. */
final class Crc32 {
    private Crc32() {}

    /** Returns it in the form that S3's headers have. */
    static String of(Part content) {
        CRC32 crc = new CRC32();
        byte[] block = new byte[64 << 10];
        try (InputStream in = content.open()) {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                crc.update(block, 0, count);
            }
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.TARGET_NOT_WRITABLE, "a part could not be read back from its temporary file", e);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue());
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
