package io.lakeport.app.live;

import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.StoreSettings;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.tenant.Isolation;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.TenantScope;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.tenant.WorkspaceHost;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A real workspace, named by environment variables ({@code docs/live.md} lists them). Everything that a run makes
 * carries a name of its own, so that two runs never meet and what one leaves after a crash can be found.
 */
final class LiveWorkspace {
    private final String run = "lakeport_live_" + UUID.randomUUID().toString().substring(0, 8);

    URI target() {
        return URI.create(variable("TARGET") + run + "/");
    }

    TableName table(String suffix) {
        return TableName.of(variable("CATALOG"), variable("SCHEMA"), run + suffix);
    }

    TableName origin() {
        return TableName.parse(
                Optional.ofNullable(System.getenv("LAKEPORT_LIVE_ORIGIN")).orElse("samples.nyctaxi.trips"));
    }

    Tenant tenant() {
        return new Tenant(
                TenantId.of("live"),
                WorkspaceHost.parse(variable("HOST")),
                List.of(WarehouseId.of(variable("WAREHOUSE"))),
                "sea",
                Optional.empty(),
                Optional.empty(),
                IdentitySettings.oauthM2m(variable("CLIENT_ID"), Secret.of(variable("CLIENT_SECRET"))),
                Isolation.SEPARATE_CREDENTIALS,
                new TenantScope(Set.of(), Set.of(target()), AccessProfile.WRITE_BACK),
                UserAgentEntry.parse("Lakeport_Live/1.0"),
                Duration.ofMinutes(20));
    }

    LakeportConfig config() {
        return LakeportConfig.of(tenant()).withStore("live", store());
    }

    StoreSettings store() {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        secrets.put("secret_access_key", Secret.of(variable("S3_SECRET_ACCESS_KEY")));
        Optional.ofNullable(System.getenv("LAKEPORT_LIVE_S3_SESSION_TOKEN"))
                .ifPresent(token -> secrets.put("session_token", Secret.of(token)));
        return new StoreSettings(
                target(),
                Map.of("region", variable("S3_REGION"), "access_key_id", variable("S3_ACCESS_KEY_ID")),
                secrets);
    }

    private static String variable(String name) {
        String value = System.getenv("LAKEPORT_LIVE_" + name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(
                    "set the environment variable LAKEPORT_LIVE_" + name + "; docs/live.md lists all of them");
        }
        return value;
    }
}
