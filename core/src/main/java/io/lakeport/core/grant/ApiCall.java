package io.lakeport.core.grant;

import java.util.Objects;
import java.util.Optional;

/**
 * A call of a REST API, ready to be made by somebody with a token. Never holds a secret: where one belongs, {@code body}
 * has a placeholder in angle brackets.
 *
 * @param api whose host it goes to
 * @param method HTTP method
 * @param path with query, encoded; what is not known is a placeholder in angle brackets
 * @param body JSON, empty for none
 */
public record ApiCall(Api api, String method, String path, Optional<String> body) {
    /** Which host answers. */
    public enum Api {
        /** The workspace's own. */
        WORKSPACE,
        /** The account console's, with a token of the account. */
        ACCOUNT
    }

    public ApiCall {
        Objects.requireNonNull(api, "api");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(body, "body");
    }

    static ApiCall workspace(String method, String path, Object body) {
        return new ApiCall(Api.WORKSPACE, method, path, Optional.of(JsonBody.of(body)));
    }

    static ApiCall account(String method, String path, Object body) {
        return new ApiCall(Api.ACCOUNT, method, path, Optional.of(JsonBody.of(body)));
    }

    /** Returns whether nothing is left to be filled in. */
    public boolean isComplete() {
        return !path.contains("<") && !body.orElse("").contains("\"<");
    }

    @Override
    public String toString() {
        return method + " " + path + (api == Api.ACCOUNT ? " (at the account console)" : "")
                + body.map(text -> " " + text).orElse("");
    }
}
