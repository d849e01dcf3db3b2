package io.lakeport.storage.abfss;

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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A prefix of a container. */
final class AbfssObjectStore implements ObjectStore {
    private final BlobClient client;
    private final TransferLimits limits;
    private final Transfers transfers;

    AbfssObjectStore(BlobClient client, TransferLimits limits) {
        this.client = client;
        this.limits = limits;
        this.transfers = new Transfers(limits);
    }

    @Override
    public String root() {
        return client.place().root();
    }

    @Override
    public ObjectSink create(ObjectKey key, CreateMode mode) {
        client.check(key, 'w');
        return transfers.sink(key, new BlobUpload(client, key, mode, limits));
    }

    @Override
    public ReadableByteChannel read(ObjectKey key) {
        return new ResumingChannel(new BlobReader(client, key));
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        try {
            long bytes = client.call(BlobRequest.of("abfss.head", "HEAD", key, 'r'))
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
        List<ObjectInfo> found = new ArrayList<>();
        String base = "restype=container&comp=list&include=metadata&prefix="
                + AbfssPlace.encode(client.place().prefix() + prefix);
        String query = base;
        while (!query.isEmpty()) {
            BlobListing page = BlobListing.read(
                    client.call(BlobRequest.ofContainer("abfss.list", query, 'l'))
                            .body(),
                    client.place().prefix());
            found.addAll(page.objects());
            query = page.next().isEmpty() ? "" : base + "&marker=" + AbfssPlace.encode(page.next());
        }
        found.sort(Comparator.comparing(object -> object.key().value()));
        return List.copyOf(found);
    }

    @Override
    public void delete(ObjectKey key) {
        try {
            client.call(BlobRequest.of("abfss.delete", "DELETE", key, 'd'));
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
