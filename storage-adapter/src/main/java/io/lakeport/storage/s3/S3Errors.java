package io.lakeport.storage.s3;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.storage.refusal.NoAnswer;
import io.lakeport.storage.refusal.Refusal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Turns what the SDK throws into what a caller can act on. Codes: Amazon S3 API Reference, "Error responses"; the
 * conditional ones: S3 User Guide, "Conditional writes".
 */
final class S3Errors {
    private static final String TOO_SKEWED = "RequestTimeTooSkewed";
    private static final Pattern EXPECTED = Pattern.compile("expecting '([a-z0-9-]{1,40})'");

    private final S3Settings settings;
    private final S3Identity identity;

    S3Errors(S3Settings settings, S3Identity identity) {
        this.settings = settings;
        this.identity = identity;
    }

    LakeportException translate(String key, boolean writes, AwsCredentials used, SdkException e) {
        LakeportException error = e instanceof AwsServiceException answer
                ? answered(key, writes, used, answer)
                : unanswered(where(key), e);
        return error.with("bucket", settings.place().bucket());
    }

    String where(String key) {
        return "'" + settings.place().root() + key + "'";
    }

    private LakeportException answered(String key, boolean writes, AwsCredentials used, AwsServiceException e) {
        String code = e.isClockSkewException() ? TOO_SKEWED : code(e);
        Refusal refusal = new Refusal(
                where(key),
                e.statusCode(),
                "HTTP " + e.statusCode() + (code.isEmpty() ? "" : " " + code),
                Refusal.seconds(header(e, "Retry-After")),
                (writes ? "s3:PutObject and s3:AbortMultipartUpload" : "s3:GetObject, s3:ListBucket") + " there, and"
                        + " access key " + used.accessKeyId() + " lacks them",
                writes,
                e);
        Optional<CoreError> known = byCode(code);
        if (known.isPresent()) {
            return hasEnded(code) && identity.renewAfterRefusal(used)
                    ? refusal.error(CoreError.SERVICE_UNAVAILABLE, "the credentials ended early; new ones are fetched")
                    : refusal.error(known.get(), remedy(code, used.accessKeyId(), e));
        }
        if (e.statusCode() == 301 || e.statusCode() == 307 || isElsewhere(e)) {
            return refusal.error(CoreError.INVALID_CONFIGURATION, wrongRegion(e));
        }
        return e.isThrottlingException() || code.equals("SlowDown") ? refusal.busy() : refusal.toError();
    }

    static String code(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    /** A HEAD has no body that could hold a code, but names the region. */
    private boolean isElsewhere(AwsServiceException e) {
        return e.statusCode() == 400
                && header(e, "x-amz-bucket-region")
                        .filter(region -> !region.equals(settings.region().id()))
                        .isPresent();
    }

    /** Returns whether the store would refuse any request for this bucket with these credentials. */
    static boolean refusesEverything(LakeportException e) {
        return e.getCause() instanceof AwsServiceException answer
                && byCode(code(answer)).isPresent();
    }

    private static boolean hasEnded(String code) {
        return code.equals("ExpiredToken") || code.equals("InvalidToken") || code.equals("TokenRefreshRequired");
    }

    private static Optional<CoreError> byCode(String code) {
        return switch (code) {
            case "NoSuchBucket" -> Optional.of(CoreError.OBJECT_NOT_FOUND);
            case "InvalidAccessKeyId", "SignatureDoesNotMatch" -> Optional.of(CoreError.ACCESS_DENIED);
            // It passes: the client has taken over the server's time by the next try, and clocks are set again.
            case TOO_SKEWED -> Optional.of(CoreError.SERVICE_UNAVAILABLE);
            case "ExpiredToken", "InvalidToken", "TokenRefreshRequired" -> Optional.of(CoreError.ACCESS_DENIED);
            case "AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException" ->
                Optional.of(CoreError.INVALID_CONFIGURATION);
            case "EntityTooLarge" -> Optional.of(CoreError.INVALID_ARGUMENT);
            default -> Optional.empty();
        };
    }

    private String remedy(String code, String id, AwsServiceException e) {
        return switch (code) {
            case "NoSuchBucket" ->
                "bucket '" + settings.place().bucket() + "' does not exist at " + settings.endpoint()
                        + "; create it, or correct the root or the endpoint";
            case "InvalidAccessKeyId" -> "the store does not know access_key_id '" + id + "'";
            case "SignatureDoesNotMatch" -> "secret_access_key does not belong to access_key_id '" + id + "'";
            case "ExpiredToken", "InvalidToken", "TokenRefreshRequired" ->
                "session_token is no longer valid; obtain new credentials";
            case TOO_SKEWED -> "the clock of this machine is wrong; set it";
            case "EntityTooLarge" -> "the object is larger than the store takes; write smaller files";
            default -> wrongRegion(e);
        };
    }

    private String wrongRegion(AwsServiceException e) {
        return "bucket '" + settings.place().bucket() + "' is not in region "
                + settings.region().id()
                + header(e, "x-amz-bucket-region")
                        .or(() -> regionInMessage(e))
                        .map(region -> " but in " + region + "; set region to that")
                        .orElse("; set region to the bucket's");
    }

    /** S3 says: the region 'us-east-1' is wrong; expecting 'eu-west-3'. */
    private static Optional<String> regionInMessage(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        Matcher region = EXPECTED.matcher(details == null ? "" : String.valueOf(details.errorMessage()));
        return region.find() ? Optional.of(region.group(1)) : Optional.empty();
    }

    private static Optional<String> header(AwsServiceException e, String name) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.sdkHttpResponse() == null
                ? Optional.empty()
                : details.sdkHttpResponse().firstMatchingHeader(name);
    }

    private LakeportException unanswered(String where, SdkException e) {
        if (e instanceof AbortedException) {
            Thread.currentThread().interrupt();
        }
        boolean late = e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException;
        return NoAnswer.of(where, settings.endpoint().toString(), late, e);
    }
}
