package io.lakeport.core.auth.user;

import io.lakeport.core.tenant.TenantId;
import java.util.Objects;

/** One user of one tenant's connection: whose credential it is. */
public record ConnectionUser(TenantId tenant, UserId user) {
    public ConnectionUser {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(user, "user");
    }

    @Override
    public String toString() {
        return "user '" + user + "' of tenant '" + tenant + "'";
    }
}
