package io.lakeport.storage.part;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.storage.StorageError;
import io.lakeport.storage.refusal.Refusal;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Finds out what became of the request that makes an object visible, when its answer may have been lost. Each write
 * marks its object with an id of its own, so that the object itself says whose it is. Not thread-safe.
 */
public final class Commit {
    /** How the store can be asked. */
    public interface Look {
        /** Returns whether the object that is there is this write's, empty when there is none. */
        Optional<Boolean> isOurs();

        /**
         * Asks a question without a body, which a store answers in full: it may hang up on a write that it refuses
         * before it has read the body, and the reason is lost.
         *
         * @throws LakeportException when the store refuses every request, as it then did the write
         */
        void refusedAltogether();
    }

    private final String where;
    private final CreateMode mode;
    private final Look look;
    private boolean mayHaveHappened;
    private boolean unanswered;

    /**
     * Prepares a commit.
     *
     * @param where names the object, for messages
     */
    public Commit(String where, CreateMode mode, Look look) {
        this.where = where;
        this.mode = mode;
        this.look = look;
    }

    /** Runs one try of the request, inside the guard, and takes note of how it ended. */
    public <T> T attempt(Callable<T> request) throws Exception {
        boolean before = mayHaveHappened;
        mayHaveHappened = true;
        try {
            return request.call();
        } catch (LakeportException e) {
            // An answer below 500 says that it did not happen; before it, a try without an answer may have.
            mayHaveHappened = before || !(Refusal.isDefinite(e) || e.is(CoreError.HOST_UNREACHABLE));
            throw e;
        }
    }

    /**
     * Runs the guarded request.
     *
     * @throws LakeportException CONFLICT when the object exists and is another's; OUTCOME_UNKNOWN; or as the request
     *     fails
     */
    public void run(Runnable guarded) {
        try {
            guarded.run();
        } catch (LakeportException e) {
            settle(e);
        }
    }

    private void settle(LakeportException failure) {
        if (!mayHaveHappened) {
            throw failure;
        }
        Optional<Boolean> ours = lookFor(failure);
        if (ours.orElse(false)) {
            return;
        }
        // What exists may be our own from a try without an answer, as long as nobody has said whose it is.
        if (failure.is(CoreError.OBJECT_EXISTS) && !unanswered) {
            throw failure;
        }
        if (ours.isPresent() && mode == CreateMode.FAIL_IF_EXISTS) {
            // Whoever wrote it, our conditional write was refused or is gone; a store may hang up while refusing.
            throw new LakeportException(
                    CoreError.OBJECT_EXISTS, where + " exists already and must not be replaced", failure);
        }
        look.refusedAltogether();
        throw new LakeportException(
                StorageError.WRITE_OUTCOME_UNKNOWN,
                "whether " + where + " was written is not known; look whether it appears before writing it again",
                failure);
    }

    private Optional<Boolean> lookFor(LakeportException failure) {
        // An interrupt made the answer unknown perhaps; it must not keep us from asking.
        boolean interrupted = Thread.interrupted();
        try {
            return look.isOurs();
        } catch (LakeportException e) {
            failure.addSuppressed(e);
            unanswered = true;
            return Optional.empty();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
