package io.lakeport.app.config;

import io.lakeport.core.tenant.TenantBudget;
import io.lakeport.core.tenant.TenantPolicy;
import io.lakeport.core.tenant.TenantRetention;
import java.util.LinkedHashMap;
import java.util.Map;

/** A policy as members of a tenant, as {@link PolicyReader} reads them. */
final class PolicyText {
    private PolicyText() {}

    static Map<String, Object> members(TenantPolicy policy) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (policy.budget().isLimited()) {
            json.put("budget", budget(policy.budget()));
        }
        Map<String, Object> retention = retention(policy.retention());
        if (!retention.isEmpty()) {
            json.put("retention", retention);
        }
        if (!policy.readers().isEmpty()) {
            json.put("readable_by", policy.readers().stream().sorted().toList());
        }
        if (!policy.administrators().equals(TenantPolicy.NONE.administrators())) {
            json.put("administrators", policy.administrators().stream().sorted().toList());
        }
        return json;
    }

    private static Map<String, Object> budget(TenantBudget budget) {
        Map<String, Object> json = new LinkedHashMap<>();
        budget.concurrent().ifPresent(number -> json.put("concurrent", number));
        budget.statements().ifPresent(number -> json.put("statements", number));
        budget.bytes().ifPresent(number -> json.put("bytes", Long.toString(number)));
        budget.rows().ifPresent(number -> json.put("rows", number));
        json.put("window", budget.window());
        return json;
    }

    private static Map<String, Object> retention(TenantRetention retention) {
        Map<String, Object> json = new LinkedHashMap<>();
        retention.ledger().ifPresent(time -> json.put("ledger", time));
        retention.receipts().ifPresent(time -> json.put("receipts", time));
        return json;
    }
}
