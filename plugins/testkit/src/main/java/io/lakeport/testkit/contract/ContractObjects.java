package io.lakeport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/** Objects as contracts write and read them. */
final class ContractObjects {
    private ContractObjects() {}

    static byte[] uniform(int version) {
        byte[] bytes = new byte[300_000 + 50_000 * version];
        Arrays.fill(bytes, (byte) version);
        return bytes;
    }

    /** Returns nothing when the object was replaced in the middle, which a store may say but not hide. */
    static byte[] readUnlessReplaced(ObjectStore store, ObjectKey key) {
        try {
            return read(store, key);
        } catch (LakeportException e) {
            assertThat(e.category()).isEqualTo(ErrorCategory.CONFLICT);
            return new byte[0];
        }
    }

    static boolean tryPut(ObjectStore store, ObjectKey key, byte[] content) {
        try {
            put(store, key, content, CreateMode.FAIL_IF_EXISTS);
            return true;
        } catch (LakeportException e) {
            if (e.is(CoreError.OBJECT_EXISTS)) {
                return false;
            }
            throw e;
        }
    }

    static ObjectInfo put(ObjectStore store, ObjectKey key, byte[] content, CreateMode mode) {
        try (ObjectSink sink = store.create(key, mode)) {
            write(sink, content);
            return sink.commit();
        }
    }

    static void write(ObjectSink sink, byte[] content) {
        try {
            // In pieces of an odd size, as encoders write.
            for (int at = 0; at < content.length; at += 77_777) {
                ByteBuffer piece = ByteBuffer.wrap(content, at, Math.min(77_777, content.length - at));
                while (piece.hasRemaining()) {
                    sink.write(piece);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] read(ObjectStore store, ObjectKey key) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer block = ByteBuffer.allocate(65_536);
        try (ReadableByteChannel channel = store.read(key)) {
            while (channel.read(block) >= 0) {
                all.write(block.array(), 0, block.position());
                block.clear();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return all.toByteArray();
    }

    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
