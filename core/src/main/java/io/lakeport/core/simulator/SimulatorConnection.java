package io.lakeport.core.simulator;

import io.lakeport.core.secret.Secret;
import java.net.URI;

/**
 * What a client needs to reach a simulated workspace.
 *
 * @param host loopback host name
 * @param port plain-HTTP port
 * @param httpUrl base URL over plain HTTP
 * @param httpsUrl base URL over TLS, with a certificate generated at start
 * @param proxyPort port that speaks HTTP CONNECT and sends every host to this workspace: the official JDBC driver
 *     drops the port of a host when it signs in by OAuth, so it needs the proxy
 * @param clientId application id of a service principal that may use everything loaded
 * @param clientSecret its OAuth secret
 * @param token a personal access token of the same principal
 * @param warehouseId id of a running SQL warehouse
 * @param catalog default catalog
 * @param schema default schema
 */
public record SimulatorConnection(
        String host,
        int port,
        URI httpUrl,
        URI httpsUrl,
        int proxyPort,
        String clientId,
        Secret clientSecret,
        Secret token,
        String warehouseId,
        String catalog,
        String schema) {
    /** Returns the HTTP path of the warehouse, as JDBC URLs spell it. */
    public String httpPath() {
        return "/sql/1.0/warehouses/" + warehouseId;
    }
}
