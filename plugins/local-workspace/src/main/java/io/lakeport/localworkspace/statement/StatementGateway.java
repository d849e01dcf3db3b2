package io.lakeport.localworkspace.statement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.engine.EngineParameter;
import io.lakeport.localworkspace.http.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sessions and statements for other protocols than the Statement Execution API. Thread-safe. */
public final class StatementGateway {
    private final StatementService service;
    private final LinkSigner signer;

    StatementGateway(StatementService service, LinkSigner signer) {
        this.service = service;
        this.signer = signer;
    }

    /** Opens a session on a warehouse and returns its id. */
    public String openSession(
            String warehouseId,
            Principal owner,
            Optional<String> catalog,
            Optional<String> schema,
            Map<String, String> configuration) {
        service.requireWarehouse(warehouseId, owner);
        ObjectNode body = Json.object();
        catalog.ifPresent(name -> body.put("catalog", name));
        schema.ifPresent(name -> body.put("schema", name));
        ObjectNode conf = body.putObject("session_confs");
        configuration.forEach(conf::put);
        return service.sessions().open(owner, warehouseId, body).id();
    }

    /** Closes a session of this principal. */
    public void closeSession(String id, Principal owner) {
        service.closeSession(id, owner);
    }

    /** Fails unless the session is open and belongs to this principal. */
    public void requireSession(String id, Principal owner) {
        service.useSession(id, owner);
    }

    /**
     * A statement to run with Arrow results.
     *
     * @param sql its text
     * @param warehouseId where it runs
     * @param sessionId session it belongs to
     * @param parameters its parameters
     * @param compressed whether chunks are LZ4 frames
     * @param rowLimit most rows, 0 for all
     * @param timeout how long to wait for its end
     * @param shape what the client can read
     */
    public record Request(
            String sql,
            String warehouseId,
            String sessionId,
            List<EngineParameter> parameters,
            boolean compressed,
            long rowLimit,
            Duration timeout,
            ResultShape shape) {}

    /** Runs a statement and waits as long as its request says. */
    public StatementView run(Request request, Principal principal, QueryOrigin origin) throws InterruptedException {
        return run(request, ResultFormat.ARROW_STREAM, principal, origin);
    }

    /** Runs a statement as {@link #run(Request, Principal, QueryOrigin)} does; its chunks are arrays of texts (JSON_ARRAY). */
    public StatementView runForText(Request request, Principal principal, QueryOrigin origin)
            throws InterruptedException {
        return run(request, ResultFormat.JSON_ARRAY, principal, origin);
    }

    private StatementView run(Request request, ResultFormat format, Principal principal, QueryOrigin origin)
            throws InterruptedException {
        Delivery delivery = new Delivery(
                Disposition.EXTERNAL_LINKS,
                format,
                request.compressed() ? Compression.LZ4_FRAME : Compression.NONE,
                request.rowLimit() > 0 ? request.rowLimit() : Long.MAX_VALUE,
                Long.MAX_VALUE,
                request.shape());
        StatementRequest statement = new StatementRequest(
                request.sql(),
                request.warehouseId(),
                Optional.of(request.sessionId()),
                Optional.empty(),
                Optional.empty(),
                request.parameters(),
                delivery,
                request.timeout(),
                false,
                Map.of());
        return new StatementView(service.execute(statement, new Caller(principal, origin)), signer);
    }

    /** Returns a statement of this principal. */
    public StatementView get(String id, Principal principal) {
        return new StatementView(service.get(id, principal), signer);
    }

    /** Closes a statement of this principal and deletes its result. */
    public void close(String id, Principal principal) {
        service.close(id, principal);
    }
}
