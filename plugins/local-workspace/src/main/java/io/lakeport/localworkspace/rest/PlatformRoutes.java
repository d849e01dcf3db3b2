package io.lakeport.localworkspace.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Handler;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.Map;

/** What clients ask a workspace when they start: who am I, is the root there, which features are on. */
public final class PlatformRoutes {
    private static final String FLAG = "databricks.partnerplatform.clientConfigsFeatureFlags.";
    private static final Map<String, String> FLAGS =
            Map.of(FLAG + "enableSqlExecForJdbc", "true", FLAG + "enableTelemetryForJdbc", "false");
    private static final int FLAG_SECONDS = 900;

    private final TokenService tokens;

    /** Creates the routes. */
    public PlatformRoutes(TokenService tokens) {
        this.tokens = tokens;
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        router.add("GET", "/api/2.0/connector-service/feature-flags/**", (exchange, path) -> flags(exchange));
        Handler telemetry = (exchange, path) -> telemetry(exchange);
        router.add("POST", "/telemetry-ext", telemetry);
        router.add("POST", "/telemetry-unauth", telemetry);
    }

    private void flags(Exchange exchange) throws IOException {
        tokens.authenticate(exchange);
        ObjectNode answer = Json.object();
        ArrayNode flags = answer.putArray("flags");
        FLAGS.forEach((name, value) -> flags.addObject().put("name", name).put("value", value));
        Json.respond(exchange, 200, answer.put("ttl_seconds", FLAG_SECONDS));
    }

    /** Takes telemetry and drops it. */
    private static void telemetry(Exchange exchange) throws IOException {
        int items = Json.readObject(exchange).path("protoLogs").size();
        ObjectNode answer = Json.object();
        answer.putArray("errors");
        Json.respond(exchange, 200, answer.put("numSuccess", items).put("numProtoSuccess", items));
    }
}
