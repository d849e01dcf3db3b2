package io.lakeport.app.cli;

import io.lakeport.app.config.JsonText;
import io.lakeport.core.simulator.SimulatorConnection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a person or a script needs to reach a local workspace. Its credentials are worth nothing elsewhere. */
final class WorkspaceText {
    private final SimulatorConnection connection;

    WorkspaceText(SimulatorConnection connection) {
        this.connection = connection;
    }

    String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("host", connection.host());
        json.put("port", connection.port());
        json.put("httpUrl", connection.httpUrl());
        json.put("httpsUrl", connection.httpsUrl());
        json.put("proxyPort", connection.proxyPort());
        json.put("clientId", connection.clientId());
        json.put("clientSecret", connection.clientSecret().reveal());
        json.put("token", connection.token().reveal());
        json.put("warehouseId", connection.warehouseId());
        json.put("httpPath", connection.httpPath());
        json.put("jdbcUrlSea", jdbcUrl(false));
        json.put("jdbcUrlThrift", jdbcUrl(true));
        json.put("catalog", connection.catalog());
        json.put("schema", connection.schema());
        return JsonText.line(json);
    }

    /** The last three parameters keep the driver from calling port 443, where nothing of ours listens. */
    private String jdbcUrl(boolean thrift) {
        return "jdbc:databricks://" + connection.host() + ":" + connection.port() + "/" + connection.schema()
                + ";ssl=0;AuthMech=3;UID=token;PWD=" + connection.token().reveal() + ";httpPath="
                + connection.httpPath() + ";UseThriftClient=" + (thrift ? 1 : 0)
                + ";EnableTelemetry=0;UseBoundedSeaApi=0;EnableThriftNativeMetadata=0";
    }

    /** Returns the addresses and credentials, a line each. */
    String connection() {
        return String.join(
                "\n",
                "  host            " + connection.httpUrl(),
                "  host over TLS   " + connection.httpsUrl() + "  (self-signed)",
                "  warehouse       " + connection.warehouseId(),
                "  catalog.schema  " + connection.catalog() + "." + connection.schema(),
                "  client id       " + connection.clientId(),
                "  client secret   " + connection.clientSecret().reveal(),
                "  token           " + connection.token().reveal(),
                "  proxy port      " + connection.proxyPort() + "  (JDBC with OAuth M2M goes through it)");
    }

    String forPeople(boolean detached) {
        return String.join(
                "\n",
                "A Databricks workspace on this machine",
                "",
                connection(),
                "",
                "Try it, " + (detached ? "here:" : "in another terminal:"),
                "",
                "  export LOCAL_TOKEN=" + connection.token().reveal(),
                "  lakeport query --host " + connection.httpUrl() + " --warehouse " + connection.warehouseId()
                        + " --token-env LOCAL_TOKEN \"SELECT 1\"",
                "",
                "JDBC (UseThriftClient=1 for the Thrift protocol):",
                "",
                "  " + jdbcUrl(false),
                "",
                detached ? "It runs until 'lakeport workspace stop'." : "Serving until Ctrl-C.");
    }
}
