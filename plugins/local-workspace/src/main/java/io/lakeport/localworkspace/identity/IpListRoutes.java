package io.lakeport.localworkspace.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.access.IpAccess;
import io.lakeport.localworkspace.access.IpAccessLists;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.PathValues;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** IP access lists of the workspace and of the account. Nobody can lock themselves out by them. */
final class IpListRoutes {
    private static final String WORKSPACE = "/api/2.0/ip-access-lists";
    private static final String ACCOUNT = "/api/2.0/accounts/{account}/ip-access-lists";

    private final Callers callers;
    private final IpAccess access;

    IpListRoutes(Callers callers, IpAccess access) {
        this.callers = callers;
        this.access = access;
    }

    void addTo(Router router) {
        addTo(router, WORKSPACE, false);
        addTo(router, ACCOUNT, true);
    }

    private void addTo(Router router, String root, boolean account) {
        router.add("GET", root, (exchange, path) -> {
            admin(exchange, path, account);
            list(exchange, lists(account));
        });
        router.add("POST", root, (exchange, path) -> create(exchange, path, account));
        router.add("GET", root + "/{id}", (exchange, path) -> {
            admin(exchange, path, account);
            respond(exchange, find(path, account));
        });
        router.add("PUT", root + "/{id}", (exchange, path) -> change(exchange, path, account, true));
        router.add("PATCH", root + "/{id}", (exchange, path) -> change(exchange, path, account, false));
        router.add("DELETE", root + "/{id}", (exchange, path) -> delete(exchange, path, account));
    }

    private Principal admin(Exchange exchange, PathValues path, boolean account) {
        return account ? callers.accountAdmin(exchange, path) : callers.workspaceAdmin(exchange);
    }

    private IpAccessLists lists(boolean account) {
        return account ? access.account() : access.workspace();
    }

    private static void list(Exchange exchange, IpAccessLists lists) throws IOException {
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray("ip_access_lists");
        lists.all().forEach(array::add);
        Json.respond(exchange, 200, answer);
    }

    private static void respond(Exchange exchange, ObjectNode list) throws IOException {
        ObjectNode answer = Json.object();
        answer.set("ip_access_list", list);
        Json.respond(exchange, 200, answer);
    }

    private ObjectNode find(PathValues path, boolean account) {
        return lists(account)
                .find(path.get("id"))
                .orElseThrow(() -> new ApiException(
                        404, "RESOURCE_DOES_NOT_EXIST", "IP access list " + path.get("id") + " does not exist."));
    }

    private void create(Exchange exchange, PathValues path, boolean account) throws IOException {
        Principal caller = admin(exchange, path, account);
        JsonNode body = Json.readObject(exchange);
        ObjectNode list = lists(account).draft(label(body), type(body), addresses(body), caller.id());
        keep(exchange, list, caller, account);
        respond(exchange, list);
    }

    private static String label(JsonNode body) {
        return Json.text(body, "label").orElseThrow(() -> ApiException.invalid("Missing required field: label"));
    }

    private static String type(JsonNode body) {
        String type = body.path("list_type").asText("");
        if (!type.equals("ALLOW") && !type.equals("BLOCK")) {
            throw ApiException.invalid("list_type must be ALLOW or BLOCK, but was '" + type + "'.");
        }
        return type;
    }

    private static List<String> addresses(JsonNode body) {
        List<String> addresses = new ArrayList<>();
        body.path("ip_addresses").forEach(address -> addresses.add(address.asText()));
        return addresses;
    }

    private void change(Exchange exchange, PathValues path, boolean account, boolean replace) throws IOException {
        Principal caller = admin(exchange, path, account);
        ObjectNode list = find(path, account);
        JsonNode body = Json.readObject(exchange);
        if (replace || body.has("label")) {
            list.put("label", label(body));
        }
        if (replace || body.has("list_type")) {
            list.put("list_type", type(body));
        }
        if (replace || body.has("ip_addresses")) {
            addresses(body).forEach(list.putArray("ip_addresses")::add);
        }
        if (replace || body.has("enabled")) {
            list.put("enabled", body.path("enabled").asBoolean());
        }
        keep(exchange, list, caller, account);
        respond(exchange, list);
    }

    /** Databricks documents INVALID_STATE for a list that would block who makes it. */
    private void keep(Exchange exchange, ObjectNode list, Principal caller, boolean account) {
        IpAccessLists lists = lists(account);
        lists.check(list);
        boolean enforced = account
                ? access.settings().accountIpListsEnabled()
                : access.settings().ipListsEnabled();
        if (enforced && !lists.wouldAllow(exchange.remoteAddress(), list)) {
            throw lockedOut(exchange);
        }
        lists.put(list, caller.id());
    }

    static ApiException lockedOut(Exchange exchange) {
        return new ApiException(
                400,
                "INVALID_STATE",
                "The change would block your current IP address " + exchange.remoteAddress() + ".");
    }

    private void delete(Exchange exchange, PathValues path, boolean account) throws IOException {
        admin(exchange, path, account);
        ObjectNode list = find(path, account);
        boolean wasOpen = lists(account).allows(exchange.remoteAddress());
        ObjectNode off = list.deepCopy().put("enabled", false);
        if (wasOpen && !lists(account).wouldAllow(exchange.remoteAddress(), off)) {
            throw lockedOut(exchange);
        }
        lists(account).remove(path.get("id"));
        Json.respond(exchange, 200, Json.object());
    }
}
