package io.lakeport.storage.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An answer is lost, the request is repeated, and the store says that the object exists already. */
class CommitTest {
    private static final LakeportException EXISTS = new LakeportException(CoreError.OBJECT_EXISTS, "exists already");

    @Test
    @Tag("AA-18")
    void run_objectIsOurs_hasHappened() {
        lostThenExists(() -> Optional.of(true));
    }

    @Test
    void run_objectIsAnothers_isAConflict() {
        assertThat(failure(() -> Optional.of(false)).category()).isEqualTo(ErrorCategory.CONFLICT);
    }

    @Test
    @Tag("AA-18")
    void run_nobodySaysWhoseItIs_isUnknownAndNoConflict() {
        LakeportException unknown = failure(() -> {
            throw new LakeportException(CoreError.SERVICE_UNAVAILABLE, "the clocks differ too much");
        });

        assertThat(unknown.category()).isEqualTo(ErrorCategory.OUTCOME_UNKNOWN);
    }

    private static LakeportException failure(Callable<Optional<Boolean>> whose) {
        return catchThrowableOfType(LakeportException.class, () -> lostThenExists(whose));
    }

    private static void lostThenExists(Callable<Optional<Boolean>> whose) {
        Commit commit = new Commit("'s3://lake/k'", CreateMode.FAIL_IF_EXISTS, new Commit.Look() {
            @Override
            public Optional<Boolean> isOurs() {
                try {
                    return whose.call();
                } catch (LakeportException e) {
                    throw e;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }

            @Override
            public void refusedAltogether() {}
        });
        commit.run(() -> {
            attempt(commit, new LakeportException(CoreError.SERVICE_UNAVAILABLE, "the connection broke"));
            throw attempt(commit, EXISTS);
        });
    }

    private static LakeportException attempt(Commit commit, LakeportException answer) {
        return catchThrowableOfType(
                LakeportException.class,
                () -> commit.attempt(() -> {
                    throw answer;
                }));
    }
}
