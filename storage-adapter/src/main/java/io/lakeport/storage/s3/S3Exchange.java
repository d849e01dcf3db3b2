package io.lakeport.storage.s3;

import io.lakeport.core.guard.Guard;
import io.lakeport.core.guard.GuardedCall;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.time.Deadline;
import io.lakeport.storage.part.Commit;
import java.time.Duration;
import java.util.concurrent.Callable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkException;

/** Runs single requests under the guard and translates what they throw. Thread-safe. */
final class S3Exchange {
    /** All tries of one request together. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final S3Settings settings;
    private final S3Identity identity;
    private final S3Errors errors;
    private final String tenant;
    private final Guard guard;

    S3Exchange(S3Settings settings, S3Identity identity, ObjectStoreContext context) {
        this.settings = settings;
        this.identity = identity;
        this.errors = new S3Errors(settings, identity);
        this.tenant = context.tenant().value();
        this.guard = context.guard();
    }

    /**
     * Runs a request that may be repeated.
     *
     * @param name for messages and meters, for example {@code s3.put}
     * @param key what it is about, for messages
     * @param writes whether a refusal means that the target cannot be written
     */
    <T> T call(String name, String key, boolean writes, Callable<T> request) {
        return guarded(name, () -> attempt(key, writes, request));
    }

    /** Runs the request that makes an object visible. */
    void commit(String name, String key, Commit commit, Callable<Object> request) {
        guarded(name, () -> commit.attempt(() -> attempt(key, true, request)));
    }

    private <T> T guarded(String name, Callable<T> exchange) {
        identity.prepare();
        GuardedCall call =
                new GuardedCall(settings.endpoint().getHost(), tenant, "store", name, true, Deadline.after(LIMIT));
        return guard.call(call, exchange);
    }

    private <T> T attempt(String key, boolean writes, Callable<T> request) throws Exception {
        AwsCredentials used = identity.resolveCredentials();
        try {
            return request.call();
        } catch (SdkException e) {
            throw errors.translate(key, writes, used, e);
        }
    }

    String where(String key) {
        return errors.where(key);
    }
}
