package io.lakeport.storage.delta;

import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.delta.kernel.exceptions.UnsupportedProtocolVersionException;
import io.delta.kernel.exceptions.UnsupportedTableFeatureException;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.manifest.ExportManifest;

/** Errors of Delta Kernel in terms of what the caller can do. */
final class DeltaFailures {
    private DeltaFailures() {}

    static LakeportException translate(Exception failure, String root, ExportManifest manifest) {
        String table = "the Delta table at '" + root + "'";
        if (failure instanceof ConcurrentWriteException || failure instanceof MaxCommitRetryLimitReachedException) {
            return new LakeportException(
                    CoreError.OBJECT_EXISTS,
                    table + " was changed by someone else while run " + manifest.runId() + " was published ("
                            + failure.getMessage() + "); the table has nothing of the run yet: publish it again",
                    failure);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LakeportException known) {
                return known;
            }
        }
        if (failure instanceof UnsupportedTableFeatureException
                || failure instanceof UnsupportedProtocolVersionException) {
            return new LakeportException(
                    CoreError.NOT_SUPPORTED,
                    table + " cannot be written: " + failure.getMessage() + "; export to another folder",
                    failure);
        }
        if (failure instanceof KernelException) {
            return new LakeportException(
                    CoreError.TARGET_NOT_EMPTY, table + " does not take the run: " + failure.getMessage(), failure);
        }
        return new LakeportException(
                CoreError.INTERNAL, table + " could not be committed to: " + failure.getMessage(), failure);
    }
}
