package io.lakeport.storage.volume;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.storage.part.TransferLimits;
import io.lakeport.storage.part.Transfers;
import io.lakeport.storage.read.ResumingChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A folder of a volume. Folders that are left empty stay. */
final class VolumeObjectStore implements ObjectStore {
    private final VolumeClient client;
    private final Transfers transfers;

    VolumeObjectStore(VolumeClient client, TransferLimits limits) {
        this.client = client;
        this.transfers = new Transfers(limits.impatient());
    }

    @Override
    public String root() {
        return client.place().root();
    }

    @Override
    public ObjectSink create(ObjectKey key, CreateMode mode) {
        return transfers.sink(key, new VolumeUpload(client, key, mode));
    }

    @Override
    public ReadableByteChannel read(ObjectKey key) {
        return new ResumingChannel(new VolumeReader(client, key));
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        try {
            long bytes = client.guarded(
                            "volume.head",
                            0,
                            () -> client.attempt("HEAD", client.place().file(key), key.value(), Map.of()))
                    .headers()
                    .firstValueAsLong("Content-Length")
                    .orElse(0);
            return Optional.of(new ObjectInfo(key, bytes, ""));
        } catch (LakeportException e) {
            if (e.is(CoreError.OBJECT_NOT_FOUND)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
        return new VolumeListing(client, prefix).all();
    }

    @Override
    public void delete(ObjectKey key) {
        try {
            client.guarded(
                    "volume.delete",
                    0,
                    () -> client.attempt("DELETE", client.place().file(key), key.value(), Map.of()));
        } catch (LakeportException e) {
            if (!e.is(CoreError.OBJECT_NOT_FOUND)) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        transfers.close();
    }
}
