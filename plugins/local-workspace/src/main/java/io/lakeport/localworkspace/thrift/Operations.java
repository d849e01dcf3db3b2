package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.engine.EngineParameter;
import io.lakeport.localworkspace.statement.ResultShape;
import io.lakeport.localworkspace.statement.StatementGateway;
import io.lakeport.localworkspace.statement.StatementState;
import io.lakeport.localworkspace.statement.StatementView;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sessions and statements over Thrift. Thread-safe. */
final class Operations {
    /** Spark's version 9 of the protocol; the driver refuses a version that is not Spark's. */
    private static final int PROTOCOL = 42_249;
    /** What Databricks adds to the protocol begins at this field id. */
    private static final int DIRECT_RESULTS = 1281;

    private static final int EXECUTE_STATEMENT = 0;
    private static final int FETCH_FIRST = 4;
    private static final Duration DIRECT_WAIT = Duration.ofSeconds(5);

    private final StatementGateway gateway;
    /** Next chunk of each statement whose result is being fetched. */
    private final Map<String, Integer> positions = new ConcurrentHashMap<>();

    private final QueryTimeouts timeouts = new QueryTimeouts();

    Operations(StatementGateway gateway) {
        this.gateway = gateway;
    }

    TStruct openSession(Call call) {
        TStruct namespace = call.request().struct(1284);
        Map<String, String> configuration = new LinkedHashMap<>();
        call.request().map(4).entries().forEach((name, value) -> configuration.put(name, value.toString()));
        String id = gateway.openSession(
                call.warehouseId(),
                call.principal(),
                namespace.text(1).filter(name -> !name.isEmpty()),
                namespace.text(2).filter(name -> !name.isEmpty()),
                configuration);
        return new TStruct()
                .with(1, ThriftStatus.success())
                .with(2, PROTOCOL)
                .with(3, Handles.session(id))
                .with(1284, call.request().has(1284) ? namespace : null)
                .with(1285, true);
    }

    TStruct closeSession(Call call) {
        gateway.closeSession(Handles.id(call.request().struct(1)), call.principal());
        return new TStruct().with(1, ThriftStatus.success());
    }

    TStruct execute(Call call) throws IOException, InterruptedException {
        TStruct request = call.request();
        boolean direct = request.has(DIRECT_RESULTS);
        Duration limit = Duration.ofSeconds(Math.max(0, request.number(5, 0)));
        Duration wait = limit.isZero() || limit.compareTo(DIRECT_WAIT) > 0 ? DIRECT_WAIT : limit;
        StatementGateway.Request statement = new StatementGateway.Request(
                request.text(2).orElse(""),
                call.warehouseId(),
                Handles.id(request.struct(1)),
                parameters(request.list(1288)),
                request.flag(1284) && isTrue(request, 1282),
                request.number(1287, 0),
                direct ? wait : Duration.ZERO,
                shape(request));
        StatementView view = gateway.run(statement, call.principal(), call.userAgent());
        if (!limit.isZero() && !view.state().isFinal()) {
            timeouts.endAfter(view, limit.minus(direct ? wait : Duration.ZERO));
        }
        TStruct answer = new TStruct()
                .with(1, ThriftStatus.success())
                .with(2, Handles.operation(view.id(), EXECUTE_STATEMENT, true));
        return direct ? answer.with(DIRECT_RESULTS, directResults(view, call)) : answer;
    }

    /** What a client does not say it can read; one without Arrow reads every such type as text. */
    private static ResultShape shape(TStruct request) {
        boolean arrow = isTrue(request, 1282);
        TStruct types = request.struct(1286);
        return new ResultShape(
                arrow,
                isTrue(request, 1283),
                arrow && isTrue(types, 1),
                arrow && isTrue(types, 2),
                arrow && isTrue(types, 3),
                arrow && isTrue(types, 4));
    }

    /** Old clients do not send these flags, and read everything. */
    private static boolean isTrue(TStruct struct, int field) {
        return !struct.has(field) || struct.flag(field);
    }

    private TStruct directResults(StatementView view, Call call) throws IOException {
        TStruct direct = new TStruct().with(1, timeouts.status(view));
        if (view.state() != StatementState.SUCCEEDED) {
            return direct;
        }
        TStruct rows = StatementResults.fetch(view, 0, call.base());
        direct.with(2, StatementResults.metadata(view)).with(3, rows);
        if (StatementResults.isInline(view) && !rows.flag(2)) {
            // All is said: the operation closes itself, as the service's does. One with links must live on.
            gateway.close(view.id(), call.principal());
            direct.with(4, new TStruct().with(1, ThriftStatus.success()));
        } else {
            positions.put(view.id(), StatementResults.sent(rows, view));
        }
        return direct;
    }

    private static List<EngineParameter> parameters(List<Object> list) {
        List<TStruct> ordered = new ArrayList<>();
        list.forEach(element -> ordered.add((TStruct) element));
        // The JDBC driver numbers them; Python's connector says 1 of each, and means their order.
        ordered.sort(Comparator.comparingInt(parameter -> parameter.integer(1, 0)));
        List<EngineParameter> parameters = new ArrayList<>();
        int position = 0;
        for (TStruct parameter : ordered) {
            String name = parameter.text(2).filter(text -> !text.isEmpty()).orElse(null);
            parameters.add(new EngineParameter(
                    name,
                    name == null ? ++position : 0,
                    parameter.text(3).orElse("STRING"),
                    parameter.struct(4).text(1).orElse(null)));
        }
        return parameters;
    }

    private StatementView statement(Call call) {
        return gateway.get(Handles.id(call.request().struct(1)), call.principal());
    }

    TStruct status(Call call) {
        return timeouts.status(statement(call));
    }

    TStruct metadata(Call call) throws IOException {
        return StatementResults.metadata(statement(call));
    }

    TStruct fetch(Call call) throws IOException {
        StatementView view = statement(call);
        if (view.state() != StatementState.SUCCEEDED) {
            return new TStruct().with(1, ThriftStatus.error("The statement is " + view.state() + ".", "HY010"));
        }
        int from = start(call.request(), view);
        TStruct answer = StatementResults.fetch(view, from, call.base());
        positions.put(view.id(), from + StatementResults.sent(answer, view));
        return answer;
    }

    private int start(TStruct request, StatementView view) {
        if (request.integer(2, 0) == FETCH_FIRST) {
            return 0;
        }
        long offset = request.number(1282, -1);
        if (offset < 0) {
            return positions.getOrDefault(view.id(), 0);
        }
        List<StatementView.Chunk> chunks = view.chunks();
        int chunk = 0;
        while (chunk < chunks.size()
                && chunks.get(chunk).rowOffset() + chunks.get(chunk).rowCount() <= offset) {
            chunk++;
        }
        return chunk;
    }

    TStruct cancel(Call call) {
        statement(call).cancel();
        return new TStruct().with(1, ThriftStatus.success());
    }

    TStruct close(Call call) {
        String id = Handles.id(call.request().struct(1));
        Principal principal = call.principal();
        positions.remove(id);
        timeouts.forget(id);
        gateway.close(id, principal);
        return new TStruct().with(1, ThriftStatus.success());
    }
}
