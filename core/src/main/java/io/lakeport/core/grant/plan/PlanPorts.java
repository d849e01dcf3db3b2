package io.lakeport.core.grant.plan;

import io.lakeport.core.account.AccountPlane;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.workspace.ControlPlane;
import java.util.Objects;
import java.util.Optional;

/**
 * Through what rights are read and given, as the identity that does so; it is another than the one that is to have them.
 *
 * @param workspace the workspace
 * @param account its account, where the identity signs in there
 * @param sql runs a statement, for the Hive metastore, of which the REST API knows nothing
 */
public record PlanPorts(ControlPlane workspace, Optional<AccountPlane> account, Optional<SqlRunner> sql) {
    /** Runs one statement. */
    @FunctionalInterface
    public interface SqlRunner {
        /** Runs it to its end; throws as a warehouse does. */
        void run(String statement, Deadline deadline);
    }

    public PlanPorts {
        Objects.requireNonNull(workspace, "workspace");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(sql, "sql");
    }
}
