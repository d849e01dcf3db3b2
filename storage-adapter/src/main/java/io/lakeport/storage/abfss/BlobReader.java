package io.lakeport.storage.abfss;

import io.lakeport.core.store.ObjectKey;
import io.lakeport.storage.read.ContentRange;
import io.lakeport.storage.read.ObjectBody;
import io.lakeport.storage.read.ObjectReader;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;

/** Gets one object in ranges. */
final class BlobReader implements ObjectReader {
    private final BlobClient client;
    private final ObjectKey key;

    BlobReader(BlobClient client, ObjectKey key) {
        this.client = client;
        this.key = key;
    }

    private BlobRequest request() {
        return BlobRequest.of("abfss.get", "GET", key, 'r');
    }

    @Override
    public ObjectBody open(long offset, String version) {
        BlobRequest request = request().with("Range", ContentRange.from(offset));
        HttpResponse<byte[]> answer = client.attempt(
                version.isEmpty() ? request : request.with("If-Match", version), ContentRange.NOT_SATISFIABLE);
        return ContentRange.body(answer, offset, answer.headers().firstValue("ETag").orElse(""));
    }

    @Override
    public <T> T guarded(Callable<T> exchange) {
        return client.guarded(request(), exchange);
    }

    @Override
    public String where() {
        return client.where(key);
    }
}
