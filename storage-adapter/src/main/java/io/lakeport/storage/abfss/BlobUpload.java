package io.lakeport.storage.abfss;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.storage.StorageError;
import io.lakeport.storage.part.Commit;
import io.lakeport.storage.part.ObjectUpload;
import io.lakeport.storage.part.Part;
import io.lakeport.storage.part.TransferLimits;
import io.lakeport.storage.rest.RestClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The requests of one write: blocks that nobody sees, and then a list of them that is the object. A block's id holds the
 * id of the write and its number, so that sending it again replaces it, and that two writers of one object do not mix.
 * Blocks that were never listed vanish by themselves after a week, or when the object is next written; the API has no
 * request that removes them.
 */
final class BlobUpload implements ObjectUpload, Commit.Look {
    private static final String MARK = "x-ms-meta-lakeportwrite";
    private static final long LARGEST_BLOCK = 4000L << 20;

    private final BlobClient client;
    private final ObjectKey key;
    private final CreateMode mode;
    private final TransferLimits limits;
    private final UUID id = UUID.randomUUID();

    BlobUpload(BlobClient client, ObjectKey key, CreateMode mode, TransferLimits limits) {
        this.client = client;
        this.key = key;
        this.mode = mode;
        this.limits = limits;
    }

    @Override
    public long partSize(int number) {
        return limits.partSize(number, LARGEST_BLOCK);
    }

    private String blockId(int number) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt(number);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    @Override
    public void part(int number, Part content) {
        client.call(BlobRequest.of("abfss.block", "PUT", key, 'w')
                .withQuery("comp=block&blockid=" + AbfssPlace.encode(blockId(number)))
                .with("Content-MD5", md5(content))
                .withBody(RestClient.body(content)));
    }

    private static String md5(Part content) {
        byte[] block = new byte[64 << 10];
        try (InputStream in = content.open()) {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                digest.update(block, 0, count);
            }
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.TARGET_NOT_WRITABLE, "a part could not be read back from its temporary file", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    @Override
    public void whole(Part content) {
        commit(marked(BlobRequest.of("abfss.put", "PUT", key, 'w')
                .with("x-ms-blob-type", "BlockBlob")
                .with("Content-MD5", md5(content))
                .withBody(RestClient.body(content))));
    }

    @Override
    public void complete(int parts) {
        StringBuilder list = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        for (int number = 1; number <= parts; number++) {
            // The latest: when the request is sent again after a lost answer, they are committed already.
            list.append("<Latest>").append(blockId(number)).append("</Latest>");
        }
        list.append("</BlockList>");
        try {
            commit(marked(BlobRequest.of("abfss.commit", "PUT", key, 'w')
                    .withQuery("comp=blocklist")
                    .with("Content-Type", "application/xml")
                    .withBody(BodyPublishers.ofString(list.toString()))));
        } catch (LakeportException e) {
            throw e.is(StorageError.WRITE_OVERTAKEN) && mode == CreateMode.FAIL_IF_EXISTS ? exists(e) : e;
        }
    }

    private BlobRequest marked(BlobRequest request) {
        BlobRequest marked = request.with(MARK, id.toString());
        return mode == CreateMode.FAIL_IF_EXISTS ? marked.with("If-None-Match", "*") : marked;
    }

    private void commit(BlobRequest request) {
        Commit commit = new Commit(client.where(key), mode, this);
        commit.run(() -> client.commit(request, commit));
    }

    private LakeportException exists(LakeportException overtaken) {
        return new LakeportException(
                CoreError.OBJECT_EXISTS,
                client.where(key) + " was made by another writer and must not be replaced",
                overtaken);
    }

    @Override
    public Optional<Boolean> isOurs() {
        try {
            return client.call(BlobRequest.of("abfss.head", "HEAD", key, 'r'))
                    .headers()
                    .firstValue(MARK)
                    .map(id.toString()::equals)
                    .or(() -> Optional.of(false));
        } catch (LakeportException e) {
            if (e.is(CoreError.OBJECT_NOT_FOUND)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void refusedAltogether() {
        try {
            client.call(BlobRequest.of("abfss.head", "HEAD", key, 'r'));
        } catch (LakeportException e) {
            if (e.is(CoreError.ACCESS_DENIED) || e.is(CoreError.TARGET_NOT_WRITABLE)) {
                throw e;
            }
        }
    }

    /** Has nothing to do: blocks without a list vanish by themselves. */
    @Override
    public void abort() {}
}
