package io.lakeport.audit.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.audit.FakeWorkspace;
import io.lakeport.audit.FakeWorkspace.Says;
import io.lakeport.audit.Tenants;
import io.lakeport.audit.workspace.SdkControlPlaneProvider;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.workspace.ControlPlane;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process whose environment and home are full of Databricks settings that are not the tenant's. */
class EnvironmentLeakTest {
    /** Runs in the child process. */
    public static final class Child {
        public static void main(String[] args) {
            try (ControlPlane plane = new SdkControlPlaneProvider()
                    .open(Tenants.tenant("acme", args[0], "A_B/1", "w1"), Tenants.tokens("ours"), Guard.NONE)) {
                System.out.println("principal=" + plane.principal(Tenants.soon()));
            }
        }
    }

    @Test
    void call_environmentAndProfileNameAnotherIdentity_onlyOursIsSent(@TempDir Path home) throws Exception {
        Files.writeString(
                home.resolve(".databrickscfg"),
                "[DEFAULT]\nhost = http://localhost:1\ntoken = from-profile\ncluster_id = c-profile\n");
        try (FakeWorkspace host = new FakeWorkspace(asked -> Says.json(200, "{\"userName\":\"sp\",\"active\":true}"))) {
            ProcessBuilder builder = new ProcessBuilder(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Duser.home=" + home,
                    "-cp",
                    System.getProperty("java.class.path"),
                    Child.class.getName(),
                    host.url()));
            builder.environment().clear();
            builder.environment()
                    .putAll(Map.of(
                            "HOME", home.toString(),
                            "DATABRICKS_HOST", "http://localhost:2",
                            "DATABRICKS_TOKEN", "from-environment",
                            "DATABRICKS_CLUSTER_ID", "c-environment",
                            "DATABRICKS_CLIENT_ID", "id-environment",
                            "DATABRICKS_CLIENT_SECRET", "secret-environment",
                            "DATABRICKS_CONFIG_PROFILE", "DEFAULT"));
            Process child = builder.redirectErrorStream(true).start();
            String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(output).contains("principal=sp");
            assertThat(host.asked()).hasSize(1);
            assertThat(host.asked().get(0).authorization()).isEqualTo("Bearer ours");
            assertThat(host.asked().toString() + output)
                    .doesNotContain("environment")
                    .doesNotContain("profile");
        }
    }
}
