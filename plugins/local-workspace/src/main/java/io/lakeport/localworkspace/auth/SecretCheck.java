package io.lakeport.localworkspace.auth;

/** What a client id and secret turned out to be. */
enum SecretCheck {
    VALID("", ""),
    /** The pair invalid_client / "Client authentication failed" is confirmed by reports of users with a bad secret. */
    WRONG_SECRET("invalid_client", "Client authentication failed"),
    /** Not confirmed: OAuth's standard code, with a text of ours. */
    UNKNOWN_CLIENT("invalid_client", "Client authentication failed: no service principal has this client_id"),
    /** Not confirmed: OAuth's standard code, with a text of ours. */
    EXPIRED("invalid_client", "Client authentication failed: the client secret has expired"),
    /** Not confirmed: OAuth's standard code, with a text of ours. */
    INACTIVE("invalid_client", "Client authentication failed: the service principal is deactivated");

    private final String error;
    private final String description;

    SecretCheck(String error, String description) {
        this.error = error;
        this.description = description;
    }

    String error() {
        return error;
    }

    String description() {
        return description;
    }
}
