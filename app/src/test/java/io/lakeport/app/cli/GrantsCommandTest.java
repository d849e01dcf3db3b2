package io.lakeport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.access.ObjectType;
import io.lakeport.localworkspace.access.PermissionLevel;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.directory.Directory;
import io.lakeport.localworkspace.directory.PrincipalKind;
import io.lakeport.localworkspace.server.LocalWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a principal that may nothing to a tenant whose query works, by the command line alone. */
@Tag("workspace-inside")
class GrantsCommandTest {
    private static final String QUERY = "SELECT count(*) AS orders FROM main.sales.orders";

    @TempDir
    static Path folder;

    private static LocalWorkspace workspace;

    @BeforeAll
    static void start() throws Exception {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory());
        workspace
                .permissions()
                .write(
                        ObjectType.WAREHOUSES,
                        workspace.connection().warehouseId(),
                        Map.of(workspace.principal().id(), PermissionLevel.IS_OWNER));
        Directory directory = workspace.identities().directory();
        directory
                .find(PrincipalKind.GROUP, Directory.USERS)
                .ifPresent(users -> directory.update(
                        users.id(),
                        old -> old.toBuilder().entitlements(Set.of()).build()));
        configure("setup", workspace.principal());
        lakeport("setup", "query", "-t", "admin", "CREATE SCHEMA main.sales").succeeded();
        lakeport("setup", "query", "-t", "admin", "CREATE TABLE main.sales.orders AS SELECT 1 AS id")
                .succeeded();
        lakeport("setup", "query", "-t", "admin", "CREATE SCHEMA main.results").succeeded();
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    /** Writes a configuration in which {@code acme} is that principal and {@code admin} the administrator. */
    private static void configure(String name, Principal acme) throws IOException {
        SimulatorConnection c = workspace.connection();
        Files.writeString(folder.resolve("admin.txt"), c.clientSecret().reveal());
        Files.writeString(
                folder.resolve(name + ".txt"),
                workspace.identities().addSecret(acme, Duration.ofHours(1)).reveal());
        Files.writeString(folder.resolve(name + ".json"), """
                {"tenants": {
                  "acme": {"host": "%1$s", "warehouse_id": "%2$s", "catalog": "main", "schema": "sales",
                    "auth": {"method": "oauth-m2m", "properties": {"client_id": "%3$s"},
                      "secrets": {"client_secret": "${file:%4$s.txt}"}}},
                  "admin": {"host": "%1$s", "warehouse_id": "%2$s", "scope": {"access": "write_back"},
                    "auth": {"method": "oauth-m2m", "properties": {"client_id": "%5$s"},
                      "secrets": {"client_secret": "${file:admin.txt}"}}}}}
                """.formatted(
                        c.httpUrl(), c.warehouseId(), acme.applicationId(), name, c.clientId()));
    }

    private static Principal newcomer(String name) throws IOException {
        Principal principal = workspace.identities().addServicePrincipal(name);
        workspace.identities().unassign(principal);
        configure(name, principal);
        return principal;
    }

    private static CliRun lakeport(String config, String... command) {
        String[] file = {"-c", folder.resolve(config + ".json").toString()};
        return CliRun.of(Stream.of(command, file).flatMap(Stream::of).toArray(String[]::new));
    }

    private static CliRun grants(String config, String command, String... more) {
        String[] head = {"grants", command, "-t", "acme"};
        return lakeport(config, Stream.of(head, more).flatMap(Stream::of).toArray(String[]::new));
    }

    private static String[] asAdmin(String... more) {
        String[] admin = {
            "--admin-tenant",
            "admin",
            "--account-id",
            WorkspaceIdentity.ACCOUNT_ID,
            "--accounts-host",
            workspace.connection().httpUrl().toString()
        };
        return Stream.of(admin, more).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    @Tag("AK-24")
    @Tag("AK-15")
    @Tag("AA-07")
    @Tag("AA-17")
    @Tag("DK-27")
    void apply_principalWithoutAnyRight_makesTheTenantsQueryWork_andThenHasNothingToDo() throws IOException {
        Principal acme = newcomer("from-nothing");
        lakeport("from-nothing", "query", "-t", "acme", QUERY)
                .failedWith(ExitCode.PERMISSION, "Unauthorized access to workspace");

        CliRun checked = grants("from-nothing", "check", asAdmin());
        CliRun applied = grants("from-nothing", "apply", asAdmin()).succeeded();
        CliRun rows = lakeport("from-nothing", "query", "-t", "acme", "--format", "csv", QUERY)
                .succeeded();
        CliRun again = grants("from-nothing", "apply", asAdmin()).succeeded();
        CliRun own = grants("from-nothing", "check").succeeded();

        assertThat(checked.exitCode()).isEqualTo(ExitCode.PERMISSION);
        assertThat(checked.out())
                .contains("[need]  service principal '" + acme.applicationId() + "' is assigned to the workspace")
                .contains("sql  GRANT SELECT ON SCHEMA `main`.`sales` TO `" + acme.applicationId() + "`;")
                .contains("api  PATCH /api/2.0/permissions/warehouses/")
                .contains("7 of 7 rights are missing; 'grants apply' gives them");
        assertThat(applied.out())
                .contains("[done]  SELECT on schema main.sales")
                .contains("7 of 7 missing rights");
        assertThat(rows.out()).isEqualTo("orders\n1\n");
        assertThat(again.out()).startsWith("nothing to do");
        assertThat(own.out()).contains("nothing is missing: all 7 rights are there");
    }

    @Test
    @Tag("AK-25")
    void plan_asTheTenantItself_saysWhatAnAdministratorHasToRun() throws IOException {
        newcomer("asks-itself");
        grants("asks-itself", "apply", asAdmin()).succeeded();

        CliRun sql = grants("asks-itself", "plan", "--write", "main.results", "--format", "sql")
                .succeeded();
        CliRun json = grants("asks-itself", "check", "--write", "main.results", "--format", "json");
        CliRun refused = grants("asks-itself", "apply", "--write", "main.results");
        String script =
                sql.out().lines().filter(line -> !line.startsWith("--")).reduce("", (all, line) -> all + line + "\n");

        assertThat(script).contains("GRANT MODIFY ON SCHEMA `main`.`results` TO `");
        assertThat(json.exitCode()).isEqualTo(ExitCode.PERMISSION);
        assertThat(json.out())
                .contains("\"complete\":false")
                .contains("\"method\":\"PATCH\"")
                .contains("\"allowed\":false");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.PERMISSION);
        assertThat(refused.out()).contains("[left]").contains("can be done by a metastore admin");
        for (String statement : script.split(";\n")) {
            lakeport("asks-itself", "query", "-t", "admin", statement).succeeded();
        }
        grants("asks-itself", "check", "--write", "main.results").succeeded();
    }

