package io.lakeport.core.manifest;

import io.lakeport.core.error.CoreError;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The manifests of one target, numbered without gaps. A number can be taken once only, which is what decides between
 * two runs at the same time. Thread-safe as its store is.
 */
public final class ManifestLog {
    private static final String FOLDER = "_lakeport/manifests/";
    private static final String SUFFIX = ".json";
    private static final ObjectKey SUCCESS = ObjectKey.of("_SUCCESS");
    private static final int BLOCK = 64 * 1024;

    private final ObjectStore store;
    private final ManifestCodec codec;

    /** Creates the log of a store's root. */
    public ManifestLog(ObjectStore store, ManifestCodec codec) {
        this.store = store;
        this.codec = codec;
    }

    /** Returns every manifest, oldest first. */
    public List<ExportManifest> all() {
        List<ExportManifest> manifests = new ArrayList<>();
        for (ObjectInfo info : store.list(FOLDER)) {
            if (info.key().value().endsWith(SUFFIX)) {
                manifests.add(codec.decode(readAll(info.key()), store.root() + info.key()));
            }
        }
        return manifests;
    }

    /** Returns the newest manifest. */
    public Optional<ExportManifest> newest() {
        List<ObjectInfo> found = store.list(FOLDER).stream()
                .filter(info -> info.key().value().endsWith(SUFFIX))
                .toList();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ObjectKey key = found.get(found.size() - 1).key();
        return Optional.of(codec.decode(readAll(key), store.root() + key));
    }

    /**
     * Publishes a run: its manifest, then the marker {@code _SUCCESS}.
     *
     * @throws LakeportException CONFLICT when another run took the number first; nothing of this run is published then
     */
    public void publish(ExportManifest manifest) {
        try {
            write(keyOf(manifest.sequence()), codec.encode(manifest), CreateMode.FAIL_IF_EXISTS);
        } catch (LakeportException e) {
            if (e.is(CoreError.OBJECT_EXISTS)) {
                throw new LakeportException(
                        CoreError.OBJECT_EXISTS,
                        "another export to '" + store.root() + "' published run " + manifest.sequence()
                                + " first; this run's files were removed; run it again to export what is left",
                        e);
            }
            throw e;
        }
        write(SUCCESS, new byte[0], CreateMode.REPLACE);
    }

    private static ObjectKey keyOf(long sequence) {
        // Fixed width, so that the order of keys is the order of runs.
        return ObjectKey.of(FOLDER + String.format(java.util.Locale.ROOT, "%010d", sequence) + SUFFIX);
    }

    private void write(ObjectKey key, byte[] bytes, CreateMode mode) {
        try (ObjectSink sink = store.create(key, mode)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                sink.write(buffer);
            }
            sink.commit();
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.TARGET_NOT_WRITABLE,
                    "'" + store.root() + key + "' could not be written: " + e.getMessage(),
                    e);
        }
    }

    private byte[] readAll(ObjectKey key) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        try (ReadableByteChannel channel = store.read(key)) {
            while (channel.read(block) >= 0) {
                all.write(block.array(), 0, block.position());
                block.clear();
            }
            return all.toByteArray();
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.SERVICE_UNAVAILABLE,
                    "'" + store.root() + key + "' could not be read: " + e.getMessage(),
                    e);
        }
    }
}
