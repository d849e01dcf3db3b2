package io.lakeport.storage.volume;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.storage.part.Commit;
import io.lakeport.storage.part.ObjectUpload;
import io.lakeport.storage.part.Part;
import io.lakeport.storage.read.ResumingChannel;
import io.lakeport.storage.rest.RestClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one request that a file takes. It is sent when the content is whole, because only then can it be sent again; until
 * then what memory does not hold lies in a temporary file, and nobody sees anything. The API keeps no mark of a writer,
 * so that after a lost answer the file's content says whose it is.
 */
final class VolumeUpload implements ObjectUpload, Commit.Look {
    static final String TOO_LARGE = "a file of a volume takes at most 5 GiB; write smaller files";

    private static final long LARGEST = 5L << 30;

    private final VolumeClient client;
    private final ObjectKey key;
    private final CreateMode mode;
    private @Nullable Part sent;

    VolumeUpload(VolumeClient client, ObjectKey key, CreateMode mode) {
        this.client = client;
        this.key = key;
        this.mode = mode;
    }

    @Override
    public long partSize(int number) {
        return LARGEST;
    }

    @Override
    public void part(int number, Part content) {
        throw new LakeportException(CoreError.INVALID_ARGUMENT, client.where(key) + ": " + TOO_LARGE);
    }

    @Override
    public void complete(int parts) {
        throw new LakeportException(CoreError.INVALID_ARGUMENT, client.where(key) + ": " + TOO_LARGE);
    }

    @Override
    public void whole(Part content) {
        sent = content;
        String path = client.place().file(key) + "?overwrite=" + (mode == CreateMode.REPLACE);
        Commit commit = new Commit(client.where(key), mode, this);
        commit.run(() -> client.guarded(
                "volume.put",
                content.length(),
                () -> commit.attempt(() -> client.attempt(
                        "PUT",
                        path,
                        key.value(),
                        Map.of("Content-Type", "application/octet-stream"),
                        RestClient.body(content)))));
    }

    @Override
    public Optional<Boolean> isOurs() {
        Part ours = sent;
        if (ours == null) {
            return Optional.empty();
        }
        try (InputStream there = Channels.newInputStream(new ResumingChannel(new VolumeReader(client, key)));
                InputStream here = ours.open()) {
            return Optional.of(areEqual(there, here));
        } catch (LakeportException e) {
            if (e.is(CoreError.OBJECT_NOT_FOUND)) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw new LakeportException(CoreError.SERVICE_UNAVAILABLE, client.where(key) + " could not be read", e);
        }
    }

    private static boolean areEqual(InputStream there, InputStream here) throws IOException {
        byte[] block = new byte[64 << 10];
        for (int count = here.readNBytes(block, 0, block.length);
                count > 0;
                count = here.readNBytes(block, 0, block.length)) {
            byte[] found = there.readNBytes(count);
            if (!java.util.Arrays.equals(block, 0, count, found, 0, found.length)) {
                return false;
            }
        }
        return there.read() < 0;
    }

    @Override
    public void refusedAltogether() {
        try {
            client.guarded(
                    "volume.head",
                    0,
                    () -> client.attempt("HEAD", client.place().file(key), key.value(), Map.of()));
        } catch (LakeportException e) {
            if (e.is(CoreError.ACCESS_DENIED) || e.is(CoreError.TOKEN_REJECTED)) {
                throw e;
            }
        }
    }

    /** Has nothing to do: there is one request, and it makes the file or does nothing. */
    @Override
    public void abort() {
        sent = null;
    }
}
