package io.lakeport.localworkspace.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.localworkspace.http.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The one line that a workspace process prints, and its reading by the process that started it. */
final class ConnectionJson {
    private static final List<String> KEYS = List.of(
            "host",
            "port",
            "httpUrl",
            "httpsUrl",
            "proxyPort",
            "clientId",
            "clientSecret",
            "token",
            "warehouseId",
            "httpPath",
            "jdbcUrlSea",
            "jdbcUrlThrift",
            "catalog",
            "schema");

    private ConnectionJson() {}

    static String write(SimulatorConnection connection) {
        ObjectNode line = Json.object()
                .put("host", connection.host())
                .put("port", connection.port())
                .put("httpUrl", connection.httpUrl().toString())
                .put("httpsUrl", connection.httpsUrl().toString())
                .put("proxyPort", connection.proxyPort())
                .put("clientId", connection.clientId())
                .put("clientSecret", connection.clientSecret().reveal())
                .put("token", connection.token().reveal())
                .put("warehouseId", connection.warehouseId())
                .put("httpPath", connection.httpPath())
                .put("jdbcUrlSea", jdbcUrl(connection, 0))
                .put("jdbcUrlThrift", jdbcUrl(connection, 1))
                .put("catalog", connection.catalog())
                .put("schema", connection.schema());
        try {
            return new String(Json.bytes(line), StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can always be written as JSON", e);
        }
    }

    /** The last three parameters keep the driver from calling port 443, where nothing of ours listens. */
    private static String jdbcUrl(SimulatorConnection connection, int thrift) {
        return "jdbc:databricks://" + connection.host() + ":" + connection.port() + "/" + connection.schema()
                + ";ssl=0;AuthMech=3;UID=token;PWD=" + connection.token().reveal() + ";httpPath="
                + connection.httpPath() + ";UseThriftClient=" + thrift
                + ";EnableTelemetry=0;UseBoundedSeaApi=0;EnableThriftNativeMetadata=0";
    }

    /**
     * Reads the line.
     *
     * @throws IllegalArgumentException when it is not such a line; the message does not repeat it, since it may hold
     *     credentials
     */
    static SimulatorConnection read(String line) {
        JsonNode node;
        try {
            node = Json.parse(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the first line of the workspace process is not JSON", e);
        }
        for (String key : KEYS) {
            if (!node.hasNonNull(key)) {
                throw new IllegalArgumentException("the first line of the workspace process lacks the key " + key);
            }
        }
        return new SimulatorConnection(
                node.get("host").asText(),
                node.get("port").asInt(),
                URI.create(node.get("httpUrl").asText()),
                URI.create(node.get("httpsUrl").asText()),
                node.get("proxyPort").asInt(),
                node.get("clientId").asText(),
                Secret.of(node.get("clientSecret").asText()),
                Secret.of(node.get("token").asText()),
                node.get("warehouseId").asText(),
                node.get("catalog").asText(),
                node.get("schema").asText());
    }
}
