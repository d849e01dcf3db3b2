package io.lakeport.core.auth;

import io.lakeport.core.auth.user.UserSession;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.core.tenant.WorkspaceHost;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a token source may use.
 *
 * @param tenant whose identity it is
 * @param host the workspace that must accept the token
 * @param settings what the method needs
 * @param userAgent sent on every request
 * @param guard around every exchange
 * @param clock for issue and expiry times
 * @param idTokens what the host offers for workload identity federation, by name
 * @param user for whom, on a connection with per-user credentials; empty for the connection's own credential
 */
public record TokenSourceContext(
        TenantId tenant,
        WorkspaceHost host,
        IdentitySettings settings,
        UserAgentEntry userAgent,
        Guard guard,
        Clock clock,
        Map<String, IdTokenProvider> idTokens,
        Optional<UserSession> user) {
    public TokenSourceContext {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(userAgent, "userAgent");
        Objects.requireNonNull(guard, "guard");
        Objects.requireNonNull(clock, "clock");
        idTokens = Map.copyOf(idTokens);
        Objects.requireNonNull(user, "user");
    }

    /** Creates a context in which the host offers no id tokens. */
    public TokenSourceContext(
            TenantId tenant,
            WorkspaceHost host,
            IdentitySettings settings,
            UserAgentEntry userAgent,
            Guard guard,
            Clock clock) {
        this(tenant, host, settings, userAgent, guard, clock, Map.of(), Optional.empty());
    }

    /** Returns this context with other settings. */
    public TokenSourceContext with(IdentitySettings others) {
        return new TokenSourceContext(tenant, host, others, userAgent, guard, clock, idTokens, user);
    }

    /** Returns this context for a user. */
    public TokenSourceContext of(UserSession session) {
        return new TokenSourceContext(tenant, host, settings, userAgent, guard, clock, idTokens, Optional.of(session));
    }

    /** Returns this context with what the host offers for workload identity federation. */
    public TokenSourceContext withIdTokens(Map<String, IdTokenProvider> offered) {
        return new TokenSourceContext(tenant, host, settings, userAgent, guard, clock, offered, user);
    }
}
