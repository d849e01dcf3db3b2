package io.lakeport.app.cache;

import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.sql.SqlParameter;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.WarehouseId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that the rows of a statement depend on besides its tables. The whole tenant is a part of it, with the host it
 * talks to, the names it starts from and who it signs in as: an identity whose secret was exchanged is another one.
 */
record CacheKey(
        Tenant tenant,
        WarehouseId warehouse,
        Optional<String> catalog,
        Optional<String> schema,
        String sql,
        List<SqlParameter> parameters,
        OptionalLong rowLimit) {
    /** What an entry takes beside its rows: objects, names, versions; an estimate from above. */
    private static final long OVERHEAD = 4_096;

    static CacheKey of(Tenant tenant, WarehouseId warehouse, StatementRequest request) {
        return new CacheKey(
                tenant,
                warehouse,
                request.catalog().or(tenant::catalog),
                request.schema().or(tenant::schema),
                request.sql(),
                request.parameters(),
                request.rowLimit());
    }

    /** Returns how many bytes an entry takes beside its rows. */
    long weight() {
        long values = parameters.stream()
                .mapToLong(parameter -> parameter.value().map(String::length).orElse(0))
                .sum();
        return OVERHEAD + 2 * (sql.length() + values);
    }

    /** Hides the SQL text and the parameters. */
    @Override
    public String toString() {
        return "CacheKey[" + tenant.id() + ", " + warehouse + "]";
    }
}
