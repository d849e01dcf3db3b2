package io.lakeport.localworkspace.fault;

import io.lakeport.localworkspace.auth.Principal;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a fault may meet. Principal and text are asked for only when a rule wants them, since they cost a signature
 * check or a parse.
 */
record FaultTarget(
        String method,
        String path,
        String remoteAddress,
        String thriftMethod,
        String userAgent,
        Function<String, String> headers,
        Supplier<String> statementText,
        Supplier<Optional<Principal>> caller) {
    /** Returns the target for what is not an HTTP request of its own. */
    static FaultTarget of(String thriftMethod, String userAgent, String sql, Principal principal) {
        return new FaultTarget(
                "", "", "", thriftMethod, userAgent, name -> "", () -> sql, () -> Optional.of(principal));
    }

    String header(String name) {
        return headers.apply(name);
    }

    String statement() {
        return statementText.get();
    }

    boolean isPrincipal(String name) {
        return caller.get()
                .filter(principal -> principal.applicationId().equals(name)
                        || principal.displayName().equals(name))
                .isPresent();
    }
}
