package io.lakeport.storage.abfss;

import java.net.URI;
import java.util.Map;

/** Proves to the account who asks. Thread-safe. */
interface Authorizer {
    /**
     * What is added to a request.
     *
     * @param query to the URL, encoded; may be empty; may be a secret
     * @param headers to the headers; may be secrets
     * @param credential that was used, to be named when it is refused
     */
    record Proof(String query, Map<String, String> headers, Object credential) {
        /** Leaves out what may be secret. */
        @Override
        public String toString() {
            return "Proof[redacted]";
        }
    }

    /** Makes sure that there is a credential, so that fetching one is an exchange of its own. */
    default void prepare() {}

    /**
     * Checks what can be known of the credential without asking the account.
     *
     * @throws io.lakeport.core.error.LakeportException PERMISSION_DENIED naming what is missing, or when it ended
     */
    default void check(String where, char permission) {}

    /**
     * Authorizes a request.
     *
     * @param url without what this adds
     * @param headers all that are sent, with {@code x-ms-date} and {@code x-ms-version}
     * @param length of the body
     */
    Proof prove(String method, URI url, Map<String, String> headers, long length);

    /** Takes note that the account refused a credential; returns whether another try makes sense. */
    default boolean renewAfterRefusal(Object credential) {
        return false;
    }

    /** Returns what to say about the credential when it is refused. */
    String describe();
}
