package io.lakeport.storage.part;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The objects that are being written to one store, the memory they share and the threads that send their parts. */
public final class Transfers implements AutoCloseable {
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final TransferLimits limits;
    private final BlockPool pool;
    private final ThreadPoolExecutor threads;
    private final Set<PartSink> open = ConcurrentHashMap.newKeySet();

    /** Prepares a store's transfers; takes no memory and no thread yet. */
    public Transfers(TransferLimits limits) {
        this.limits = limits;
        this.pool = new BlockPool(limits.memory(), limits.patient(), limits.spillDirectory());
        this.threads = new ThreadPoolExecutor(
                limits.threads(), limits.threads(), 2, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "lakeport-upload-" + THREADS.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Begins an object whose parts are sent while more is written. */
    public ObjectSink sink(ObjectKey key, ObjectUpload upload) {
        PartSink sink = new PartSink(key, upload, this);
        open.add(sink);
        return sink;
    }

    TransferLimits limits() {
        return limits;
    }

    BlockPool pool() {
        return pool;
    }

    Part newPart() {
        return new Part(pool);
    }

    SentPart send(ObjectUpload upload, int number, Part content) {
        SentPart part = new SentPart(upload, number, content, pool);
        pool.sent(1);
        threads.execute(part);
        return part;
    }

    void ended(PartSink sink) {
        open.remove(sink);
    }

    /** Gives up every object that is still open. */
    @Override
    public void close() {
        LakeportException first = null;
        for (PartSink sink : List.copyOf(open)) {
            try {
                sink.close();
            } catch (LakeportException e) {
                first = first == null ? e : first;
            }
        }
        threads.shutdown();
        pool.close();
        if (first != null) {
            throw first;
        }
    }
}
