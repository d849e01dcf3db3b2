package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Handler;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Note;
import io.lakeport.localworkspace.http.PathValues;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.Optional;

/** The paths of the Statement Execution API, and of the links that it hands out. */
public final class StatementRoutes {
    private static final String STATEMENTS = "/api/2.0/sql/statements";
    private static final String ONE = STATEMENTS + "/{id}";

    private final StatementService service;
    private final TokenService tokens;
    private final LinkSigner signer;
    private final StatementAnswers answers;

    /** Creates the routes of a service. */
    public StatementRoutes(StatementService service, TokenService tokens) {
        this.service = service;
        this.tokens = tokens;
        this.signer = service.newSigner();
        this.answers = new StatementAnswers(signer);
    }

    /** Returns the same statements for other protocols, with links that these routes serve. */
    public StatementGateway gateway() {
        return new StatementGateway(service, signer);
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        router.add("POST", STATEMENTS, (exchange, path) -> execute(exchange));
        router.add("GET", ONE, this::get);
        router.add("GET", ONE + "/status", this::status);
        router.add("GET", ONE + "/result/chunks/{chunk}", this::chunk);
        router.add("POST", ONE + "/cancel", this::cancel);
        router.add("DELETE", ONE, this::close);
        router.add(
                "POST",
                "/api/2.0/sql/warehouses/{warehouse}/sessions",
                (exchange, path) -> openSession(exchange, path.get("warehouse")));
        router.add(
                "POST",
                "/api/2.0/sql/sessions",
                (exchange, path) -> openSession(
                        exchange,
                        Json.text(Json.readObject(exchange), "warehouse_id").orElse("")));
        Handler closeSession = this::closeSession;
        router.add("DELETE", "/api/2.0/sql/sessions/{session}", closeSession);
        router.add("DELETE", "/api/2.0/sql/warehouses/{warehouse}/sessions/{session}", closeSession);
        LinkRoutes links = new LinkRoutes(service, signer);
        router.add("GET", "/cloudfetch/{id}/{chunk}", links);
        router.add("HEAD", "/cloudfetch/{id}/{chunk}", links);
    }

    private void execute(Exchange exchange) throws IOException {
        Principal principal = tokens.authenticate(exchange);
        StatementRequest request = StatementRequestParser.parse(Json.readObject(exchange));
        Caller caller = new Caller(principal, QueryOrigin.of(exchange));
        try {
            Statement statement = service.execute(request, caller);
            exchange.note(Note.STATEMENT, statement.id());
            statement.fault().ifPresent(fault -> exchange.note(Note.FAULT, fault.fault()));
            Json.respond(exchange, 200, answers.statement(statement, exchange.base()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(503, "TEMPORARILY_UNAVAILABLE", "The local workspace is shutting down.");
        }
    }

    private Statement find(Exchange exchange, PathValues path) {
        exchange.note(Note.STATEMENT, path.get("id"));
        return service.get(path.get("id"), tokens.authenticate(exchange));
    }

    private void get(Exchange exchange, PathValues path) throws IOException {
        Json.respond(exchange, 200, answers.statement(find(exchange, path), exchange.base()));
    }

    private void status(Exchange exchange, PathValues path) throws IOException {
        Json.respond(exchange, 200, answers.status(find(exchange, path)));
    }

    private void chunk(Exchange exchange, PathValues path) throws IOException {
        Statement statement = find(exchange, path);
        Optional<StoredResult> result = statement.result();
        if (result.isEmpty() || statement.isLost()) {
            throw ApiException.notFound(
                    "The statement " + statement.id() + " is " + statement.state() + ", so it has no result to fetch.");
        }
        int count = result.get().chunks().size();
        int index = parseIndex(path.get("chunk"));
        if (index < 0 || index >= count) {
            throw ApiException.invalid(
                    "The chunk index must be from 0 to " + (count - 1) + ", but was '" + path.get("chunk") + "'.");
        }
        Json.respond(exchange, 200, answers.chunk(statement, result.get(), index, exchange.base()));
    }

    static int parseIndex(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    private void cancel(Exchange exchange, PathValues path) throws IOException {
        find(exchange, path).cancel();
        Json.respond(exchange, 200, Json.object());
    }

    private void close(Exchange exchange, PathValues path) throws IOException {
        service.close(path.get("id"), tokens.authenticate(exchange));
        Json.respond(exchange, 200, Json.object());
    }

    private void openSession(Exchange exchange, String warehouse) throws IOException {
        Principal principal = tokens.authenticate(exchange);
        service.requireWarehouse(warehouse, principal);
        WorkspaceSession session = service.sessions().open(principal, warehouse, Json.readObject(exchange));
        Json.respond(exchange, 200, Json.object().put("session_id", session.id()));
    }

    private void closeSession(Exchange exchange, PathValues path) throws IOException {
        service.closeSession(path.get("session"), tokens.authenticate(exchange));
        Json.respond(exchange, 200, Json.object());
    }
}
