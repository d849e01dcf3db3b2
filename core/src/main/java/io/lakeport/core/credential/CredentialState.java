package io.lakeport.core.credential;

/** How a credential is. */
public enum CredentialState {
    /** It works, or ends later than anybody has to care. */
    OK,
    /** It ends soon. */
    ENDING,
    /** It works no more. */
    ENDED,
    /** Nobody knows until when it works. */
    UNKNOWN
}
