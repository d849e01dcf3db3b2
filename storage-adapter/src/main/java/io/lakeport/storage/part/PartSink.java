package io.lakeport.storage.part;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.storage.Sha256;
import io.lakeport.storage.refusal.FullDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Cuts what is written into parts and sends each as soon as it is full; what fits one part goes in one request. */
final class PartSink implements ObjectSink {
    private final ObjectKey key;
    private final ObjectUpload upload;
    private final Transfers transfers;
    private final Sha256 digest = new Sha256();
    private final Deque<SentPart> onTheirWay = new ArrayDeque<>();
    private Part filling;
    private int sent;
    private long position;
    private boolean closed;

    PartSink(ObjectKey key, ObjectUpload upload, Transfers transfers) {
        this.key = key;
        this.upload = upload;
        this.transfers = transfers;
        this.filling = transfers.newPart();
    }

    @Override
    public synchronized int write(ByteBuffer source) throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        int count = source.remaining();
        digest.update(source.duplicate());
        while (source.hasRemaining()) {
            long size = upload.partSize(sent + 1);
            if (filling.length() == size) {
                sendFilled();
                size = upload.partSize(sent + 1);
            }
            append(source, size - filling.length());
        }
        position += count;
        return count;
    }

    private void append(ByteBuffer source, long room) {
        try {
            filling.append(source, room);
        } catch (IOException e) {
            throw new LakeportException(
                    FullDisk.errorOf(e),
                    "what is written to '" + key + "' could not be kept in a temporary file in '"
                            + transfers.limits().spillDirectory().orElseThrow()
                            + "'; check its free space, or set spill_directory or upload_memory",
                    e);
        }
    }

    private void sendFilled() {
        onTheirWay.stream().filter(SentPart::hasEnded).forEach(PartSink::rethrow);
        awaitUntil(transfers.limits().inFlight() - 1);
        onTheirWay.add(transfers.send(upload, sent + 1, filling));
        sent++;
        filling = transfers.newPart();
    }

    /** Waits until no more parts than that are on their way; fails as the first part that failed did. */
    private void awaitUntil(int most) {
        while (!onTheirWay.isEmpty()) {
            SentPart oldest = onTheirWay.element();
            if (!oldest.hasEnded() && onTheirWay.size() <= most) {
                return;
            }
            await(oldest);
            onTheirWay.remove();
            rethrow(oldest);
        }
    }

    private void await(SentPart part) {
        try {
            part.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeportException(CoreError.INTERRUPTED, "writing '" + key + "' was interrupted", e);
        }
    }

    private static void rethrow(SentPart part) {
        Throwable failure = part.failure();
        if (failure instanceof RuntimeException e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        }
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
            throw new IllegalStateException("object '" + key + "' was committed or given up already");
        }
        try {
            finish();
        } catch (RuntimeException | Error e) {
            closeAfter(e);
            throw e;
        }
        close();
        return new ObjectInfo(key, position, digest.hex());
    }

    private void finish() {
        if (sent == 0) {
            upload.whole(filling);
            return;
        }
        if (filling.length() > 0) {
            sendFilled();
        }
        awaitUntil(0);
        upload.complete(sent);
    }

    private void closeAfter(Throwable failure) {
        try {
            close();
        } catch (LakeportException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        // A store cannot be told to forget a part that still arrives, and an interrupt must not keep it from being
        // told.
        boolean interrupted = Thread.interrupted();
        try {
            onTheirWay.forEach(SentPart::cancel);
            interrupted |= awaitAll();
            filling.release();
            transfers.ended(this);
            upload.abort();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean awaitAll() {
        boolean interrupted = false;
        while (!onTheirWay.isEmpty()) {
            try {
                onTheirWay.element().await();
                onTheirWay.remove();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
