package io.lakeport.storage.s3;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.GuardedCall;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.time.Deadline;
import io.lakeport.storage.credential.Renewed;
import io.lakeport.storage.option.Options;
import io.lakeport.storage.refusal.NoAnswer;
import io.lakeport.storage.refusal.Refusal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Asks AWS STS for the credentials of a role. Its default session lasts an hour, which chained roles cannot exceed. */
final class AssumedRole {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final StsClient client;
    private final String arn;
    private final Optional<String> externalId;
    private final String session;
    private final URI endpoint;
    private final ObjectStoreContext context;

    private AssumedRole(
            StsClient client,
            String arn,
            Optional<String> externalId,
            String session,
            URI endpoint,
            ObjectStoreContext context) {
        this.client = client;
        this.arn = arn;
        this.externalId = externalId;
        this.session = session;
        this.endpoint = endpoint;
        this.context = context;
    }

    static AssumedRole of(Options options, S3Settings settings, AwsCredentials key, ObjectStoreContext context) {
        String arn = options.text("role_arn").orElseThrow();
        if (!arn.matches("arn:aws[a-z-]*:iam::\\d{12}:role/.+")) {
            throw options.malformed("role_arn", "expected for example arn:aws:iam::123456789012:role/exports");
        }
        URI endpoint = options.text("sts_endpoint")
                .map(text -> options.server("sts_endpoint", text))
                .orElseGet(() -> S3Settings.amazon("sts", settings.region()));
        StsClient client = StsClient.builder()
                .httpClient(S3Clients.http())
                .endpointOverride(endpoint)
                .region(settings.region())
                .credentialsProvider(StaticCredentialsProvider.create(key))
                .defaultsMode(DefaultsMode.STANDARD)
                .dualstackEnabled(false)
                .fipsEnabled(false)
                .overrideConfiguration(S3Clients.overrides(context))
                .build();
        // The tenant's name shows in CloudTrail.
        String session = options.text("role_session_name")
                .orElse(("lakeport-" + context.tenant().value()).replaceAll("[^\\w+=,.@-]", "-"));
        return new AssumedRole(
                client,
                arn,
                options.text("external_id"),
                session.substring(0, Math.min(64, session.length())),
                endpoint,
                context);
    }

    Renewed.Lease<AwsCredentials> assume() {
        GuardedCall call = new GuardedCall(
                endpoint.getHost(), context.tenant().value(), "store", "sts.assume-role", true, Deadline.after(LIMIT));
        return context.guard().call(call, this::ask);
    }

    private Renewed.Lease<AwsCredentials> ask() {
        try {
            Credentials given = client.assumeRole(request ->
                            request.roleArn(arn).roleSessionName(session).externalId(externalId.orElse(null)))
                    .credentials();
            return new Renewed.Lease<>(
                    AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken()),
                    given.expiration());
        } catch (AwsServiceException e) {
            throw refused(e);
        } catch (SdkException e) {
            throw NoAnswer.of("role '" + arn + "'", endpoint.toString(), false, e);
        }
    }

    private LakeportException refused(AwsServiceException e) {
        String code = S3Errors.code(e);
        Refusal refusal = new Refusal(
                "role '" + arn + "'",
                e.statusCode(),
                "HTTP " + e.statusCode() + (code.isEmpty() ? "" : " " + code),
                Optional.empty(),
                "sts:AssumeRole on it, and the role must trust them"
                        + (externalId.isPresent() ? " under this external_id" : "; it may ask for an external_id"),
                false,
                e);
        if (e.isThrottlingException()) {
            return refusal.busy();
        }
        return code.equals("ExpiredToken")
                ? refusal.error(CoreError.ACCESS_DENIED, "the key that assumes it has a session_token that has ended")
                : refusal.toError();
    }

    void close() {
        client.close();
    }
}
