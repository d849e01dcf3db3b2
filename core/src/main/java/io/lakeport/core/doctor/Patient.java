package io.lakeport.core.doctor;

import io.lakeport.core.auth.SignedIn;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.network.Network;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.workspace.ControlPlane;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The tenant whose connection is checked, with its ports. The doctor closes none of them.
 *
 * @param tenant whose connection it is
 * @param network the road to the workspace
 * @param freshTokens gives a new token with every call, past the cache
 * @param signIn tries a token at the workspace
 * @param controlPlane the workspace's REST API
 * @param warehouse runs statements
 * @param rows reads a result row by row
 * @param clock tells this machine's time
 */
public record Patient(
        Tenant tenant,
        Network network,
        TokenSource freshTokens,
        Function<Deadline, SignedIn> signIn,
        Supplier<ControlPlane> controlPlane,
        Supplier<Warehouse> warehouse,
        Function<ResultStream, RowCursor> rows,
        Clock clock) {
    public Patient {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(freshTokens, "freshTokens");
        Objects.requireNonNull(signIn, "signIn");
        Objects.requireNonNull(controlPlane, "controlPlane");
        Objects.requireNonNull(warehouse, "warehouse");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(clock, "clock");
    }
}
