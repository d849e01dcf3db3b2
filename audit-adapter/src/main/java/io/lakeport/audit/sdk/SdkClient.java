package io.lakeport.audit.sdk;

import com.databricks.sdk.core.ApiClient;
import com.databricks.sdk.core.DatabricksException;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.guard.GuardedCall;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The SDK's client for one tenant. It is built from its parts and not from a {@code DatabricksConfig}, because that one
 * reads the process environment and {@code ~/.databrickscfg} into explicitly configured clients (seen in 0.141.0).
 * The SDK's own retries are off: the guard is the only retry layer. Thread-safe.
 */
public final class SdkClient {
    private static final Duration LONGEST_EXCHANGE = Duration.ofSeconds(60);

    private final Tenant tenant;
    private final URI host;
    private final TokenSource tokens;
    private final Guard guard;
    private final ThreadLocal<SdkCall> current = new ThreadLocal<>();
    private final ApiClient api;

    /** Creates a client of the tenant's workspace; performs no network call. */
    public SdkClient(Tenant tenant, TokenSource tokens, Guard guard) {
        this(tenant, tenant.host().uri(), tokens, guard);
    }

    /**
     * Creates a client of another host that works for the tenant, its account's console; performs no network call.
     *
     * @param host scheme and host
     */
    public SdkClient(Tenant tenant, URI host, TokenSource tokens, Guard guard) {
        this.host = Objects.requireNonNull(host, "host");
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.tokens = Objects.requireNonNull(tokens, "tokens");
        this.guard = Objects.requireNonNull(guard, "guard");
        NoPath.spare();
        this.api = new ApiClient.Builder()
                .withGetHostFunc(unused -> host.toString())
                .withGetAuthTypeFunc(unused -> "lakeport")
                .withAuthenticateFunc(unused -> authorization())
                .withRetryStrategyPicker(request -> error -> false)
                .withHttpClient(new TenantHttp(tenant.userAgent().headerValue(), current))
                .build();
    }

    private Map<String, String> authorization() {
        SdkCall call = Objects.requireNonNull(current.get(), "the SDK was called outside a call");
        AccessToken token = tokens.token(call.deadline());
        call.used(token);
        Map<String, String> headers = new HashMap<>();
        token.forEachHeader(headers::put);
        return headers;
    }

    /**
     * Runs one exchange with the workspace under the guard. A token that the workspace refuses is rejected, and the
     * exchange repeated once with another; that is a new sign-in, not a retry.
     *
     * @param name for meters, for example {@code rest.history}
     * @param action for messages, for example {@code reading the query history}
     * @param exchange calls one method of an SDK API; it must not call others
     * @throws LakeportException as the workspace answered
     */
    public <T> T call(String name, String action, Deadline deadline, Function<ApiClient, T> exchange) {
        return call(new GuardedCall(authority(), tenant.id().value(), "rest", name, true, deadline), action, exchange);
    }

    /** Runs one exchange that must not be repeated, because something would then be there twice. */
    public <T> T once(String name, String action, Deadline deadline, Function<ApiClient, T> exchange) {
        return call(new GuardedCall(authority(), tenant.id().value(), "rest", name, false, deadline), action, exchange);
    }

    private String authority() {
        return host.getRawAuthority();
    }

    private <T> T call(GuardedCall guarded, String action, Function<ApiClient, T> exchange) {
        Deadline deadline = guarded.deadline();
        String what = "tenant '" + tenant.id() + "': " + action + " of " + host;
        try {
            return guard.call(guarded, () -> withFreshToken(what, deadline.atMost(LONGEST_EXCHANGE), exchange));
        } catch (LakeportException e) {
            throw e.with("tenant", tenant.id().value());
        }
    }

    private <T> T withFreshToken(String what, Deadline limit, Function<ApiClient, T> exchange) {
        SdkCall first = new SdkCall(what, limit);
        try {
            return once(first, exchange);
        } catch (LakeportException e) {
            AccessToken refused = first.token();
            if (!e.is(CoreError.TOKEN_REJECTED) || refused == null) {
                throw e;
            }
            tokens.reject(refused);
            if (tokens.token(limit).value().sameValueAs(refused.value())) {
                throw e;
            }
            return once(new SdkCall(what, limit), exchange);
        }
    }

    private <T> T once(SdkCall call, Function<ApiClient, T> exchange) {
        current.set(call);
        try {
            return exchange.apply(api);
        } catch (DatabricksException e) {
            throw RestErrors.of(e, call);
        } finally {
            current.remove();
        }
    }
}
