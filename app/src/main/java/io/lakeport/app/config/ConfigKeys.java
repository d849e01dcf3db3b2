package io.lakeport.app.config;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The keys of the document. The published schema names the same ones; a test compares the two. */
final class ConfigKeys {
    static final Set<String> ROOT = keys(
            "$schema",
            "tenants",
            "defaults",
            "stores",
            "memory",
            "ledger",
            "exports",
            "state",
            "vault",
            "tenancy",
            "plugin_directories",
            "guards");
    static final Set<String> DEFAULTS = keys("engine", "user_agent", "statement_timeout", "isolation");
    static final Set<String> TENANT = keys(
            "host",
            "warehouse_id",
            "warehouse_ids",
            "engine",
            "catalog",
            "schema",
            "auth",
            "isolation",
            "scope",
            "user_agent",
            "statement_timeout",
            "budget",
            "retention",
            "readable_by",
            "administrators",
            "source");
    static final Set<String> AUTH = keys("method", "credentials", "properties", "secrets");
    static final Set<String> SCOPE = keys("catalogs", "schemas", "object_prefixes", "access");
    static final Set<String> SOURCE = keys("table", "partition_column", "append_only", "data_kinds");
    static final Set<String> STORE = keys("root", "properties", "secrets");
    static final Set<String> MEMORY = keys("process", "statement", "cache");
    static final Set<String> LEDGER = keys("provider", "directory");
    static final Set<String> STATE = keys("provider", "properties", "secrets");
    static final Set<String> VAULT = keys("keys", "properties", "secrets");
    static final Set<String> BUDGET = keys("concurrent", "statements", "bytes", "rows", "window");
    static final Set<String> RETENTION = keys("ledger", "receipts");
    static final Set<String> TENANCY = keys("refresh", "most_active", "idle", "principal_reuse", "proof_key");
    static final Set<String> EXPORTS =
            keys("signing_key", "engines", "unload_from", "lanes", "segment_bytes", "memory", "scratch", "residency");
    static final Set<String> GUARDS = keys("max_concurrent", "rate_per_second", "retry", "circuit");
    static final Set<String> RETRY =
            keys("max_attempts", "initial_backoff", "max_backoff", "max_retry_after", "lookup");
    static final Set<String> CIRCUIT = keys("failure_rate_percent", "window", "minimum_calls", "open_for");

    static final Set<String> BIRDIE = keys("connection_details", "data_source", "metadata");
    static final Set<String> BIRDIE_CONNECTION = keys("host", "warehouse_id", "auth");
    static final Set<String> BIRDIE_AUTH = keys("method", "client_id", "client_secret", "personal_access_token");
    static final Set<String> BIRDIE_SOURCE = keys("catalog", "schema", "table", "partition_column");
    static final Set<String> BIRDIE_METADATA = keys("data_kind");

    private ConfigKeys() {}

    private static Set<String> keys(String... names) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(names)));
    }
}
