package io.lakeport.localworkspace.http;

/**
 * A request is refused, as Databricks refuses it: an HTTP status and a body with {@code error_code} and {@code
 * message}.
 */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /**
     * Creates the refusal.
     *
     * @param status HTTP status
     * @param code Databricks' error code; a number in digits is sent as a JSON number, as 401 and 403 answers have it
     */
    public ApiException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** Returns a 400 INVALID_PARAMETER_VALUE. */
    public static ApiException invalid(String message) {
        return new ApiException(400, "INVALID_PARAMETER_VALUE", message);
    }

    /** Returns a 404 NOT_FOUND. */
    public static ApiException notFound(String message) {
        return new ApiException(404, "NOT_FOUND", message);
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the error code. */
    public String code() {
        return code;
    }
}
