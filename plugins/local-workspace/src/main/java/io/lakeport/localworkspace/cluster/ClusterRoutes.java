package io.lakeport.localworkspace.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The Clusters API. */
public final class ClusterRoutes {
    private static final String PATH = "/api/{version}/clusters/";

    private final Clusters clusters;
    private final TokenService tokens;

    /** Creates the routes. */
    public ClusterRoutes(Clusters clusters, TokenService tokens) {
        this.clusters = clusters;
        this.tokens = tokens;
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        router.add("POST", PATH + "create", (exchange, path) -> {
            String owner = tokens.authenticate(exchange).applicationId();
            Cluster cluster = clusters.create(owner, Json.readObject(exchange));
            Json.respond(exchange, 200, Json.object().put("cluster_id", cluster.id()));
        });
        router.add("GET", PATH + "get", (exchange, path) -> {
            Cluster cluster = find(exchange, exchange.query("cluster_id").orElse(""));
            Json.respond(exchange, 200, ClusterJson.cluster(cluster));
        });
        router.add("GET", PATH + "list", (exchange, path) -> list(exchange));
        command(router, "start", cluster -> require(cluster.start("STARTING"), cluster, "Terminated"));
        command(router, "restart", cluster -> require(cluster.restart(), cluster, "Running"));
        command(router, "delete", Cluster::terminate);
        command(router, "permanent-delete", cluster -> clusters.changed(cluster, true));
        command(router, "pin", cluster -> {});
        command(router, "unpin", cluster -> {});
        router.add("POST", PATH + "edit", (exchange, path) -> edit(exchange));
        router.add("POST", PATH + "resize", (exchange, path) -> resize(exchange));
        router.add("POST", PATH + "events", (exchange, path) -> {
            JsonNode body = Json.readObject(exchange);
            Cluster cluster = find(exchange, body.path("cluster_id").asText());
            Json.respond(exchange, 200, ClusterJson.events(cluster, body));
        });
        addLists(router);
    }

    private void addLists(Router router) {
        router.add("GET", PATH + "spark-versions", (exchange, path) -> answer(exchange, ClusterJson.sparkVersions()));
        router.add("GET", PATH + "list-node-types", (exchange, path) -> answer(exchange, ClusterJson.nodeTypes()));
        router.add("GET", PATH + "list-zones", (exchange, path) -> {
            ObjectNode zones = Json.object().put("default_zone", "us-east-1a");
            zones.putArray("zones").add("us-east-1a").add("us-east-1b");
            answer(exchange, zones);
        });
    }

    private void answer(Exchange exchange, ObjectNode answer) throws IOException {
        tokens.authenticate(exchange);
        Json.respond(exchange, 200, answer);
    }

    private void command(Router router, String name, Consumer<Cluster> action) {
        router.add("POST", PATH + name, (exchange, path) -> {
            action.accept(
                    find(exchange, Json.readObject(exchange).path("cluster_id").asText()));
            Json.respond(exchange, 200, Json.object());
        });
    }

    private static void require(boolean done, Cluster cluster, String needed) {
        if (!done) {
            throw new ApiException(
                    400,
                    "INVALID_STATE",
                    "Cluster " + cluster.id() + " is in unexpected state " + cluster.state() + "; it has to be "
                            + needed + ".");
        }
    }

    private Cluster find(Exchange exchange, String id) {
        tokens.authenticate(exchange);
        return clusters.find(id).orElseThrow(() -> ApiException.invalid("Cluster " + id + " does not exist"));
    }

    private void edit(Exchange exchange) throws IOException {
        JsonNode body = Json.readObject(exchange);
        Cluster cluster = find(exchange, body.path("cluster_id").asText());
        ClusterState state = cluster.state();
        require(state == ClusterState.RUNNING || state == ClusterState.TERMINATED, cluster, "Running or Terminated");
        cluster.edit(ClusterSpec.read(body));
        clusters.changed(cluster, false);
        Json.respond(exchange, 200, Json.object());
    }

    private void resize(Exchange exchange) throws IOException {
        JsonNode body = Json.readObject(exchange);
        Cluster cluster = find(exchange, body.path("cluster_id").asText());
        require(cluster.resize(cluster.spec().resized(body)), cluster, "Running");
        clusters.changed(cluster, false);
        Json.respond(exchange, 200, Json.object());
    }

    private void list(Exchange exchange) throws IOException {
        tokens.authenticate(exchange);
        Set<String> states = exchange.queryAll("filter_by.cluster_states");
        List<Cluster> all = clusters.all().stream()
                .filter(cluster ->
                        states.isEmpty() || states.contains(cluster.state().name()))
                .toList();
        String size = exchange.query("page_size")
                .filter(t -> t.matches("[1-9]\\d{0,2}"))
                .orElse("20");
        String token =
                exchange.query("page_token").filter(t -> t.matches("\\d{1,9}")).orElse("0");
        int from = Math.min(all.size(), Integer.parseInt(token));
        int to = Math.min(all.size(), from + Integer.parseInt(size));
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray("clusters");
        all.subList(from, to).forEach(cluster -> array.add(ClusterJson.cluster(cluster)));
        if (to < all.size()) {
            answer.put("next_page_token", String.valueOf(to));
        }
        Json.respond(exchange, 200, answer);
    }
}
