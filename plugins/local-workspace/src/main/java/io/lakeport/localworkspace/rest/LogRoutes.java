package io.lakeport.localworkspace.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.OwnerCheck;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.LoggedRequest;
import io.lakeport.localworkspace.http.RequestLog;
import io.lakeport.localworkspace.http.RequestLog.Numbered;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * The request log as {@code GET /local/log}, which Databricks has not: {@code since} is a number or an instant,
 * {@code tail} the most entries, {@code format} {@code json} or {@code text}. The header and field {@code next} is what
 * to give as {@code since} for what comes after.
 */
public final class LogRoutes {
    private static final String PATH = "/local/log";

    private final RequestLog log;
    private final OwnerCheck owner;

    /** Creates the routes. */
    public LogRoutes(RequestLog log, OwnerCheck owner) {
        this.log = log;
        this.owner = owner;
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        router.add("GET", PATH, (exchange, path) -> read(exchange));
        router.add("DELETE", PATH, (exchange, path) -> {
            owner.require(exchange);
            log.clear();
            Json.respond(exchange, 200, Json.object());
        });
    }

    private void read(Exchange exchange) throws IOException {
        owner.require(exchange);
        String since = exchange.query("since").orElse("0");
        List<Numbered> found = since.matches("\\d{1,18}") ? log.after(Long.parseLong(since)) : after(instant(since));
        long next =
                found.isEmpty() ? number(since) : found.get(found.size() - 1).number();
        String tail = exchange.query("tail").orElse("1000");
        int most = tail.matches("\\d{1,9}") ? Integer.parseInt(tail) : 1000;
        List<Numbered> shown = found.subList(Math.max(0, found.size() - most), found.size());
        exchange.addHeader("x-lakeport-next", String.valueOf(next));
        if (exchange.query("format").orElse("json").equals("text")) {
            StringBuilder lines = new StringBuilder();
            shown.forEach(entry -> lines.append(entry.request().line()).append('\n'));
            exchange.respond(200, "text/plain; charset=utf-8", lines.toString().getBytes(StandardCharsets.UTF_8));
        } else {
            Json.respond(exchange, 200, json(shown).put("next", next));
        }
    }

    private static long number(String since) {
        return since.matches("\\d{1,18}") ? Long.parseLong(since) : 0;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw ApiException.invalid("since must be a number or an instant such as 2026-01-31T12:00:00Z.");
        }
    }

    private List<Numbered> after(Instant instant) {
        return log.after(0).stream()
                .filter(entry -> entry.request().at().isAfter(instant))
                .toList();
    }

    private static ObjectNode json(List<Numbered> entries) {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("requests");
        for (Numbered entry : entries) {
            LoggedRequest request = entry.request();
            list.addObject()
                    .put("number", entry.number())
                    .put("at", request.at().toString())
                    .put("method", request.method())
                    .put("path", request.path())
                    .put("status", request.status())
                    .put("millis", request.millis())
                    .put("bytes", request.bytes())
                    .put("principal", request.principal())
                    .put("user_agent", request.userAgent())
                    .put("statement_id", request.statementId())
                    .put("fault", request.fault());
        }
        return answer;
    }
}
