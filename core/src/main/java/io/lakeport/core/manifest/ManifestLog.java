package io.lakeport.core.manifest;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.SmallObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The manifests of one target, numbered without gaps. A number can be taken once only, which is what decides between
 * two runs at the same time. Thread-safe as its store is.
 */
public final class ManifestLog {
    private static final String FOLDER = "_lakeport/manifests/";
    private static final String SUFFIX = ".json";
    private static final ObjectKey SUCCESS = ObjectKey.of("_SUCCESS");

    private final ObjectStore store;
    private final SmallObjects objects;
    private final ManifestCodec codec;

    /** Creates the log of a store's root. */
    public ManifestLog(ObjectStore store, ManifestCodec codec) {
        this.store = store;
        this.objects = new SmallObjects(store);
        this.codec = codec;
    }

    /** Returns every manifest, oldest first. */
    public List<ExportManifest> all() {
        List<ExportManifest> manifests = new ArrayList<>();
        for (ObjectInfo info : store.list(FOLDER)) {
            if (info.key().value().endsWith(SUFFIX)) {
                manifests.add(codec.decode(objects.read(info.key()), store.root() + info.key()));
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
        return Optional.of(codec.decode(objects.read(key), store.root() + key));
    }

    /**
     * Publishes a run: its manifest, then the marker {@code _SUCCESS}.
     *
     * @throws LakeportException CONFLICT when another run took the number first; nothing of this run is published then
     */
    public void publish(ExportManifest manifest) {
        try {
            objects.write(keyOf(manifest.sequence()), codec.encode(manifest), CreateMode.FAIL_IF_EXISTS);
        } catch (LakeportException e) {
            // A commit whose answer was lost is told from a lost race by what stands there now.
            if (!e.is(CoreError.OBJECT_EXISTS) || !isPublished(manifest)) {
                throw refused(manifest, e);
            }
        }
        mark();
    }

    private LakeportException refused(ExportManifest manifest, LakeportException cause) {
        if (!cause.is(CoreError.OBJECT_EXISTS)) {
            return cause;
        }
        return new LakeportException(
                CoreError.OBJECT_EXISTS,
                "another export to '" + store.root() + "' published run " + manifest.sequence()
                        + " first; this run's files were removed; run it again to export what is left",
                cause);
    }

    /** Returns whether the manifest with this number is this run's. */
    public boolean isPublished(ExportManifest manifest) {
        return at(manifest.sequence())
                .map(found -> found.runId().equals(manifest.runId()))
                .orElse(false);
    }

    /** Returns the manifest of that number, empty when no run took it. */
    public Optional<ExportManifest> at(long sequence) {
        ObjectKey key = keyOf(sequence);
        return store.stat(key).map(info -> codec.decode(objects.read(key), store.root() + key));
    }

    /** Writes the marker {@code _SUCCESS}; again without effect. */
    public void mark() {
        objects.write(SUCCESS, new byte[0], CreateMode.REPLACE);
    }

    /** Returns whether the marker is there. */
    public boolean isMarked() {
        return store.stat(SUCCESS).isPresent();
    }

    private static ObjectKey keyOf(long sequence) {
        // Fixed width, so that the order of keys is the order of runs.
        return ObjectKey.of(FOLDER + String.format(Locale.ROOT, "%010d", sequence) + SUFFIX);
    }
}
