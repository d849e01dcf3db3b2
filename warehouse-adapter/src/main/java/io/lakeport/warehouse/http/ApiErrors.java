package io.lakeport.warehouse.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;

/** Turns refusals of the workspace's REST API into errors that say what to do. */
public final class ApiErrors {
    private static final int LONGEST_MESSAGE = 2_000;
    private static final Set<String> GONE = Set.of("NOT_FOUND", "RESOURCE_DOES_NOT_EXIST", "ENDPOINT_NOT_FOUND");

    private ApiErrors() {}

    /**
     * Returns the error for an answer that is not a success.
     *
     * @param what the call, for the message, for example {@code POST /api/2.0/sql/statements}
     * @param body the answer as JSON, a missing node when it was none
     */
    public static LakeportException of(String what, HttpResponse<?> answer, JsonNode body, Clock clock) {
        String said = cut(body.path("message").asText(""));
        String code = body.path("error_code").asText("");
        String text = what + " was answered with HTTP " + answer.statusCode()
                + (code.isEmpty() ? "" : " " + cut(code))
                + (said.isEmpty() ? "" : ": " + said);
        CoreError kind = kind(answer.statusCode(), code, said);
        LakeportException error = new LakeportException(kind, text + nextStep(kind));
        return RetryAfter.of(answer.headers(), clock).map(error::withRetryAfter).orElse(error);
    }

    private static CoreError kind(int status, String code, String said) {
        return switch (status) {
            case 401 -> CoreError.TOKEN_REJECTED;
            case 403 -> meansToken(code, said) ? CoreError.TOKEN_REJECTED : CoreError.ACCESS_DENIED;
            case 404 -> CoreError.OBJECT_NOT_FOUND;
            case 429 -> CoreError.RATE_LIMITED;
            case 408, 500, 502, 503, 504 -> CoreError.SERVICE_UNAVAILABLE;
            case 501 -> CoreError.NOT_SUPPORTED;
            case 301, 302, 303, 307, 308 -> CoreError.NOT_A_DATABRICKS_HOST;
            default -> byCode(code);
        };
    }

    private static String nextStep(CoreError kind) {
        return switch (kind) {
            case TOKEN_REJECTED ->
                "; give a token or secret that is good, 'lakeport doctor' says what is wrong with it";
            case ACCESS_DENIED -> "; ask an admin of the workspace for the right, 'lakeport doctor' tries each step";
            case NOT_A_DATABRICKS_HOST ->
                "; check the host, expected for example https://dbc-a1b2.cloud.databricks.com";
            default -> "";
        };
    }

    private static CoreError byCode(String code) {
        if (GONE.contains(code)) {
            return CoreError.OBJECT_NOT_FOUND;
        }
        return code.equals("NOT_IMPLEMENTED") ? CoreError.NOT_SUPPORTED : CoreError.INVALID_ARGUMENT;
    }

    /** A 403 may mean a token, a right or an address; only what the body says tells them apart. */
    private static boolean meansToken(String code, String said) {
        String text = said.toLowerCase(Locale.ROOT);
        return code.equals("UNAUTHENTICATED")
                || (text.contains("token") && (text.contains("invalid") || text.contains("expired")));
    }

    /** Returns the text, cut to 2,000 characters: Databricks may quote a whole statement. */
    public static String cut(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + " …";
    }
}
