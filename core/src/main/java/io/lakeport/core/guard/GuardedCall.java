package io.lakeport.core.guard;

import io.lakeport.core.time.Deadline;
import java.util.Objects;

/**
 * What a guard must know of an exchange.
 *
 * @param workspace host of the workspace; rate limits and circuits are kept per workspace
 * @param tenant id of the tenant, or empty text outside a tenant; bulkheads and meters are kept per tenant
 * @param family API family with its own rate limit: {@code token}, {@code sql}, {@code chunk}, {@code rest},
 *     {@code store}
 * @param name what is called, for messages and meters, for example {@code sql.poll}
 * @param repeatable whether the exchange may be repeated after an error of a retryable category
 * @param deadline when all tries together must have ended
 */
public record GuardedCall(
        String workspace, String tenant, String family, String name, boolean repeatable, Deadline deadline) {
    public GuardedCall {
        Objects.requireNonNull(workspace, "workspace");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(deadline, "deadline");
    }
}
