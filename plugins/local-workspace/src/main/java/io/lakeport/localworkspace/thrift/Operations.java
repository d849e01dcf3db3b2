package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.engine.EngineParameter;
import io.lakeport.localworkspace.statement.StatementGateway;
import io.lakeport.localworkspace.statement.StatementState;
import io.lakeport.localworkspace.statement.StatementView;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
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
        StatementGateway.Request statement = new StatementGateway.Request(
                request.text(2).orElse(""),
                call.warehouseId(),
                Handles.id(request.struct(1)),
                parameters(request.list(1288)),
                request.flag(1284),
                request.number(1287, 0),
                direct ? DIRECT_WAIT : Duration.ZERO);
        StatementView view = gateway.run(statement, call.principal(), call.userAgent(), call.base());
        TStruct answer = new TStruct()
                .with(1, ThriftStatus.success())
                .with(2, Handles.operation(view.id(), EXECUTE_STATEMENT, true));
        return direct ? answer.with(DIRECT_RESULTS, directResults(view, call)) : answer;
    }

    private TStruct directResults(StatementView view, Call call) throws IOException {
        TStruct direct = new TStruct().with(1, StatementResults.status(view));
        if (view.state() != StatementState.SUCCEEDED) {
            return direct;
        }
        TStruct rows = StatementResults.fetch(view, 0, call.base());
        direct.with(2, StatementResults.metadata(view)).with(3, rows);
        if (StatementResults.isInline(view)) {
            // All is said: the operation closes itself, as the service's does. One with links must live on.
            gateway.close(view.id(), call.principal());
            direct.with(4, new TStruct().with(1, ThriftStatus.success()));
        } else {
            positions.put(view.id(), rows.struct(3).list(1282).size());
        }
        return direct;
    }

    private static List<EngineParameter> parameters(List<Object> list) {
        List<EngineParameter> parameters = new ArrayList<>();
        for (Object element : list) {
            TStruct parameter = (TStruct) element;
            String name = parameter.text(2).filter(text -> !text.isEmpty()).orElse(null);
            TStruct value = parameter.struct(4);
            parameters.add(new EngineParameter(
                    name,
                    name == null ? parameter.integer(1, parameters.size() + 1) : 0,
                    parameter.text(3).orElse("STRING"),
                    value.text(1).orElse(null)));
        }
        return parameters;
    }

    private StatementView statement(Call call) {
        return gateway.get(Handles.id(call.request().struct(1)), call.principal());
    }

    TStruct status(Call call) {
        return StatementResults.status(statement(call));
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
        TStruct rows = answer.struct(3);
        positions.put(view.id(), from + rows.list(1281).size() + rows.list(1282).size());
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
        gateway.close(id, principal);
        return new TStruct().with(1, ThriftStatus.success());
    }
}
