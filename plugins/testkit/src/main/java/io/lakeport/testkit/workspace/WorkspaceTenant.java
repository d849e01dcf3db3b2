package io.lakeport.testkit.workspace;

import io.lakeport.core.simulator.SimulatorConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A tenant of Lakeport whose workspace is a simulated one. It signs in by OAuth M2M.
 *
 * @param name the tenant's name
 * @param json a whole configuration with this tenant in it; holds the workspace's secret, which is worth nothing
 *     elsewhere
 */
public record WorkspaceTenant(String name, String json) {
    /** Describes a workspace as a tenant. */
    public static WorkspaceTenant of(String name, SimulatorConnection workspace) {
        return new WorkspaceTenant(name, """
                {"tenants": {"%s": {
                   "host": "%s", "warehouse_id": "%s", "catalog": "%s", "schema": "%s",
                   "auth": {"method": "oauth-m2m", "properties": {"client_id": "%s"},
                     "secrets": {"client_secret": "%s"}}}}}
                """.formatted(
                        name,
                        workspace.httpUrl(),
                        workspace.warehouseId(),
                        workspace.catalog(),
                        workspace.schema(),
                        workspace.clientId(),
                        workspace.clientSecret().reveal()));
    }

    /** Writes the configuration for {@code Lakeport.builder().config(Path)} and returns the file. */
    public Path writeTo(Path directory) throws IOException {
        return Files.writeString(directory.resolve("lakeport.json"), json);
    }

    /** Leaves the configuration out, which holds a secret. */
    @Override
    public String toString() {
        return "WorkspaceTenant[" + name + "]";
    }
}
