package io.lakeport.localworkspace.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.PathValues;
import io.lakeport.localworkspace.http.Router;
import io.lakeport.localworkspace.warehouse.Warehouse;
import io.lakeport.localworkspace.warehouse.WarehouseState;
import io.lakeport.localworkspace.warehouse.Warehouses;
import java.io.IOException;

/** The SQL Warehouses API: list, get, start and stop. */
public final class WarehouseRoutes {
    private static final String PATH = "/api/2.0/sql/warehouses";

    private final Warehouses warehouses;
    private final TokenService tokens;

    /** Creates the routes. */
    public WarehouseRoutes(Warehouses warehouses, TokenService tokens) {
        this.warehouses = warehouses;
        this.tokens = tokens;
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        router.add("GET", PATH, (exchange, path) -> list(exchange));
        router.add("GET", PATH + "/{id}", (exchange, path) -> {
            Warehouse warehouse = find(exchange, path);
            Json.respond(exchange, 200, json(warehouse, exchange));
        });
        router.add("POST", PATH + "/{id}/start", (exchange, path) -> {
            find(exchange, path).start();
            Json.respond(exchange, 200, Json.object());
        });
        router.add("POST", PATH + "/{id}/stop", (exchange, path) -> {
            find(exchange, path).stop();
            Json.respond(exchange, 200, Json.object());
        });
    }

    private void list(Exchange exchange) throws IOException {
        tokens.authenticate(exchange);
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray("warehouses");
        for (Warehouse warehouse : warehouses.all()) {
            array.add(json(warehouse, exchange));
        }
        Json.respond(exchange, 200, answer);
    }

    private Warehouse find(Exchange exchange, PathValues path) {
        tokens.authenticate(exchange);
        return warehouses
                .find(path.get("id"))
                .orElseThrow(() -> new ApiException(
                        404, "RESOURCE_DOES_NOT_EXIST", "SQL warehouse " + path.get("id") + " does not exist."));
    }

    private static ObjectNode json(Warehouse warehouse, Exchange exchange) {
        WarehouseState state = warehouse.state();
        String host = exchange.base().replaceFirst("^https?://", "").replaceFirst(":\\d+$", "");
        String httpPath = "/sql/1.0/warehouses/" + warehouse.id();
        ObjectNode node = Json.object()
                .put("id", warehouse.id())
                .put("name", warehouse.name())
                .put("cluster_size", "2X-Small")
                .put("min_num_clusters", 1)
                .put("max_num_clusters", 1)
                .put("auto_stop_mins", 10)
                .put("enable_photon", true)
                .put("enable_serverless_compute", true)
                .put("warehouse_type", "PRO")
                .put("state", state.name())
                .put("num_clusters", state == WarehouseState.RUNNING ? 1 : 0)
                .put("jdbc_url", "jdbc:databricks://" + host + ":443/default;httpPath=" + httpPath);
        node.putObject("channel").put("name", "CHANNEL_NAME_CURRENT");
        node.putObject("odbc_params")
                .put("hostname", host)
                .put("path", httpPath)
                .put("protocol", "https")
                .put("port", 443);
        return node;
    }
}
