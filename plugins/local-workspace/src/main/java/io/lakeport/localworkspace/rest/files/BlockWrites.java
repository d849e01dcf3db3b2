package io.lakeport.localworkspace.rest.files;

import io.lakeport.localworkspace.file.FileError;
import io.lakeport.localworkspace.file.FileSpace;
import io.lakeport.localworkspace.file.Place;
import io.lakeport.localworkspace.http.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Files that clients write block by block; each is seen once it is closed. Thread-safe. */
final class BlockWrites {
    private final FileSpace space;
    private final Map<Long, Write> open = new ConcurrentHashMap<>();

    private record Write(Place place, String principal, boolean overwrite, Path blocks) {}

    BlockWrites(FileSpace space) {
        this.space = space;
    }

    long begin(Place place, String principal, boolean overwrite) throws IOException {
        if (place.find().filter(e -> e.directory() || !overwrite).isPresent()) {
            throw new FileError(FileError.Reason.ALREADY_EXISTS, place.path().written(), "The file exists.");
        }
        Path blocks = Files.createTempFile(space.scratch(), "dbfs-", ".blocks");
        long handle = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        open.put(handle, new Write(place, principal, overwrite, blocks));
        return handle;
    }

    private Write find(long handle, String principal) {
        Write write = open.get(handle);
        if (write == null || !write.principal().equals(principal)) {
            throw new ApiException(404, "RESOURCE_DOES_NOT_EXIST", "No stream exists with the handle " + handle + ".");
        }
        return write;
    }

    void add(long handle, String principal, byte[] block) throws IOException {
        Write write = find(handle, principal);
        synchronized (write) {
            Files.write(write.blocks(), block, StandardOpenOption.APPEND);
        }
    }

    void finish(long handle, String principal) throws IOException {
        Write write = find(handle, principal);
        open.remove(handle);
        try (InputStream content = Files.newInputStream(write.blocks())) {
            write.place().write(content, write.overwrite());
        } finally {
            Files.deleteIfExists(write.blocks());
        }
    }
}
