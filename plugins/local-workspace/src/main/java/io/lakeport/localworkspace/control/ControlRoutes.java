package io.lakeport.localworkspace.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.OwnerCheck;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import io.lakeport.localworkspace.statement.StatementHistory;
import io.lakeport.localworkspace.warehouse.Warehouses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * {@code GET /local/status} and {@code POST /local/load}, which Databricks has not. Only the start-up principal may use
 * them.
 */
public final class ControlRoutes {
    private final Engine engine;
    private final Warehouses warehouses;
    private final StatementHistory statements;
    private final OwnerCheck owner;
    private final Clock clock;
    private final Instant started;

    /** Creates the routes of a workspace that starts now. */
    public ControlRoutes(
            Engine engine, Warehouses warehouses, StatementHistory statements, OwnerCheck owner, Clock clock) {
        this.engine = engine;
        this.warehouses = warehouses;
        this.statements = statements;
        this.owner = owner;
        this.clock = clock;
        this.started = clock.instant();
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        router.add("GET", "/local/status", (exchange, path) -> status(exchange));
        router.add("POST", "/local/load", (exchange, path) -> load(exchange));
    }

    private void status(Exchange exchange) throws IOException {
        owner.require(exchange);
        if (exchange.query("format").orElse("json").equals("text")) {
            exchange.respond(200, "text/plain; charset=utf-8", text().getBytes(StandardCharsets.UTF_8));
            return;
        }
        ObjectNode answer = Json.object()
                .put("started_at", started.toString())
                .put("uptime_seconds", uptime().toSeconds())
                .put("statements", statements.newestFirst().size());
        warehouses
                .all()
                .forEach(warehouse -> answer.withArray("warehouses")
                        .addObject()
                        .put("id", warehouse.id())
                        .put("name", warehouse.name())
                        .put("state", warehouse.state().name()));
        Json.respond(exchange, 200, answer);
    }

    private Duration uptime() {
        return Duration.between(started, clock.instant());
    }

    private String text() {
        StringBuilder lines = new StringBuilder("  up              " + uptime().toSeconds() + " s\n  statements      "
                + statements.newestFirst().size() + "\n");
        warehouses
                .all()
                .forEach(warehouse -> lines.append("  warehouse       ")
                        .append(warehouse.id())
                        .append("  ")
                        .append(warehouse.state())
                        .append('\n'));
        return lines.toString();
    }

    private void load(Exchange exchange) throws IOException {
        owner.require(exchange);
        JsonNode body = Json.readObject(exchange);
        String table = Json.text(body, "name").orElseThrow(() -> ApiException.invalid("Missing required field: name"));
        String file = Json.text(body, "file").orElseThrow(() -> ApiException.invalid("Missing required field: file"));
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            throw ApiException.notFound("There is no file " + file + " that the workspace could read.");
        }
        try {
            engine.load(table, path);
        } catch (EngineException e) {
            throw new ApiException(400, "BAD_REQUEST", String.valueOf(e.getMessage()));
        }
        Json.respond(exchange, 200, Json.object().put("name", table));
    }
}
