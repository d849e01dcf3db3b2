package io.lakeport.storage.s3;

import io.lakeport.core.store.ObjectStoreContext;
import java.time.Duration;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Makes the SDK's client so that nothing reaches it but the store's own settings: whatever the SDK would otherwise look
 * up in the environment, system properties or profile files is given, and its retries are off because the guard is the
 * only retry layer.
 */
final class S3Clients {
    /** One attempt, also of a whole part over a slow line. */
    static final Duration CALL = Duration.ofSeconds(90);

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private S3Clients() {}

    static S3Client open(S3Settings settings, S3Identity identity, ObjectStoreContext context) {
        return S3Client.builder()
                .httpClient(http())
                .endpointOverride(settings.endpoint())
                .region(settings.region())
                .forcePathStyle(settings.pathStyle())
                .credentialsProvider(identity)
                .defaultsMode(DefaultsMode.STANDARD)
                .dualstackEnabled(false)
                .fipsEnabled(false)
                .accelerate(false)
                .useArnRegion(false)
                .disableMultiRegionAccessPoints(true)
                .disableS3ExpressSessionAuth(true)
                .crossRegionAccessEnabled(false)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_SUPPORTED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_SUPPORTED)
                .overrideConfiguration(overrides(context))
                .build();
    }

    static ClientOverrideConfiguration overrides(ObjectStoreContext context) {
        ProfileFile none = ProfileFile.aggregator().build();
        return ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .apiCallTimeout(CALL)
                .apiCallAttemptTimeout(CALL)
                // A pooled connection that the store closed meanwhile breaks in the middle of a write, whose outcome is
                // then unknown; this client of the JDK neither checks a connection before use nor tells the two apart.
                .putHeader("Connection", "close")
                .appId(context.userAgent().product())
                .defaultProfileFileSupplier(() -> none)
                .defaultProfileName("default")
                .putAdvancedOption(
                        SdkAdvancedClientOption.USER_AGENT_PREFIX,
                        context.userAgent().headerValue())
                .build();
    }

    static SdkHttpClient http() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(SILENCE)
                .proxyConfiguration(ProxyConfiguration.builder()
                        .useSystemPropertyValues(false)
                        .useEnvironmentVariablesValues(false)
                        .build())
                .build();
    }
}
