package io.lakeport.core.warehouse;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One caller that waits for a start, and looks at the warehouse for all of them when nobody else does. */
final class StartWaiter {
    private final SharedStart start;
    private final WarehouseControl control;
    private final Deadline deadline;
    private final Consumer<StartProgress> progress;
    private final long began = System.nanoTime();
    private WarehouseInfo seen;
    private int looksSeen;

    StartWaiter(
            SharedStart start,
            WarehouseControl control,
            Deadline deadline,
            Consumer<StartProgress> progress,
            WarehouseInfo seen) {
        this.start = start;
        this.control = control;
        this.deadline = deadline;
        this.progress = progress;
        this.seen = seen;
    }

    WarehouseInfo await() {
        tell();
        while (true) {
            check();
            boolean mine;
            start.lock.lock();
            try {
                mine = start.takeLook();
                if (!mine) {
                    waitForNews(deadline.remaining());
                }
            } finally {
                start.lock.unlock();
            }
            if (mine) {
                look();
            }
            if (isNew() && isOver()) {
                return seen;
            }
        }
    }

    private void check() {
        if (deadline.isExpired()) {
            throw new LakeportException(
                    CoreError.DEADLINE_EXCEEDED,
                    "warehouse '" + seen.name() + "' (" + seen.id() + ") was still " + seen.state() + " after "
                            + waited().toSeconds() + " s; a " + seen.tier() + " warehouse needs "
                            + seen.tier().coldStart() + " to start, so allow more time");
        }
    }

    /** Asks once for all, waits a little, looks, and leaves the next look to whoever comes first. */
    private void look() {
        try {
            if (mustAsk()) {
                ask();
            }
            pause();
            WarehouseInfo info = control.get(start.id, deadline);
            locked(() -> start.seen(info));
        } catch (LakeportException e) {
            if (!e.is(CoreError.DEADLINE_EXCEEDED)) {
                throw e;
            }
            // Said by check() in words that tell how the warehouse stood.
        } finally {
            locked(start::giveLook);
        }
    }

    private void ask() {
        try {
            control.start(start.id, deadline);
        } catch (RuntimeException e) {
            // This caller may lack the right that the next one has.
            locked(start::notAsked);
            throw e;
        }
    }

    private boolean mustAsk() {
        start.lock.lock();
        try {
            WarehouseState state = start.latest().orElse(seen).state();
            boolean must = state == WarehouseState.STOPPED && !start.wasAsked();
            if (must) {
                start.asked();
            }
            return must;
        } finally {
            start.lock.unlock();
        }
    }

    private void pause() {
        start.lock.lock();
        try {
            Duration pause = start.pause();
            long nanos = Math.min(pause.toNanos(), deadline.remaining().toNanos());
            while (nanos > 0) {
                nanos = start.news.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            start.lock.unlock();
        }
    }

    private void waitForNews(Duration longest) {
        try {
            boolean ignored = start.news.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private LakeportException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new LakeportException(
                CoreError.INTERRUPTED, "waiting for warehouse '" + seen.name() + "' to start was interrupted", e);
    }

    private boolean isNew() {
        start.lock.lock();
        try {
            Optional<WarehouseInfo> latest = start.latest();
            if (start.looks() == looksSeen || latest.isEmpty()) {
                return false;
            }
            looksSeen = start.looks();
            seen = latest.get();
        } finally {
            start.lock.unlock();
        }
        tell();
        return true;
    }

    private boolean isOver() {
        return switch (seen.state()) {
            case RUNNING -> true;
            case DELETING, DELETED ->
                throw new LakeportException(
                        CoreError.OBJECT_NOT_FOUND,
                        "warehouse '" + seen.name() + "' (" + seen.id() + ") was deleted while it was waited for");
            default -> {
                if (hasGivenUp()) {
                    throw new LakeportException(
                            CoreError.WAREHOUSE_UNAVAILABLE,
                            "warehouse '" + seen.name() + "' (" + seen.id() + ") did not start and is " + seen.state()
                                    + seen.trouble().map(why -> ": " + why).orElse("; the workspace does not say why"));
                }
                yield false;
            }
        };
    }

    private boolean hasGivenUp() {
        start.lock.lock();
        try {
            return start.hasGivenUp();
        } finally {
            start.lock.unlock();
        }
    }

    private void locked(Runnable action) {
        start.lock.lock();
        try {
            action.run();
        } finally {
            start.lock.unlock();
        }
    }

    private void tell() {
        progress.accept(new StartProgress(seen, waited()));
    }

    private Duration waited() {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
