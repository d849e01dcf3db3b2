package io.lakeport.localworkspace.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.state.StateFiles;
import io.lakeport.localworkspace.state.StoredObjects;
import java.util.Map;
import java.util.Optional;

/** The settings of the workspace and the account that have an effect here. Thread-safe. */
public final class WorkspaceSettings {
    /** Whether the workspace's IP access lists are enforced. */
    public static final String IP_LISTS = "enableIpAccessLists";
    /** Whether personal access tokens may be used. */
    public static final String TOKENS = "enableTokensConfig";
    /** The longest life of a new personal access token in days; 0 or empty for no limit. */
    public static final String TOKEN_DAYS = "maxTokenLifetimeDays";

    /** The settings of the workspace with the values that a new one has. */
    public static final Map<String, String> DEFAULTS = Map.of(IP_LISTS, "false", TOKENS, "true", TOKEN_DAYS, "");

    private static final String ACCOUNT_IP_LISTS = "acct_ip_acl_enable";
    private static final String WORKSPACE = "workspace-conf";
    private static final String ACCOUNT = "account";

    private final StoredObjects stored;

    WorkspaceSettings(StateFiles state) {
        this.stored = new StoredObjects(state, "settings");
    }

    /** Returns a setting of the workspace, one of {@link #DEFAULTS}. */
    public String get(String key) {
        return stored.find(WORKSPACE)
                .filter(conf -> conf.has(key))
                .map(conf -> conf.path(key).asText())
                .orElseGet(() -> DEFAULTS.getOrDefault(key, ""));
    }

    /** Changes settings of the workspace. */
    public void set(Map<String, String> values) {
        ObjectNode conf = stored.find(WORKSPACE).orElseGet(Json::object);
        values.forEach(conf::put);
        stored.put(WORKSPACE, conf);
    }

    /** Whether the workspace's IP access lists are enforced. */
    public boolean ipListsEnabled() {
        return Boolean.parseBoolean(get(IP_LISTS));
    }

    /** Whether personal access tokens may be used. */
    public boolean tokensEnabled() {
        return Boolean.parseBoolean(get(TOKENS));
    }

    /** Returns the longest life of a new personal access token in days; empty for no limit. */
    public Optional<Long> tokenDays() {
        String text = get(TOKEN_DAYS);
        return text.isEmpty() || text.equals("0") ? Optional.empty() : Optional.of(Long.valueOf(text));
    }

    /** Whether the account's IP access lists are enforced; they are unless somebody switched them off. */
    public boolean accountIpListsEnabled() {
        return stored.find(ACCOUNT)
                .map(account -> account.path(ACCOUNT_IP_LISTS).asBoolean(true))
                .orElse(true);
    }

    /** Switches the account's IP access lists on or off. */
    public void setAccountIpLists(boolean enabled) {
        stored.put(ACCOUNT, Json.object().put(ACCOUNT_IP_LISTS, enabled));
    }
}
