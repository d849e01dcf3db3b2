package io.lakeport.storage.volume;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.storage.StorageError;
import io.lakeport.storage.read.ContentRange;
import io.lakeport.storage.read.ObjectBody;
import io.lakeport.storage.read.ObjectReader;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.Callable;

/** Gets one file in ranges. The API tells versions apart by their time, in seconds, and their size only. */
final class VolumeReader implements ObjectReader {
    private final VolumeClient client;
    private final ObjectKey key;

    VolumeReader(VolumeClient client, ObjectKey key) {
        this.client = client;
        this.key = key;
    }

    @Override
    public ObjectBody open(long offset, String version) {
        HttpResponse<byte[]> answer = client.attempt(
                "GET",
                client.place().file(key),
                key.value(),
                Map.of("Range", ContentRange.from(offset)),
                ContentRange.NOT_SATISFIABLE);
        String time = answer.headers().firstValue("Last-Modified").orElse("");
        ObjectBody body = ContentRange.body(answer, offset, time);
        String found = time + " " + body.end();
        if (!version.isEmpty() && !version.equals(found)) {
            throw new LakeportException(
                    StorageError.OBJECT_CHANGED, where() + " was replaced while it was read; read it again");
        }
        return new ObjectBody(body.content(), found, body.end(), body.abandon());
    }

    @Override
    public <T> T guarded(Callable<T> exchange) {
        return client.guarded("volume.get", 0, exchange);
    }

    @Override
    public String where() {
        return client.where(key);
    }
}
