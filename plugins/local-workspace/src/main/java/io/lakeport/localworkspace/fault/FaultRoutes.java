package io.lakeport.localworkspace.fault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.OwnerCheck;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.PathValues;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;

/** The control endpoint {@code /local/faults}, which Databricks has not: plan faults, list them, take them back. */
public final class FaultRoutes {
    private static final String PATH = "/local/faults";

    private final Faults faults;
    private final OwnerCheck owner;

    /** Creates the routes. */
    public FaultRoutes(Faults faults, OwnerCheck owner) {
        this.faults = faults;
        this.owner = owner;
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        router.add("POST", PATH, (exchange, path) -> add(exchange));
        router.add("GET", PATH, (exchange, path) -> list(exchange));
        router.add("GET", PATH + "/{id}", this::get);
        router.add("DELETE", PATH + "/{id}", this::remove);
        router.add("DELETE", PATH, (exchange, path) -> {
            owner.require(exchange);
            faults.clear();
            Json.respond(exchange, 200, Json.object());
        });
    }

    private void add(Exchange exchange) throws IOException {
        owner.require(exchange);
        try {
            FaultJson.Plan plan = FaultJson.read(Json.readObject(exchange));
            Fault fault = faults.add(plan.match(), plan.firing(), plan.effect());
            Json.respond(exchange, 200, FaultJson.write(fault));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw ApiException.invalid("This fault cannot be planned: " + e.getMessage());
        }
    }

    private void list(Exchange exchange) throws IOException {
        owner.require(exchange);
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("faults");
        faults.all().forEach(fault -> list.add(FaultJson.write(fault)));
        ArrayNode log = answer.putArray("log");
        for (FaultFired fired : faults.log()) {
            log.addObject()
                    .put("at", fired.at().toString())
                    .put("fault", fired.fault())
                    .put("kind", fired.kind())
                    .put("target", fired.target());
        }
        Json.respond(exchange, 200, answer);
    }

    private void get(Exchange exchange, PathValues path) throws IOException {
        owner.require(exchange);
        Fault found = faults.all().stream()
                .filter(fault -> fault.id().equals(path.get("id")))
                .findFirst()
                .orElseThrow(() -> unknown(path));
        Json.respond(exchange, 200, FaultJson.write(found));
    }

    private void remove(Exchange exchange, PathValues path) throws IOException {
        owner.require(exchange);
        if (!faults.remove(path.get("id"))) {
            throw unknown(path);
        }
        Json.respond(exchange, 200, Json.object());
    }

    private static ApiException unknown(PathValues path) {
        return ApiException.notFound("There is no fault " + path.get("id") + ".");
    }
}
