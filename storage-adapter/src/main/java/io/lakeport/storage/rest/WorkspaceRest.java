package io.lakeport.storage.rest;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.store.WorkspaceAccess;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Requests to the tenant's workspace, with its token. Thread-safe. */
public final class WorkspaceRest {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final Duration TOKEN = Duration.ofMinutes(1);

    private final RestClient client;
    private final WorkspaceAccess workspace;

    private WorkspaceRest(RestClient client, WorkspaceAccess workspace) {
        this.client = client;
        this.workspace = workspace;
    }

    /**
     * Reaches the workspace of a store's tenant.
     *
     * @param what needs it, for the message
     * @throws LakeportException INVALID_REQUEST when there is none
     */
    public static WorkspaceRest of(ObjectStoreContext context, String what) {
        WorkspaceAccess workspace = context.workspace()
                .orElseThrow(() -> new LakeportException(
                        CoreError.INVALID_CONFIGURATION,
                        "store '" + context.root() + "' needs a workspace for " + what
                                + "; open it through a tenant that has one"));
        return new WorkspaceRest(new RestClient(context, workspace.host().uri()), workspace);
    }

    /** Returns the URL of a path, which is encoded already. */
    public URI url(String path) {
        return workspace.host().resolve(path);
    }

    /** Runs an exchange under the guard; as {@link RestClient#guarded}. */
    public <T> T guarded(String name, long bytes, Callable<T> exchange) {
        return client.guarded(name, bytes, exchange);
    }

    /**
     * Sends a request once, and once more with another token when its own was refused and there is another.
     *
     * @param request makes it without the token
     * @throws LakeportException UNAUTHENTICATED when the workspace takes no token of the tenant; else as
     *     {@link RestClient#send}
     */
    public HttpResponse<byte[]> send(Supplier<HttpRequest.Builder> request, String where) {
        AccessToken token = workspace.tokens().token(Deadline.after(TOKEN));
        HttpResponse<byte[]> answer = send(request.get(), token, where);
        if (refusesToken(answer)) {
            workspace.tokens().reject(token);
            AccessToken other = workspace.tokens().token(Deadline.after(TOKEN));
            if (!other.value().sameValueAs(token.value())) {
                answer = send(request.get(), other, where);
            }
        }
        if (refusesToken(answer)) {
            throw new LakeportException(
                            CoreError.TOKEN_REJECTED,
                            where + ": " + workspace.host() + " does not take the tenant's token (HTTP "
                                    + answer.statusCode() + "); check the tenant's credentials")
                    .with("http_status", String.valueOf(answer.statusCode()));
        }
        return answer;
    }

    /** A 403 may mean a token, a right or an address; only what the body says tells them apart. */
    private static boolean refusesToken(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != FORBIDDEN) {
            return answer.statusCode() == UNAUTHORIZED;
        }
        String said = new String(answer.body(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        return said.contains("token") && (said.contains("invalid") || said.contains("expired"));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, AccessToken token, String where) {
        token.forEachHeader(request::header);
        return client.send(request, where);
    }
}
