package io.lakeport.localworkspace.statement;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The open sessions of the workspace. Thread-safe. */
final class Sessions {
    private final Engine engine;
    private final Duration idleLifetime;
    private final Clock clock;
    private final Map<String, WorkspaceSession> byId = new ConcurrentHashMap<>();

    /**
     * Creates an empty registry.
     *
     * @param idleLifetime how long a session may be unused before it is closed
     */
    Sessions(Engine engine, Duration idleLifetime, Clock clock) {
        this.engine = engine;
        this.idleLifetime = idleLifetime;
        this.clock = clock;
    }

    /** Opens a session as a client's body asks for it. */
    WorkspaceSession open(Principal owner, String warehouseId, JsonNode body) {
        Map<String, String> configuration = new LinkedHashMap<>();
        body.path("session_confs")
                .properties()
                .forEach(entry ->
                        configuration.put(entry.getKey(), entry.getValue().asText()));
        Map<String, String> tags = new LinkedHashMap<>();
        configuration.forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).equals("query_tags")) {
                tags.putAll(QueryTags.parse(value));
            }
        });
        EngineSession session = openEngine(new SessionSettings(
                owner.applicationId(), Json.text(body, "catalog"), Json.text(body, "schema"), configuration));
        WorkspaceSession opened =
                new WorkspaceSession(StatementIds.next(), warehouseId, owner, tags, session, clock.instant());
        byId.put(opened.id(), opened);
        return opened;
    }

    /** Opens an engine session for one statement. */
    EngineSession single(Principal owner, Optional<String> catalog, Optional<String> schema) {
        return engine.openSession(new SessionSettings(owner.applicationId(), catalog, schema, Map.of()));
    }

    private EngineSession openEngine(SessionSettings settings) {
        try {
            return engine.openSession(settings);
        } catch (EngineException e) {
            throw new ApiException(400, "BAD_REQUEST", String.valueOf(e.getMessage()));
        }
    }

    /** Returns a session of this principal. */
    WorkspaceSession get(String id, Principal owner) {
        WorkspaceSession session = byId.get(id);
        if (session == null || session.isClosed() || !session.owner().equals(owner)) {
            throw ApiException.notFound("Session " + id + " was not found.");
        }
        if (session.isIdleSince(clock.instant().minus(idleLifetime))) {
            end(session);
            throw ApiException.notFound("Session " + id + " was not found.");
        }
        session.touch(clock.instant());
        return session;
    }

    /** Returns how many sessions are open on a warehouse. */
    int countOn(String warehouseId) {
        return (int) byId.values().stream()
                .filter(session -> session.warehouseId().equals(warehouseId))
                .count();
    }

    /** Closes sessions that nobody used for long: their clients died without closing them. */
    void closeIdle() {
        Instant limit = clock.instant().minus(idleLifetime);
        for (WorkspaceSession session : List.copyOf(byId.values())) {
            if (session.isIdleSince(limit)) {
                end(session);
            }
        }
    }

    private void end(WorkspaceSession session) {
        if (byId.remove(session.id()) != null) {
            session.close();
        }
    }

    /** Closes a session of this principal. */
    void close(String id, Principal owner) {
        end(get(id, owner));
    }

    void closeAll() {
        List.copyOf(byId.values()).forEach(WorkspaceSession::close);
        byId.clear();
    }
}
