package io.lakeport.storage.s3;

import io.lakeport.core.secret.Secret;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.storage.credential.PathCredentials;
import io.lakeport.storage.credential.Renewed;
import io.lakeport.storage.option.Options;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Who a store's requests are signed by: a key, a role that the key assumes, or what the workspace vends for the path.
 */
final class S3Identity implements AwsCredentialsProvider, AutoCloseable {
    static final Set<String> PROPERTIES =
            Set.of("access_key_id", "credentials", "role_arn", "external_id", "role_session_name", "sts_endpoint");
    static final String SECRET_ACCESS_KEY = "secret_access_key";
    static final String SESSION_TOKEN = "session_token";
    static final Set<String> SECRETS = Set.of(SECRET_ACCESS_KEY, SESSION_TOKEN);

    private final Optional<Renewed<AwsCredentials>> renewed;
    private final Optional<AwsCredentials> fixed;
    private final Runnable close;

    private S3Identity(Optional<AwsCredentials> fixed, Optional<Renewed<AwsCredentials>> renewed, Runnable close) {
        this.fixed = fixed;
        this.renewed = renewed;
        this.close = close;
    }

    static S3Identity of(S3Settings settings, ObjectStoreContext context) {
        String owner = "store '" + context.root() + "'";
        Options options =
                Options.of(owner, context.properties(), context.properties().keySet());
        String kind = options.text("credentials").orElse("static");
        if (kind.equals("vended")) {
            return vended(owner, context);
        } else if (!kind.equals("static")) {
            throw options.malformed("credentials", "expected static or vended");
        }
        AwsCredentials key = key(owner, options, context);
        if (options.text("role_arn").isEmpty()) {
            return new S3Identity(Optional.of(key), Optional.empty(), () -> {});
        }
        AssumedRole role = AssumedRole.of(options, settings, key, context);
        return new S3Identity(
                Optional.empty(), Optional.of(new Renewed<>(role::assume, Clock.systemUTC())), role::close);
    }

    private static S3Identity vended(String owner, ObjectStoreContext context) {
        PathCredentials vending = PathCredentials.of(owner, context);
        return new S3Identity(
                Optional.empty(),
                Optional.of(new Renewed<>(
                        () -> vending.fetch("aws_temp_credentials", S3Identity::fromAnswer), Clock.systemUTC())),
                () -> {});
    }

    private static AwsCredentials fromAnswer(com.fasterxml.jackson.databind.JsonNode answer) {
        return AwsSessionCredentials.create(
                answer.path("access_key_id").asText(),
                answer.path("secret_access_key").asText(),
                answer.path("session_token").asText());
    }

    private static AwsCredentials key(String owner, Options options, ObjectStoreContext context) {
        Secret key = context.secrets().get(SECRET_ACCESS_KEY);
        if (key == null) {
            throw S3Settings.missing(owner, "secret '" + SECRET_ACCESS_KEY + "'");
        }
        String id =
                options.text("access_key_id").orElseThrow(() -> S3Settings.missing(owner, "property 'access_key_id'"));
        Secret token = context.secrets().get(SESSION_TOKEN);
        return token == null
                ? AwsBasicCredentials.create(id, key.reveal())
                : AwsSessionCredentials.create(id, key.reveal(), token.reveal());
    }

    /** Makes sure that there are credentials, so that fetching them is an exchange of its own and not part of one. */
    void prepare() {
        renewed.ifPresent(Renewed::get);
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return fixed.or(() -> renewed.map(Renewed::get)).orElseThrow();
    }

    /**
     * Takes note that the store calls credentials ended; returns whether another try makes sense.
     *
     * @param used those that the request was made with, or older ones
     */
    boolean renewAfterRefusal(AwsCredentials used) {
        return renewed.map(source -> source.refused(used)).orElse(false);
    }

    @Override
    public void close() {
        close.run();
    }
}
