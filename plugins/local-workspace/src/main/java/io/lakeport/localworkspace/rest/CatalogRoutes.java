package io.lakeport.localworkspace.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The lists of Unity Catalog's REST API, from the engine's SHOW statements. */
public final class CatalogRoutes {
    private static final String PATH = "/api/2.1/unity-catalog";

    private final EngineQuery query;
    private final TokenService tokens;

    /** Creates the routes. */
    public CatalogRoutes(EngineQuery query, TokenService tokens) {
        this.query = query;
        this.tokens = tokens;
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        router.add("GET", PATH + "/catalogs", (exchange, path) -> catalogs(exchange));
        router.add("GET", PATH + "/schemas", (exchange, path) -> schemas(exchange));
        router.add("GET", PATH + "/tables", (exchange, path) -> tables(exchange));
    }

    private void catalogs(Exchange exchange) throws IOException {
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray("catalogs");
        for (Map<String, String> row : rows(exchange, "SHOW CATALOGS")) {
            String name = first(row);
            array.addObject()
                    .put("name", name)
                    .put("full_name", name)
                    .put("catalog_type", name.equals("system") ? "SYSTEM_CATALOG" : "MANAGED_CATALOG")
                    .put("securable_type", "CATALOG");
        }
        Json.respond(exchange, 200, answer);
    }

    private void schemas(Exchange exchange) throws IOException {
        String catalog = required(exchange, "catalog_name");
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray("schemas");
        for (Map<String, String> row : rows(exchange, "SHOW SCHEMAS IN " + quote(catalog))) {
            array.addObject()
                    .put("name", first(row))
                    .put("catalog_name", catalog)
                    .put("full_name", catalog + "." + first(row))
                    .put("securable_type", "SCHEMA");
        }
        Json.respond(exchange, 200, answer);
    }

    private void tables(Exchange exchange) throws IOException {
        String catalog = required(exchange, "catalog_name");
        String schema = required(exchange, "schema_name");
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray("tables");
        String sql = "SHOW TABLES IN " + quote(catalog) + "." + quote(schema);
        for (Map<String, String> row : rows(exchange, sql)) {
            String name = row.getOrDefault("tableName", first(row));
            array.addObject()
                    .put("name", name)
                    .put("catalog_name", catalog)
                    .put("schema_name", schema)
                    .put("full_name", catalog + "." + schema + "." + name)
                    .put("table_type", "MANAGED");
        }
        Json.respond(exchange, 200, answer);
    }

    private static String first(Map<String, String> row) {
        return row.values().iterator().next();
    }

    private static String quote(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    private static String required(Exchange exchange, String field) {
        return exchange.query(field)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> ApiException.invalid("Missing required field: " + field));
    }

    private List<Map<String, String>> rows(Exchange exchange, String sql) throws IOException {
        Principal principal = tokens.authenticate(exchange);
        try {
            return query.run(principal, sql);
        } catch (EngineException e) {
            String errorClass =
                    e.errorClass().equals("NO_SUCH_CATALOG_EXCEPTION") ? "CATALOG_NOT_FOUND" : e.errorClass();
            boolean missing = errorClass.endsWith("_NOT_FOUND");
            throw new ApiException(
                    missing ? 404 : 400,
                    missing ? errorClass.replace("_NOT_FOUND", "_DOES_NOT_EXIST") : "INVALID_PARAMETER_VALUE",
                    String.valueOf(e.getMessage()));
        }
    }
}
