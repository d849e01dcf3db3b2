package io.lakeport.core.query;

import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.WarehouseId;
import java.time.Instant;
import java.util.Objects;

/**
 * A statement that may run, as it is remembered beyond the end of its process. It holds no SQL text and no secret.
 *
 * @param tag by which the statement is found, see {@link StatementRequest#tag()}
 * @param tenant for whom it runs
 * @param warehouse where it runs
 * @param purpose why it runs
 * @param begun when it was about to be posted
 */
public record RunningStatement(String tag, TenantId tenant, WarehouseId warehouse, Purpose purpose, Instant begun) {
    public RunningStatement {
        if (!tag.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("statement tag '" + tag + "' is not 32 hexadecimal digits");
        }
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(warehouse, "warehouse");
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(begun, "begun");
    }
}
