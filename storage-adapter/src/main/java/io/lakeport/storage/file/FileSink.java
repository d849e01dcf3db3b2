package io.lakeport.storage.file;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.storage.Sha256;
import io.lakeport.storage.refusal.FullDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.function.Consumer;

/** A file under a hidden name until it is committed. */
final class FileSink implements ObjectSink {
    private static final int PUBLISH_TRIES = 5;

    private final ObjectKey key;
    private final Path target;
    private final StagedFile file;
    private final CreateMode mode;
    private final Consumer<FileSink> onClose;
    private final Sha256 digest = new Sha256();
    private long position;
    private boolean closed;

    FileSink(ObjectKey key, Path target, StagedFile file, CreateMode mode, Consumer<FileSink> onClose) {
        this.key = key;
        this.target = target;
        this.file = file;
        this.mode = mode;
        this.onClose = onClose;
    }

    @Override
    public synchronized int write(ByteBuffer source) throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        int length = source.remaining();
        digest.update(source.duplicate());
        try {
            file.write(source);
        } catch (IOException e) {
            throw givingUp(unwritten(e));
        }
        position += length;
        return length;
    }

    @Override
    public synchronized long position() {
        return position;
    }

    @Override
    public synchronized boolean isOpen() {
        return !closed;
    }

    @Override
    public synchronized ObjectInfo commit() {
        if (closed) {
            throw new IllegalStateException("'" + key + "' was committed or given up already");
        }
        try {
            file.force();
            // The file stays open, and so locked, until it has its name: no sweeper takes it before.
            publishInFolder(Objects.requireNonNull(target.getParent()));
        } catch (FileAlreadyExistsException e) {
            throw givingUp(new LakeportException(
                    Files.isRegularFile(target) ? CoreError.OBJECT_EXISTS : CoreError.TARGET_NOT_WRITABLE,
                    "'" + target + "' exists already and must not be replaced",
                    e));
        } catch (IOException e) {
            throw givingUp(unwritten(e));
        }
        close();
        return new ObjectInfo(key, position, digest.hex());
    }

    private LakeportException unwritten(IOException e) {
        if (e instanceof ClosedByInterruptException) {
            return new LakeportException(CoreError.INTERRUPTED, "writing '" + target + "' was interrupted", e);
        }
        // What the system says, such as 'No space left on device'; files of ours are all that it names.
        return new LakeportException(
                FullDisk.errorOf(e),
                "'" + target + "' could not be written (" + e.getClass().getSimpleName() + ": " + e.getMessage()
                        + "); check free space, the length of its name and the rights of this process",
                e);
    }

    private LakeportException givingUp(LakeportException failure) {
        try {
            close();
        } catch (LakeportException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private void publishInFolder(Path folder) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                Folders.create(folder);
                publish();
                Folders.sync(folder);
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
            Files.move(file.path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            // A link fails when the name is taken; a move would replace it without a word.
            Files.createLink(target, file.path());
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        onClose.accept(this);
        try {
            file.close();
        } catch (IOException e) {
            throw new LakeportException(CoreError.TARGET_NOT_WRITABLE, "'" + file.path() + "' could not be removed", e);
        }
    }
}