    @Test
    @Tag("AA-14")
    @Tag("DF-19")
    void apply_monitoringForAGroup_byAProfileOfTheDatabricksCommandLine() throws IOException {
        newcomer("watcher");
        SimulatorConnection c = workspace.connection();
        Path profiles = Files.writeString(
                folder.resolve("databrickscfg"),
                "[ADMIN]\nhost = %s\nclient_id = %s\nclient_secret = %s\n"
                        .formatted(c.httpUrl(), c.clientId(), c.clientSecret().reveal()));
        String[] admin = {
            "--admin-profile",
            "ADMIN",
            "--admin-profile-file",
            profiles.toString(),
            "--account-id",
            WorkspaceIdentity.ACCOUNT_ID,
            "--accounts-host",
            c.httpUrl().toString(),
            "--monitor",
            "query,billing",
            "--group",
            "observers"
        };

        CliRun applied = grants("watcher", "apply", admin).succeeded();
        CliRun rows = lakeport(
                        "watcher",
                        "query",
                        "-t",
                        "acme",
                        "--format",
                        "csv",
                        "SELECT count(*) > 0 AS some FROM system.query.history")
                .succeeded();

        assertThat(applied.out())
                .contains("[done]  group 'observers' exists in the account")
                .contains("[done]  USE SCHEMA on schema system.billing for observers");
        assertThat(rows.out()).isEqualTo("some\ntrue\n");
        assertThat(applied.out() + applied.err())
                .doesNotContain(c.clientSecret().reveal());
    }

    @Test
    @Tag("DF-18")
    void plan_levelThatAClusterHasNot_isRefusedWithTheNearest() throws IOException {
        newcomer("wrong-level");
        grants("wrong-level", "plan", "--permission", "cluster:0101-abc:CAN_VIEW")
                .failedWith(ExitCode.USAGE, "the nearest is CAN_ATTACH_TO");
        grants("wrong-level", "plan", "--read", "main.sales", "--admin-tenant", "admin", "--admin-profile", "X")
                .failedWith(ExitCode.USAGE, "name one administrator");
        grants("wrong-level", "plan", "--principal", "my robot")
                .failedWith(ExitCode.USAGE, "copy the 'Application ID'");
    }

    @Test
    @Tag("AA-21")
    void apply_onAnExternalLocation_givesWhatWritersAndReadersNeedAndNoMore() throws IOException {
        Principal writer = newcomer("writer");
        Principal reader = newcomer("reader");
        String role = "arn:aws:iam::123456789012:role/lake";
        lakeport(
                        "setup",
                        "setup",
                        "storage",
                        "-t",
                        "acme",
                        "--name",
                        "lake",
                        "--url",
                        "s3://grants/lake",
                        "--aws-role",
                        role)
                .succeeded();

        CliRun planned = grants("writer", "plan", asAdmin("--location", "lake")).succeeded();
        grants("writer", "apply", asAdmin("--location", "lake")).succeeded();
        grants("reader", "apply", asAdmin("--location", "lake", "--read-only-locations"))
                .succeeded();

        assertThat(planned.out())
                .contains("GRANT READ FILES ON EXTERNAL LOCATION `lake` TO `" + writer.applicationId() + "`;")
                .contains("GRANT WRITE FILES ON EXTERNAL LOCATION `lake`")
                .contains("GRANT CREATE EXTERNAL TABLE ON EXTERNAL LOCATION `lake`");
        assertThat(held(writer)).containsExactlyInAnyOrder("CREATE EXTERNAL TABLE", "READ FILES", "WRITE FILES");
        assertThat(held(reader)).containsExactly("READ FILES");
        grants("writer", "check", "--location", "lake").succeeded();
        lakeport(
                        "setup",
                        "query",
                        "-t",
                        "admin",
                        "REVOKE WRITE FILES ON EXTERNAL LOCATION lake FROM `" + writer.applicationId() + "`")
                .succeeded();
        CliRun without = grants("writer", "check", "--location", "lake");
        assertThat(without.exitCode()).isEqualTo(ExitCode.PERMISSION);
        assertThat(without.out())
                .contains("[need]  WRITE FILES on external location lake")
                .contains("1 of ");
    }

    private static List<String> held(Principal principal) {
        return lakeport("setup", "query", "-t", "admin", "--format", "csv", "SHOW GRANTS ON EXTERNAL LOCATION lake")
                .succeeded()
                .out()
                .lines()
                .filter(line -> line.startsWith(principal.applicationId()))
                .map(line -> line.split(",")[1].replace('_', ' '))
                .toList();
    }
}
