package io.lakeport.app.cli;

import io.lakeport.app.TenantInfo;
import io.lakeport.core.tenancy.DeletionProof;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.WarehouseId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tenants for people, and for programs. */
final class TenantText {
    private static final String NONE = "-";

    private TenantText() {}

    static TextTable table(List<TenantInfo> tenants) {
        TextTable table = new TextTable("TENANT", "STATE", "KEPT IN", "WORKSPACE", "SIGNS IN BY", "ACCESS", "SINCE");
        tenants.forEach(info -> table.row(
                info.id().value(),
                lower(info.state()),
                info.fixed() ? "file" : "state",
                info.tenant().map(tenant -> tenant.host().toString()).orElse(NONE),
                info.tenant().map(TenantText::identity).orElse(NONE),
                info.tenant().map(tenant -> lower(tenant.scope().access())).orElse(NONE),
                info.changed().map(TenantText::time).orElse(NONE)));
        return table;
    }

    private static String identity(Tenant tenant) {
        return tenant.identity().method()
                + Optional.ofNullable(tenant.identity().properties().get("client_id"))
                        .map(id -> " " + id)
                        .orElse("");
    }

    static List<String> lines(TenantInfo info) {
        List<String> lines = new ArrayList<>();
        members(info).forEach((name, value) -> lines.add(String.format(Locale.ROOT, "%-12s%s", name, value)));
        return lines;
    }

    static Map<String, Object> members(TenantInfo info) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tenant", info.id());
        json.put("state", lower(info.state()));
        json.put("kept_in", info.fixed() ? "file" : "state");
        json.put("version", info.version());
        info.changed().ifPresent(at -> json.put("changed", time(at)));
        if (!info.reason().isEmpty()) {
            json.put("reason", info.reason());
        }
        info.tenant().ifPresent(tenant -> {
            json.put("host", tenant.host().toString());
            json.put(
                    "warehouses",
                    tenant.warehouses().stream().map(WarehouseId::value).toList());
            json.put("signs_in_by", identity(tenant));
            json.put("isolation", lower(tenant.isolation()));
            json.put("access", lower(tenant.scope().access()));
            json.put("catalogs", tenant.scope().catalogs().stream().sorted().toList());
            json.put("schemas", tenant.scope().schemas().stream().sorted().toList());
            json.put("user_agent", tenant.userAgent().toString());
        });
        return json;
    }

    static Map<String, Object> members(DeletionProof proof, boolean genuine) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("lakeport_deletion_proof", 1);
        json.put("tenant", proof.tenant());
        json.put("finished", proof.finished());
        List<Object> parts = new ArrayList<>();
        proof.parts().forEach(part -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("removed", part.name());
            one.put("count", part.count());
            one.put("digests", part.digests());
            one.put("note", part.note());
            parts.add(one);
        });
        json.put("parts", parts);
        json.put("sha256", proof.digest());
        proof.signature().ifPresent(signature -> json.put("hmac_sha256", signature));
        json.put("genuine", genuine);
        return json;
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
