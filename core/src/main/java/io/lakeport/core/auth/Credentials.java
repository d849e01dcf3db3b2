package io.lakeport.core.auth;

/** Whose the credential of a connection is. */
public enum Credentials {
    /** Everybody's: all users of the connection act by one identity. */
    GLOBAL,
    /** Each user's own: what the connection has is shared by them, and opens nothing alone. */
    PER_USER
}
