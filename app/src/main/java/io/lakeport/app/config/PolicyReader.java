package io.lakeport.app.config;

import io.lakeport.core.tenant.TenantBudget;
import io.lakeport.core.tenant.TenantPolicy;
import io.lakeport.core.tenant.TenantRetention;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Reads what a tenant may use, how long its traces are kept, and who may see and change it. */
final class PolicyReader {
    private PolicyReader() {}

    static TenantPolicy read(ConfigObject tenant) {
        Set<String> administrators = roles(tenant, "administrators");
        return new TenantPolicy(
                tenant.find("budget").map(PolicyReader::budget).orElse(TenantBudget.UNLIMITED),
                tenant.find("retention").map(PolicyReader::retention).orElse(TenantRetention.FOREVER),
                roles(tenant, "readable_by"),
                administrators.isEmpty() ? TenantPolicy.NONE.administrators() : administrators);
    }

    private static Set<String> roles(ConfigObject tenant, String key) {
        Set<String> roles = new LinkedHashSet<>();
        tenant.list(key).forEach(role -> roles.add(role.string()));
        return roles;
    }

    private static TenantBudget budget(JsonValue value) {
        ConfigObject budget = ConfigObject.of(value, ConfigKeys.BUDGET);
        return ConfigObject.located(
                value,
                () -> new TenantBudget(
                        budget.count("concurrent", 1).map(OptionalInt::of).orElseGet(OptionalInt::empty),
                        number(budget.find("statements").map(JsonValue::integer)),
                        number(budget.read("bytes", Quantity::bytes)),
                        number(budget.find("rows").map(JsonValue::integer)),
                        budget.read("window", Quantity::duration).orElse(TenantBudget.DAY)));
    }

    private static OptionalLong number(Optional<Long> number) {
        return number.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    private static TenantRetention retention(JsonValue value) {
        ConfigObject retention = ConfigObject.of(value, ConfigKeys.RETENTION);
        return new TenantRetention(
                retention.read("ledger", Quantity::duration), retention.read("receipts", Quantity::duration));
    }
}
