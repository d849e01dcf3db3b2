package io.lakeport.core.export.engine;

/** A way in which the rows of a plan become files at the target. Stateless and thread-safe. */
public interface Engine {
    /** Returns its name, for example {@code stream}. */
    String name();

    /**
     * Writes the rows, or what an earlier attempt of the run has not written yet. Files are durable when it returns, and
     * seen by nobody: the caller publishes them.
     *
     * @throws io.lakeport.core.error.LakeportException when the rows could not be read or written; what is recorded in
     *     the journal stays
     */
    EngineOutcome write(EngineTask task);
}
