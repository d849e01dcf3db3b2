package io.lakeport.core.doctor;

import io.lakeport.core.tenant.Tenant;

/** The three checks, in the order in which each needs the one before. */
enum Step {
    /** A token can be obtained. */
    TOKEN("token"),
    /** The token is accepted by the REST API. */
    REST("rest"),
    /** A statement runs. */
    SQL("sql");

    private static final String DOCS = "https://docs.databricks.com/";

    private final String label;

    Step(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    String tried(Tenant tenant) {
        return switch (this) {
            case TOKEN -> "get a token by method '" + tenant.identity().method() + "' for " + tenant.host();
            case REST -> "GET " + tenant.host() + "/api/2.0/workspace/get-status?path=/ and the signed-in principal";
            case SQL -> "SELECT 1 on warehouse " + tenant.defaultWarehouse() + ", waited for until it ended";
        };
    }

    /** Returns the page that documents the step, as customers' setup guides link it. */
    String reference(Tenant tenant) {
        return switch (this) {
            case TOKEN ->
                "pat".equals(tenant.identity().method())
                        ? DOCS + "en/dev-tools/auth/pat.html"
                        : DOCS + "en/dev-tools/auth/oauth-m2m.html";
            case REST -> DOCS + "api/index.html";
            case SQL -> DOCS + "en/compute/sql-warehouse/index.html";
        };
    }
}
