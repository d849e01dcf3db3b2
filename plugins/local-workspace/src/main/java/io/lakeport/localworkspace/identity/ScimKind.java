package io.lakeport.localworkspace.identity;

import io.lakeport.localworkspace.directory.PrincipalKind;

/** A SCIM resource type: its name in paths, in schemas and in messages. */
enum ScimKind {
    USER(PrincipalKind.USER, "Users", "User"),
    GROUP(PrincipalKind.GROUP, "Groups", "Group"),
    SERVICE_PRINCIPAL(PrincipalKind.SERVICE_PRINCIPAL, "ServicePrincipals", "ServicePrincipal");

    private final PrincipalKind principal;
    private final String path;
    private final String schema;

    ScimKind(PrincipalKind principal, String path, String schema) {
        this.principal = principal;
        this.path = path;
        this.schema = schema;
    }

    PrincipalKind principal() {
        return principal;
    }

    String path() {
        return path;
    }

    String schema() {
        return schema;
    }

    static ScimKind of(PrincipalKind kind) {
        return switch (kind) {
            case USER -> USER;
            case GROUP -> GROUP;
            case SERVICE_PRINCIPAL -> SERVICE_PRINCIPAL;
        };
    }
}
