package io.lakeport.app.cli;

import io.lakeport.core.error.LakeportException;
import java.net.URI;
import java.util.function.Supplier;

/** Tells how to go on with an export that ended before its time. */
final class ResumeHint {
    private ResumeHint() {}

    /** Does the work of an export; when it ends so that it can be gone on with, says how, and fails as the work did. */
    static <T> T during(Console console, URI target, Supplier<T> work) {
        try {
            return work.get();
        } catch (LakeportException e) {
            if (e.context().containsKey("resumable")) {
                console.note("What was written so far is kept. To go on: lakeport export resume " + target
                        + "; to give it up: lakeport export gc " + target);
            }
            throw e;
        }
    }
}
