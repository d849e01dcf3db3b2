package io.lakeport.audit.sdk;

import com.databricks.sdk.core.ApiClient;
import com.databricks.sdk.core.DatabricksException;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.guard.GuardedCall;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
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
        return guarded(
                name, true, deadline, () -> withFreshToken(call(action, deadline), call -> once(call, exchange)));
    }

    /** Runs one exchange that must not be repeated, because something would then be there twice. */
    public <T> T once(String name, String action, Deadline deadline, Function<ApiClient, T> exchange) {
        return guarded(
                name, false, deadline, () -> withFreshToken(call(action, deadline), call -> once(call, exchange)));
    }

    /** Runs one exchange that must not be repeated, with a secret that the SDK must not see in its request. */
    <T> T onceWith(String name, String action, Secret secret, Deadline deadline, Function<ApiClient, T> exchange) {
        return guarded(
                name,
                false,
                deadline,
                () -> withFreshToken(call(action, deadline).sending(secret), call -> once(call, exchange)));
    }

    /**
     * Runs an exchange that must not be repeated, and keeps one member of its answer from the SDK, which would write it
     * to its log.
     *
     * @param member name of a JSON member with a secret
     * @return what the SDK made of the answer, and the secret; empty where the answer had none
     * @throws LakeportException as the workspace answered
     */
    public <T> Withheld<T> callOnce(
            String name, String action, String member, Deadline deadline, Function<ApiClient, T> exchange) {
        return guarded(
                name,
                false,
                deadline,
                () -> withFreshToken(call(action, deadline).holdingBack(member), call -> {
                    T answer = once(call, exchange);
                    return new Withheld<>(answer, call.heldBack());
                }));
    }

    /**
     * An answer without its secret, and the secret.
     *
     * @param answer what the SDK made of it
     * @param secret what it did not see
     */
    public record Withheld<T>(T answer, Optional<Secret> secret) {}

    private SdkCall call(String action, Deadline deadline) {
        return new SdkCall(
                "tenant '" + tenant.id() + "': " + action + " of " + host, deadline.atMost(LONGEST_EXCHANGE));
    }

    private <T> T guarded(String name, boolean repeatable, Deadline deadline, Callable<T> exchange) {
        GuardedCall guarded =
                new GuardedCall(host.getRawAuthority(), tenant.id().value(), "rest", name, repeatable, deadline);
        try {
            return guard.call(guarded, exchange);
        } catch (LakeportException e) {
            throw e.with("tenant", tenant.id().value());
        }
    }

    private <T> T withFreshToken(SdkCall first, Function<SdkCall, T> exchange) {
        try {
            return exchange.apply(first);
        } catch (LakeportException e) {
            AccessToken refused = first.token();
            if (!e.is(CoreError.TOKEN_REJECTED) || refused == null) {
                throw e;
            }
            tokens.reject(refused);
            if (tokens.token(first.deadline()).value().sameValueAs(refused.value())) {
                throw e;
            }
            return exchange.apply(first.again());
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
