package io.lakeport.core.doctor;

/** Who has to look at a cause first. */
public enum Trouble {
    /** A setting of this host. */
    CONFIGURATION,
    /** The road to the workspace: name, connection, proxy, certificate. */
    NETWORK,
    /** The credential, or the identity behind it. */
    IDENTITY,
    /** A right, an entitlement or an access list. */
    RIGHTS,
    /** Something that the caller names is not there, or cannot be seen. */
    MISSING,
    /** The workspace or the warehouse answers, and cannot serve at present. */
    UNAVAILABLE,
    /** Nothing that the doctor knows: report it. */
    DEFECT
}
