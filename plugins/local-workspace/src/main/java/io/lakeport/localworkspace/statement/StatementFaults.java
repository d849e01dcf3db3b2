package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.auth.Principal;
import java.time.Duration;
import java.util.Optional;

/** What is planned to go wrong with statements, sessions and links. Implementations are thread-safe. */
public interface StatementFaults {
    /** Nothing goes wrong. */
    StatementFaults NONE = new StatementFaults() {
        @Override
        public Optional<StatementFault> onExecute(String sql, Principal principal, String userAgent) {
            return Optional.empty();
        }

        @Override
        public boolean expiresSession(Principal principal) {
            return false;
        }

        @Override
        public Optional<LinkLife> onLink(String sql, Principal principal) {
            return Optional.empty();
        }
    };

    /**
     * How long a link lives.
     *
     * @param lifetime how long storage takes it; zero or negative for one that is issued expired
     * @param announced whether the answer that carries it says so
     */
    record LinkLife(Duration lifetime, boolean announced) {}

    /** Returns what is planned for a statement that was posted now. */
    Optional<StatementFault> onExecute(String sql, Principal principal, String userAgent);

    /** Returns whether a session that is about to be used is to be closed first. */
    boolean expiresSession(Principal principal);

    /** Returns how long a link to a chunk of a statement lives, empty for the usual time. */
    Optional<LinkLife> onLink(String sql, Principal principal);
}
