package io.lakeport.app.config;

import io.lakeport.core.tenant.Isolation;
import io.lakeport.core.tenant.UserAgentEntry;
import java.time.Duration;
import java.util.Objects;

/**
 * What a tenant has that says nothing else.
 *
 * @param engine scheme of the warehouse provider
 * @param userAgent name under which calls appear
 * @param statementTimeout how long a statement may take
 * @param isolation how tenants are kept apart
 */
public record TenantDefaults(String engine, UserAgentEntry userAgent, Duration statementTimeout, Isolation isolation) {
    public TenantDefaults {
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(userAgent, "userAgent");
        Objects.requireNonNull(statementTimeout, "statementTimeout");
        Objects.requireNonNull(isolation, "isolation");
    }

    /** Returns the Statement Execution API, ten minutes, a principal for each tenant. */
    public static TenantDefaults standard() {
        return new TenantDefaults(
                "sea",
                UserAgentEntry.parse("Lakeport_App/0.1.0"),
                Duration.ofMinutes(10),
                Isolation.SEPARATE_CREDENTIALS);
    }
}
