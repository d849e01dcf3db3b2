package io.lakeport.localworkspace.governance;

/** Somebody lacks a privilege; the message is Databricks', for example {@code User does not have SELECT on Table 'a.b.c'.} */
public final class AccessDenied extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AccessDenied(String message) {
        super(message);
    }

    static AccessDenied lacking(Privilege privilege, Securable securable) {
        return new AccessDenied("User does not have " + privilege.sqlName() + " on " + securable.described() + ".");
    }
}
