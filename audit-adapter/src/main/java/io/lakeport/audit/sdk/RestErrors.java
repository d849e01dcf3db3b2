package io.lakeport.audit.sdk;

import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.DatabricksException;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Translates what the REST API or the SDK says into Lakeport's errors, keeping Databricks' own words. */
final class RestErrors {
    private static final int LONGEST = 500;

    private RestErrors() {}

    static LakeportException busy(int status, Optional<String> retryAfter, SdkCall call) {
        LakeportException error = status == 429
                ? new LakeportException(
                        CoreError.RATE_LIMITED, call.what() + " was refused by a rate limit (429); ask less often")
                : new LakeportException(
                        CoreError.SERVICE_UNAVAILABLE,
                        call.what() + " failed: the workspace answered " + status + "; try later");
        return retryAfter
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> error.withRetryAfter(Duration.ofSeconds(Long.parseLong(text))))
                .orElse(error);
    }

    static LakeportException notDatabricks(int status, boolean html, SdkCall call) {
        return new LakeportException(
                CoreError.NOT_A_DATABRICKS_HOST,
                call.what() + " was answered with status " + status + (html ? " and a web page" : "")
                        + ", as no workspace API does; check the host, and whether a proxy answers for it");
    }

    static LakeportException of(DatabricksException failure, SdkCall call) {
        if (failure instanceof DatabricksError error) {
            String said = error.getErrorCode() + ": " + cut(String.valueOf(error.getMessage()));
            CoreError code = code(error.getStatusCode(), said);
            return new LakeportException(
                    code, call.what() + " was refused (" + error.getStatusCode() + "), " + said + hint(code), failure);
        }
        // Not kept as a cause: a parser's message quotes the text that it could not read.
        return new LakeportException(
                CoreError.INTERNAL,
                call.what() + " was answered with something that the Databricks SDK cannot read ("
                        + failure.getClass().getSimpleName() + "); check the host, or report it with this message");
    }

    private static CoreError code(int status, String said) {
        String text = said.toLowerCase(Locale.ROOT);
        boolean token = text.contains("access token") || text.contains("token is expired") || text.contains("jwt");
        return switch (status) {
            case 400 -> CoreError.INVALID_ARGUMENT;
            case 401 -> CoreError.TOKEN_REJECTED;
            // Databricks answers 403 for a bad personal access token as well as for a missing right.
            case 403 -> token ? CoreError.TOKEN_REJECTED : CoreError.ACCESS_DENIED;
            case 404 -> CoreError.OBJECT_NOT_FOUND;
            case 409 -> CoreError.OBJECT_EXISTS;
            default -> CoreError.INTERNAL;
        };
    }

    private static String hint(CoreError code) {
        return switch (code) {
            case TOKEN_REJECTED -> "; check that the credential was issued by this workspace and is still valid";
            case ACCESS_DENIED -> "; a workspace admin can grant the right, or allow this machine's address";
            case OBJECT_NOT_FOUND -> "; check the id, and that this identity may see it";
            default -> "";
        };
    }

    private static String cut(String text) {
        String clean = text.replaceAll("\\p{Cntrl}+", " ");
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
    }
}
