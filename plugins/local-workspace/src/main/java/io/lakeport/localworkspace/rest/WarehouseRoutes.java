package io.lakeport.localworkspace.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.access.ObjectType;
import io.lakeport.localworkspace.access.PermissionLevel;
import io.lakeport.localworkspace.access.Permissions;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.directory.Entitlements;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.PathValues;
import io.lakeport.localworkspace.http.Router;
import io.lakeport.localworkspace.warehouse.Warehouse;
import io.lakeport.localworkspace.warehouse.WarehouseSettings;
import io.lakeport.localworkspace.warehouse.Warehouses;
import java.io.IOException;

/** The SQL Warehouses API. */
public final class WarehouseRoutes {
    private static final String PATH = "/api/2.0/sql/warehouses";
    private static final String CONFIG = "/api/2.0/sql/config/warehouses";

    private final Warehouses warehouses;
    private final Permissions permissions;
    private final TokenService tokens;

    /** Creates the routes. */
    public WarehouseRoutes(Warehouses warehouses, Permissions permissions, TokenService tokens) {
        this.warehouses = warehouses;
        this.permissions = permissions;
        this.tokens = tokens;
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        router.add("GET", PATH, (exchange, path) -> list(exchange));
        router.add("POST", PATH, (exchange, path) -> create(exchange));
        router.add("GET", PATH + "/{id}", (exchange, path) -> {
            Warehouse warehouse = find(exchange, path, PermissionLevel.CAN_VIEW);
            Json.respond(exchange, 200, json(warehouse, exchange));
        });
        router.add("POST", PATH + "/{id}/edit", this::edit);
        router.add("DELETE", PATH + "/{id}", (exchange, path) -> {
            warehouses.delete(find(exchange, path, PermissionLevel.IS_OWNER));
            permissions.removed(ObjectType.WAREHOUSES, path.get("id"));
            Json.respond(exchange, 200, Json.object());
        });
        router.add("POST", PATH + "/{id}/start", (exchange, path) -> {
            find(exchange, path, PermissionLevel.CAN_USE).start();
            Json.respond(exchange, 200, Json.object());
        });
        router.add("POST", PATH + "/{id}/stop", (exchange, path) -> {
            find(exchange, path, PermissionLevel.IS_OWNER).beginStop();
            Json.respond(exchange, 200, Json.object());
        });
        router.add("GET", CONFIG, (exchange, path) -> {
            permissions.requireAdmin(tokens.authenticate(exchange));
            Json.respond(exchange, 200, warehouses.configuration());
        });
        router.add("PUT", CONFIG, (exchange, path) -> {
            permissions.requireAdmin(tokens.authenticate(exchange));
            warehouses.configure(Json.readObject(exchange));
            Json.respond(exchange, 200, Json.object());
        });
    }

    private void list(Exchange exchange) throws IOException {
        Principal caller = tokens.authenticate(exchange);
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray("warehouses");
        for (Warehouse warehouse : warehouses.all()) {
            if (permissions.allows(caller, ObjectType.WAREHOUSES, warehouse.id(), PermissionLevel.CAN_VIEW)) {
                array.add(json(warehouse, exchange));
            }
        }
        Json.respond(exchange, 200, answer);
    }

    private void create(Exchange exchange) throws IOException {
        Principal principal = tokens.authenticate(exchange);
        permissions.requireEntitlement(principal, Entitlements.CLUSTER_CREATE);
        WarehouseSettings settings =
                WarehouseBody.read(Json.readObject(exchange), WarehouseSettings.apiDefaults(principal.applicationId()));
        requireFreeName(settings.name(), "");
        String id = warehouses.create(settings).id();
        permissions.created(ObjectType.WAREHOUSES, id, principal);
        Json.respond(exchange, 200, Json.object().put("id", id));
    }

    private void edit(Exchange exchange, PathValues path) throws IOException {
        Warehouse warehouse = find(exchange, path, PermissionLevel.IS_OWNER);
        WarehouseSettings settings = WarehouseBody.read(Json.readObject(exchange), warehouse.settings());
        requireFreeName(settings.name(), warehouse.id());
        warehouses.edit(warehouse, settings);
        Json.respond(exchange, 200, Json.object());
    }

    private void requireFreeName(String name, String ownId) {
        for (Warehouse other : warehouses.all()) {
            if (other.name().equals(name) && !other.id().equals(ownId)) {
                throw ApiException.invalid("SQL warehouse with name `" + name + "` already exists");
            }
        }
    }

    private Warehouse find(Exchange exchange, PathValues path, PermissionLevel level) {
        Principal caller = tokens.authenticate(exchange);
        Warehouse warehouse = warehouses
                .find(path.get("id"))
                .orElseThrow(() -> new ApiException(
                        404, "RESOURCE_DOES_NOT_EXIST", "SQL warehouse " + path.get("id") + " does not exist."));
        permissions.require(caller, ObjectType.WAREHOUSES, warehouse.id(), level);
        return warehouse;
    }

    private ObjectNode json(Warehouse warehouse, Exchange exchange) {
        return WarehouseBody.write(warehouse, warehouses.sessions(warehouse.id()), exchange.base());
    }
}
