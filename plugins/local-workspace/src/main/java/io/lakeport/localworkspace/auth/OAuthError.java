package io.lakeport.localworkspace.auth;

/**
 * A refusal in OAuth's form, {@code error} and {@code error_description}. Texts without a note were reported by users
 * of the service or stand in its documentation's troubleshooting; the rest is ours.
 */
final class OAuthError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;

    private OAuthError(int status, String error, String description) {
        super(description);
        this.status = status;
        this.error = error;
    }

    static OAuthError invalidRequest(String description) {
        return new OAuthError(400, "invalid_request", description);
    }

    static OAuthError missing(String parameter) {
        return invalidRequest("The parameter " + parameter + " is missing");
    }

    static OAuthError invalidGrant(String description) {
        return new OAuthError(400, "invalid_grant", description);
    }

    static OAuthError invalidScope(String description) {
        return new OAuthError(400, "invalid_scope", description);
    }

    static OAuthError unsupportedGrant(String grant) {
        return new OAuthError(400, "unsupported_grant_type", "The grant type " + grant + " is not supported");
    }

    static OAuthError invalidClient(String description) {
        return new OAuthError(401, "invalid_client", description);
    }

    /** What the service says of a client id that no application has. */
    static OAuthError unknownApp(String clientId) {
        return invalidClient("OAuth application with client_id: '" + clientId
                + "' not available in Databricks account '" + WorkspaceIdentity.ACCOUNT_ID + "'.");
    }

    int status() {
        return status;
    }

    String error() {
        return error;
    }
}
