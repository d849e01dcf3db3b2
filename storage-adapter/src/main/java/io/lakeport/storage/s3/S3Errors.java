package io.lakeport.storage.s3;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
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
    private static final int TOO_MANY = 429;
    private static final int SERVER = 500;

    private S3Errors() {}

    static LakeportException translate(S3Settings settings, String key, boolean writes, SdkException e) {
        LakeportException error = e instanceof AwsServiceException answer
                ? answered(settings, key, writes, answer)
                : unanswered(settings, key, e);
        return error.with("bucket", settings.bucket());
    }

    private static LakeportException answered(S3Settings settings, String key, boolean writes, AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        String where = "'" + settings.root() + key + "'";
        String said = "HTTP " + e.statusCode() + (code.isEmpty() ? "" : " " + code);
        Optional<CoreError> known = byCode(code);
        if (known.isPresent()) {
            return new LakeportException(known.get(), where + ": " + said + "; " + remedy(settings, code, e), e);
        }
        return switch (e.statusCode()) {
            case 301, 307 ->
                new LakeportException(
                        CoreError.INVALID_CONFIGURATION, where + ": " + said + "; " + wrongRegion(settings, e), e);
            case 401, 403 ->
                new LakeportException(
                        writes ? CoreError.TARGET_NOT_WRITABLE : CoreError.ACCESS_DENIED,
                        where + " is refused to access key " + settings.accessKeyId() + " (" + said + "); allow it "
                                + (writes ? "s3:PutObject and s3:AbortMultipartUpload" : "s3:GetObject, s3:ListBucket")
                                + " there",
                        e);
            case 404 -> new LakeportException(CoreError.OBJECT_NOT_FOUND, where + " does not exist (" + said + ")", e);
            case 412 ->
                new LakeportException(
                        CoreError.OBJECT_EXISTS, where + " exists already and must not be replaced (" + said + ")", e);
            default -> byStatus(where, said, e);
        };
    }

    private static LakeportException byStatus(String where, String said, AwsServiceException e) {
        if (e.statusCode() == TOO_MANY || e.isThrottlingException()) {
            LakeportException busy = new LakeportException(
                    CoreError.RATE_LIMITED, where + ": the store asks to slow down (" + said + ")", e);
            return retryAfter(e).map(busy::withRetryAfter).orElse(busy);
        }
        // 409 is another conditional write in flight, 408 a body that came too slowly: both pass.
        if (e.statusCode() >= SERVER || e.statusCode() == 408 || e.statusCode() == 409) {
            return new LakeportException(
                    CoreError.SERVICE_UNAVAILABLE, where + ": the store could not do it now (" + said + ")", e);
        }
        return new LakeportException(
                CoreError.INVALID_ARGUMENT, where + ": the store refused the request (" + said + ")", e);
    }

    private static Optional<Duration> retryAfter(AwsServiceException e) {
        return header(e, "Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    /** Returns whether the store would refuse any request for this bucket with these credentials. */
    static boolean refusesEverything(LakeportException e) {
        return e.getCause() instanceof AwsServiceException answer
                && answer.awsErrorDetails() != null
                && byCode(String.valueOf(answer.awsErrorDetails().errorCode())).isPresent();
    }

    private static Optional<CoreError> byCode(String code) {
        return switch (code) {
            case "NoSuchBucket" -> Optional.of(CoreError.OBJECT_NOT_FOUND);
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken" ->
                Optional.of(CoreError.ACCESS_DENIED);
            case "RequestTimeTooSkewed" -> Optional.of(CoreError.ACCESS_DENIED);
            case "AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException" ->
                Optional.of(CoreError.INVALID_CONFIGURATION);
            default -> Optional.empty();
        };
    }

    private static String remedy(S3Settings settings, String code, AwsServiceException e) {
        return switch (code) {
            case "NoSuchBucket" ->
                "bucket '" + settings.bucket() + "' does not exist at " + settings.endpoint()
                        + "; create it, or correct the root or the endpoint";
            case "InvalidAccessKeyId" -> "the store does not know access_key_id '" + settings.accessKeyId() + "'";
            case "SignatureDoesNotMatch" ->
                "secret_access_key does not belong to access_key_id '" + settings.accessKeyId() + "'";
            case "ExpiredToken", "InvalidToken" -> "session_token is no longer valid; obtain new credentials";
            case "RequestTimeTooSkewed" -> "the clock of this machine is wrong; set it";
            default -> wrongRegion(settings, e);
        };
    }

    private static String wrongRegion(S3Settings settings, AwsServiceException e) {
        return "bucket '" + settings.bucket() + "' is not in region "
                + settings.region().id()
                + header(e, "x-amz-bucket-region")
                        .map(region -> " but in " + region + "; set region to that")
                        .orElse("; set region to the bucket's");
    }

    private static Optional<String> header(AwsServiceException e, String name) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.sdkHttpResponse() == null
                ? Optional.empty()
                : details.sdkHttpResponse().firstMatchingHeader(name);
    }

    private static LakeportException unanswered(S3Settings settings, String key, SdkException e) {
        String where = "'" + settings.root() + key + "'";
        if (e instanceof AbortedException || Thread.currentThread().isInterrupted()) {
            Thread.currentThread().interrupt();
            return new LakeportException(CoreError.INTERRUPTED, "the request for " + where + " was interrupted", e);
        }
        if (isUnreachable(e)) {
            return new LakeportException(
                    CoreError.HOST_UNREACHABLE,
                    settings.endpoint() + " cannot be reached for " + where
                            + "; check the endpoint, DNS and the firewall",
                    e);
        }
        boolean late = e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException;
        return new LakeportException(
                CoreError.SERVICE_UNAVAILABLE,
                where + ": " + settings.endpoint()
                        + (late
                                ? " did not answer within " + S3Clients.CALL.toSeconds() + " s"
                                : " broke the connection"),
                e);
    }

    private static boolean isUnreachable(Throwable e) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (at instanceof ConnectException
                    || at instanceof UnknownHostException
                    || at instanceof NoRouteToHostException) {
                return true;
            }
        }
        return false;
    }
}
