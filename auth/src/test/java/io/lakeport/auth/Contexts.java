package io.lakeport.auth;

import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.core.tenant.WorkspaceHost;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Contexts of token sources for tests. */
public final class Contexts {
    /** A secret that must never be seen outside the Authorization header. */
    public static final String CANARY = "dose0canary0canary0canary0canary0123";

    public static final String CLIENT_ID = "11111111-2222-4333-8444-555555555555";

    private Contexts() {}

    public static TokenSourceContext of(String host, IdentitySettings settings) {
        return new TokenSourceContext(
                TenantId.of("acme"),
                WorkspaceHost.parse(host),
                settings,
                UserAgentEntry.parse("Acme_Widget/1.2.3"),
                Guard.NONE,
                Clock.systemUTC());
    }

    public static IdentitySettings m2m(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of("client_id", CLIENT_ID));
        properties.putAll(more);
        return new IdentitySettings("oauth-m2m", properties, Map.of("client_secret", Secret.of(CANARY)));
    }
}
