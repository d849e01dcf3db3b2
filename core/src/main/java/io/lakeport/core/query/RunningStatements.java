package io.lakeport.core.query;

import io.lakeport.core.tenant.TenantId;
import java.util.List;
import java.util.function.Predicate;

/**
 * Port: remembers which statements may run, so that those of a process that died can be ended. Thread-safe.
 */
public interface RunningStatements extends AutoCloseable {
    /** Remembers nothing: statements of a process that dies run on until the server ends them. */
    RunningStatements NONE = new RunningStatements() {
        @Override
        public void begin(RunningStatement statement) {
            // Nobody is going to ask.
        }

        @Override
        public void end(String tag) {
            // Nothing was remembered.
        }

        @Override
        public void orphans(Predicate<RunningStatement> settled) {
            // There are none to be known of.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    };

    /** Remembers a statement that is about to be posted; it is durable when this returns. */
    void begin(RunningStatement statement);

    /** Forgets a statement that is terminal on the server. One that is not known is ignored. */
    void end(String tag);

    /**
     * Hands over the statements of processes that are dead, each to one caller at a time across all processes of this
     * host.
     *
     * @param settled returns whether a statement can be forgotten; what it throws is passed on, and the statement kept
     */
    void orphans(Predicate<RunningStatement> settled);

    /** Returns the statements of a tenant that may run, of this process and of others on this host, oldest first. */
    default List<RunningStatement> of(TenantId tenant) {
        return List.of();
    }

    /** Forgets nothing; idempotent. */
    @Override
    void close();
}
