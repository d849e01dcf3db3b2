package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Note;
import io.lakeport.localworkspace.http.Router;
import io.lakeport.localworkspace.rest.EngineQuery;
import io.lakeport.localworkspace.statement.QueryOrigin;
import io.lakeport.localworkspace.statement.StatementGateway;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;

/** The paths of the Thrift protocol: one POST holds one message, and so does its answer. */
public final class ThriftRoutes {
    private static final int PROTOCOL_ERROR = 7;
    private static final String TYPE = "application/x-thrift";

    private final Operations operations;
    private final MetadataCalls metadata;
    private final TokenService tokens;
    private final String clusterWarehouse;
    private final Predicate<String> clusterServes;
    private final ThriftFaults faults;

    /**
     * Creates the routes.
     *
     * @param clusterWarehouse warehouse that stands for every all-purpose cluster
     * @param clusterServes starts a cluster that does not run, and says whether it can be used by now
     */
    public ThriftRoutes(
            StatementGateway gateway,
            EngineQuery query,
            TokenService tokens,
            String clusterWarehouse,
            Predicate<String> clusterServes,
            ThriftFaults faults) {
        this.faults = faults;
        this.operations = new Operations(gateway);
        this.metadata = new MetadataCalls(gateway, query);
        this.tokens = tokens;
        this.clusterWarehouse = clusterWarehouse;
        this.clusterServes = clusterServes;
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        router.add("POST", "/sql/1.0/warehouses/{id}", (exchange, path) -> serve(exchange, path.get("id")));
        router.add("POST", "/sql/1.0/endpoints/{id}", (exchange, path) -> serve(exchange, path.get("id")));
        router.add("POST", "/sql/protocolv1/o/{org}/{cluster}", (exchange, path) -> {
            requireCluster(exchange, path.get("cluster"));
            serve(exchange, clusterWarehouse);
        });
    }

    private void requireCluster(Exchange exchange, String cluster) {
        tokens.authenticate(exchange);
        if (!clusterServes.test(cluster)) {
            // Clients come again until it runs.
            exchange.addHeader("Retry-After", "1");
            throw new ApiException(
                    503, "TEMPORARILY_UNAVAILABLE", "The cluster " + cluster + " is starting. Please wait.");
        }
    }

    private void serve(Exchange exchange, String warehouseId) throws IOException {
        try {
            serveSignedIn(exchange, warehouseId, tokens.authenticate(exchange));
        } catch (ApiException e) {
            // The official clients read the reason from this header, since they expect no JSON here.
            exchange.addHeader(
                    "X-Thriftserver-Error-Message",
                    String.valueOf(e.getMessage()).replaceAll("[^\\x20-\\x7E]", "?"));
            throw e;
        }
    }

    private void serveSignedIn(Exchange exchange, String warehouseId, Principal principal) throws IOException {
        ThriftMessage message;
        try {
            message = ThriftReader.readCall(exchange.body());
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "MALFORMED_REQUEST", "Could not parse request object: " + e.getMessage());
        }
        Call call =
                new Call(message.body().struct(1), principal, QueryOrigin.of(exchange), warehouseId, exchange.base());
        String sql = message.name().equals("ExecuteStatement")
                ? call.request().text(2).orElse("")
                : "";
        Optional<ThriftFaults.Failure> failure =
                faults.onCall(message.name(), sql, principal, call.origin().userAgent());
        failure.ifPresent(planned -> exchange.note(Note.FAULT, planned.fault()));
        byte[] answer = failure.isPresent() ? failed(message, failure.get()) : answer(message, call);
        exchange.respond(200, TYPE, answer);
    }

    private static byte[] failed(ThriftMessage message, ThriftFaults.Failure failure) {
        if (failure.exceptionType().isPresent()) {
            return ThriftWriter.exception(message, failure.exceptionType().getAsInt(), failure.message());
        }
        TStruct status = ThriftStatus.of(failure.statusCode(), failure.message(), failure.sqlState());
        return ThriftWriter.reply(message, new TStruct().with(1, status));
    }

    private byte[] answer(ThriftMessage message, Call call) throws IOException {
        try {
            TStruct answer = dispatch(message.name(), call);
            return answer.fields().isEmpty()
                    ? ThriftWriter.unknownMethod(message)
                    : ThriftWriter.reply(message, answer);
        } catch (ApiException e) {
            if (e.status() == 403) {
                // Who may not use the warehouse is turned away before Thrift begins.
                throw e;
            }
            TStruct status = e.status() == 404
                    ? ThriftStatus.invalidHandle(Handles.unknown(message.name(), call.request()))
                    : ThriftStatus.error(String.valueOf(e.getMessage()), "HY000");
            return ThriftWriter.reply(message, new TStruct().with(1, status));
        } catch (ClassCastException | NoSuchElementException e) {
            return ThriftWriter.exception(message, PROTOCOL_ERROR, "Required field is missing or of another type");
        } catch (EngineException e) {
            TStruct status = ThriftStatus.error(String.valueOf(e.getMessage()), e.sqlState());
            return ThriftWriter.reply(message, new TStruct().with(1, status));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(503, "TEMPORARILY_UNAVAILABLE", "The local workspace is shutting down.");
        }
    }

    private TStruct dispatch(String method, Call call) throws IOException, InterruptedException {
        if (method.startsWith("Get") && MetadataCalls.serves(method)) {
            return metadata.answer(method, call);
        }
        return switch (method) {
            case "GetInfo" -> ServerInfo.answer(call);
            case "OpenSession" -> operations.openSession(call);
            case "CloseSession" -> operations.closeSession(call);
            case "ExecuteStatement" -> operations.execute(call);
            case "GetOperationStatus" -> metadata.owns(call) ? metadata.status() : operations.status(call);
            case "GetResultSetMetadata" -> metadata.owns(call) ? metadata.schema(call) : operations.metadata(call);
            case "FetchResults" -> metadata.owns(call) ? metadata.fetch(call) : operations.fetch(call);
            case "CancelOperation" -> metadata.owns(call) ? metadata.close(call) : operations.cancel(call);
            case "CloseOperation" -> metadata.owns(call) ? metadata.close(call) : operations.close(call);
            default -> new TStruct();
        };
    }
}
