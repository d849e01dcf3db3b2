package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.engine.EngineParameter;
import io.lakeport.localworkspace.http.ApiException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Sessions and statements over Thrift. Thread-safe. */
final class Operations {
    /** Spark's version 9 of the protocol; the driver refuses a version that is not Spark's. */
    private static final int PROTOCOL = 42_249;
    /** What Databricks adds to the protocol begins at this field id. */
    private static final int DIRECT_RESULTS = 1281;

    private static final int EXECUTE_STATEMENT = 0;
    private static final int TIMED_OUT = 8;
    private static final Duration DIRECT_WAIT = Duration.ofSeconds(5);
    private static final Duration UNTIL_THE_END = Duration.ofDays(1);

    private final StatementGateway gateway;
    private final Map<String, OpenOperation> open = new ConcurrentHashMap<>();

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
        boolean async = request.flag(4);
        StatementGateway.Request statement = new StatementGateway.Request(
                request.text(2).orElse(""),
                call.warehouseId(),
                Handles.id(request.struct(1)),
                parameters(request.list(1288)),
                request.flag(1284),
                request.number(1287, 0),
                direct ? DIRECT_WAIT : async ? Duration.ZERO : UNTIL_THE_END,
                ArrowTypes.wantedBy(request));
        StatementView view = gateway.run(statement, call.principal(), call.origin());
        OpenOperation operation = new OpenOperation(RowsForm.Client.of(request), request.number(5, 0));
        open.put(view.id(), operation);
        endAfterTimeout(view, operation);
        TStruct answer = new TStruct()
                .with(1, ThriftStatus.success())
                .with(2, Handles.operation(view.id(), EXECUTE_STATEMENT, true));
        return direct ? answer.with(DIRECT_RESULTS, directResults(view, operation, call)) : answer;
    }

    private static void endAfterTimeout(StatementView view, OpenOperation operation) {
        if (operation.timeoutSeconds() > 0 && isUnderWay(view)) {
            CompletableFuture.delayedExecutor(operation.timeoutSeconds(), TimeUnit.SECONDS)
                    .execute(() -> {
                        if (isUnderWay(view)) {
                            operation.timeOut();
                            view.cancel();
                        }
                    });
        }
    }

    private static boolean isUnderWay(StatementView view) {
        return view.state() == StatementState.PENDING || view.state() == StatementState.RUNNING;
    }

    private TStruct directResults(StatementView view, OpenOperation operation, Call call) throws IOException {
        TStruct direct = new TStruct().with(1, StatementResults.status(view));
        if (view.state() != StatementState.SUCCEEDED) {
            return direct;
        }
        RowsForm form = operation.client().formOf(view);
        Page page = Page.direct(call.request().struct(DIRECT_RESULTS));
        StatementResults.Fetched fetched = StatementResults.fetch(view, form, page, call.base());
        operation.moved(0, fetched.next());
        direct.with(2, StatementResults.metadata(view, form)).with(3, fetched.answer());
        if (fetched.isLast() && form != RowsForm.LINKS) {
            // All is said: the operation closes itself, as the service's does. One with links must live on.
            end(view.id(), call);
            direct.with(4, new TStruct().with(1, ThriftStatus.success()));
        }
        return direct;
    }

    private static List<EngineParameter> parameters(List<Object> list) {
        List<TStruct> ordered = new ArrayList<>();
        for (Object element : list) {
            if (!(element instanceof TStruct parameter)) {
                throw ApiException.invalid("A statement's parameters must be structs.");
            }
            ordered.add(parameter);
        }
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

    /** A statement that came over REST has no operation here; whoever asks for it can do everything. */
    private OpenOperation operation(StatementView view) {
        return open.computeIfAbsent(view.id(), id -> new OpenOperation(new RowsForm.Client(true, true), 0));
    }

    TStruct status(Call call) {
        StatementView view = statement(call);
        OpenOperation operation = operation(view);
        TStruct status = StatementResults.status(view);
        if (operation.isTimedOut()) {
            String message = "Query timed out after " + operation.timeoutSeconds() + " seconds";
            status.with(2, TIMED_OUT).with(3, "HYT00").with(5, message).with(1281, message);
        }
        return status;
    }

    TStruct metadata(Call call) throws IOException {
        StatementView view = statement(call);
        return StatementResults.metadata(view, operation(view).client().formOf(view));
    }

    TStruct fetch(Call call) throws IOException {
        StatementView view = statement(call);
        OpenOperation operation = operation(view);
        if (view.state() != StatementState.SUCCEEDED) {
            String message = view.errorMessage().orElse("The statement is " + view.state() + ".");
            return new TStruct()
                    .with(1, ThriftStatus.error(message, view.sqlState().orElse("HY010")));
        }
        TStruct request = call.request();
        long from = operation.start(request.integer(2, 0), request.number(1282, -1));
        RowsForm form = operation.client().formOf(view);
        StatementResults.Fetched fetched = StatementResults.fetch(view, form, Page.of(request, from), call.base());
        operation.moved(from, fetched.next());
        return fetched.answer();
    }

    TStruct cancel(Call call) {
        statement(call).cancel();
        return new TStruct().with(1, ThriftStatus.success());
    }

    TStruct close(Call call) {
        end(Handles.id(call.request().struct(1)), call);
        return new TStruct().with(1, ThriftStatus.success());
    }

    private void end(String id, Call call) {
        open.remove(id);
        gateway.close(id, call.principal());
    }
}
