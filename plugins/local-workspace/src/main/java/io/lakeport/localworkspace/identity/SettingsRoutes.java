package io.lakeport.localworkspace.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.access.IpAccess;
import io.lakeport.localworkspace.access.WorkspaceSettings;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.PathValues;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The workspace's configuration, and the account's setting for its IP access lists. */
final class SettingsRoutes {
    private static final String CONF = "/api/2.0/workspace-conf";
    private static final String ACCOUNT_IP =
            "/api/2.0/accounts/{account}/settings/types/acct_ip_acl_enable/names/default";

    private final Callers callers;
    private final IpAccess access;

    SettingsRoutes(Callers callers, IpAccess access) {
        this.callers = callers;
        this.access = access;
    }

    void addTo(Router router) {
        router.add("GET", CONF, (exchange, path) -> get(exchange));
        router.add("PATCH", CONF, (exchange, path) -> set(exchange));
        router.add("GET", ACCOUNT_IP, (exchange, path) -> {
            callers.accountAdmin(exchange, path);
            respondAccount(exchange);
        });
        router.add("PATCH", ACCOUNT_IP, this::setAccount);
        router.add("DELETE", ACCOUNT_IP, (exchange, path) -> {
            callers.accountAdmin(exchange, path);
            switchAccount(exchange, true);
            Json.respond(exchange, 200, Json.object().put("etag", "true"));
        });
    }

    private void get(Exchange exchange) throws IOException {
        callers.workspaceAdmin(exchange);
        Set<String> keys = exchange.queryAll("keys");
        if (keys.isEmpty()) {
            throw ApiException.invalid("Missing required field: keys");
        }
        ObjectNode answer = Json.object();
        keys.forEach(key -> {
            requireKnown(key);
            answer.put(key, access.settings().get(key));
        });
        Json.respond(exchange, 200, answer);
    }

    private static void requireKnown(String key) {
        if (!WorkspaceSettings.DEFAULTS.containsKey(key)) {
            throw new ApiException(400, "BAD_REQUEST", "Invalid keys: [\"" + key + "\"]");
        }
    }

    private void set(Exchange exchange) throws IOException {
        callers.workspaceAdmin(exchange);
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : Json.readObject(exchange).properties()) {
            requireKnown(entry.getKey());
            String value = entry.getValue().asText();
            boolean number = entry.getKey().equals(WorkspaceSettings.TOKEN_DAYS);
            if (!value.matches(number ? "\\d{0,5}" : "true|false")) {
                throw ApiException.invalid("Invalid value for " + entry.getKey() + ": '" + value + "'");
            }
            values.put(entry.getKey(), value);
        }
        boolean enables = "true".equals(values.get(WorkspaceSettings.IP_LISTS));
        if (enables && !access.workspace().allows(exchange.remoteAddress())) {
            throw IpListRoutes.lockedOut(exchange);
        }
        access.settings().set(values);
        exchange.respond(204, "application/json", new byte[0]);
    }

    private void setAccount(Exchange exchange, PathValues path) throws IOException {
        callers.accountAdmin(exchange, path);
        switchAccount(
                exchange,
                Json.readObject(exchange)
                        .at("/setting/acct_ip_acl_enable/value")
                        .asBoolean());
        respondAccount(exchange);
    }

    private void switchAccount(Exchange exchange, boolean enable) {
        if (enable && !access.account().allows(exchange.remoteAddress())) {
            throw IpListRoutes.lockedOut(exchange);
        }
        access.settings().setAccountIpLists(enable);
    }

    private void respondAccount(Exchange exchange) throws IOException {
        boolean enabled = access.settings().accountIpListsEnabled();
        ObjectNode answer = Json.object().put("etag", String.valueOf(enabled)).put("setting_name", "default");
        answer.putObject("acct_ip_acl_enable").put("value", enabled);
        Json.respond(exchange, 200, answer);
    }
}
