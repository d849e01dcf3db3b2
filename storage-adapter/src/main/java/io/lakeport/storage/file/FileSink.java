package io.lakeport.storage.file;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.storage.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

/** A file under a hidden name until it is committed. */
final class FileSink implements ObjectSink {
    private static final int PUBLISH_TRIES = 5;

    private final ObjectKey key;
    private final Path target;
    private final Path hidden;
    private final CreateMode mode;
    private final Consumer<FileSink> onClose;
    private final FileChannel channel;
    private final Sha256 digest = new Sha256();
    private long position;
    private boolean closed;

    FileSink(ObjectKey key, Path target, Path staging, CreateMode mode, Consumer<FileSink> onClose) throws IOException {
        this.key = key;
        this.target = target;
        this.hidden = staging.resolve(UUID.randomUUID().toString());
        this.mode = mode;
        this.onClose = onClose;
        this.channel = FileChannel.open(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int length = source.remaining();
        digest.update(source.duplicate());
        while (source.hasRemaining()) {
            channel.write(source);
        }
        position += length;
        return length;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public ObjectInfo commit() {
        if (closed) {
            throw new IllegalStateException("'" + key + "' was committed or given up already");
        }
        try {
            channel.force(true);
            channel.close();
            publishInFolder(Objects.requireNonNull(target.getParent()));
            return new ObjectInfo(key, position, digest.hex());
        } catch (FileAlreadyExistsException e) {
            throw new LakeportException(
                    CoreError.OBJECT_EXISTS, "'" + target + "' exists already and must not be replaced", e);
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.TARGET_NOT_WRITABLE,
                    "'" + target + "' could not be written (" + e.getClass().getSimpleName()
                            + "); check free space and the rights of this process",
                    e);
        } finally {
            close();
        }
    }

    private void publishInFolder(Path folder) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                Files.createDirectories(folder);
                publish();
                syncFolder(folder);
                return;
            } catch (NoSuchFileException e) {
                // Another process removed the folder as empty between the two calls.
                if (tries == PUBLISH_TRIES) {
                    throw e;
                }
            }
        }
    }

    private void publish() throws IOException {
        if (mode == CreateMode.REPLACE) {
            Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            // A link fails when the name is taken; a move would replace it without a word.
            Files.createLink(target, hidden);
        }
    }

    /** Without this a crash of the machine may forget the new name although the content is safe. */
    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel handle = FileChannel.open(folder, StandardOpenOption.READ)) {
            handle.force(true);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        onClose.accept(this);
        try {
            channel.close();
            Files.deleteIfExists(hidden);
        } catch (IOException e) {
            throw new LakeportException(CoreError.TARGET_NOT_WRITABLE, "'" + hidden + "' could not be removed", e);
        }
    }
}
