package io.lakeport.storage.part;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A part on its way. */
final class SentPart implements Runnable {
    private final ObjectUpload upload;
    private final int number;
    private final Part content;
    private final BlockPool pool;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Thread runner;
    private boolean cancelled;
    private volatile @Nullable Throwable failure;

    SentPart(ObjectUpload upload, int number, Part content, BlockPool pool) {
        this.upload = upload;
        this.number = number;
        this.content = content;
        this.pool = pool;
    }

    @Override
    public void run() {
        try {
            if (!isCancelled()) {
                upload.begin();
            }
            if (takeInterrupts()) {
                upload.part(number, content);
            }
        } catch (Throwable e) {
            failure = e;
        } finally {
            end();
        }
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    private synchronized boolean takeInterrupts() {
        runner = Thread.currentThread();
        return !cancelled;
    }

    private void end() {
        synchronized (this) {
            runner = null;
            // A late interrupt must not reach the thread's next part.
            if (cancelled) {
                Thread.interrupted();
            }
        }
        content.release();
        pool.sent(-1);
        ended.countDown();
    }

    /**
     * Breaks off pauses between tries; a request that is being answered ends by itself. The beginning of an upload is
     * never broken off: its answer is the only name by which the upload can be given up.
     */
    synchronized void cancel() {
        cancelled = true;
        if (runner != null) {
            runner.interrupt();
        }
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    void await() throws InterruptedException {
        ended.await();
    }
}
