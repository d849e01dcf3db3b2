package io.lakeport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantCommandTest {
    private static final String CANARY = "dose-tenant-canary-77b2";

    @TempDir
    Path folder;

    private String config;
    private String settings;
    private String secret;

    @BeforeEach
    void write() throws IOException {
        config = config(
                "host.json", "\"fixed\": " + members("fixed-app", ", \"secrets\": {\"client_secret\": \"x\"}"), "warn");
        settings = Files.writeString(folder.resolve("acme.json"), members("acme-app", ""))
                .toString();
        secret = "client_secret=" + Files.writeString(folder.resolve("secret.txt"), CANARY + "\n");
    }

    private static String members(String client, String secrets) {
        return """
                {"host": "https://dbc-a1b2.cloud.databricks.com", "warehouse_id": "abc",
                 "auth": {"method": "oauth-m2m", "properties": {"client_id": "%s"}%s}}""".formatted(client, secrets);
    }

    private String config(String name, String tenants, String reuse) throws IOException {
        return Files.writeString(folder.resolve(name), """
                {"tenants": {%s},
                 "state": {"provider": "embedded", "properties": {"file": "state/lakeport.db"}},
                 "vault": {"keys": "file", "properties": {"path": "master.key", "create": "true"}},
                 "tenancy": {"principal_reuse": "%s"}}
                """.formatted(tenants, reuse))
                .toString();
    }

    private CliRun tenant(String command, String... more) {
        String[] line = new String[more.length + 4];
        line[0] = "tenant";
        line[1] = command;
        line[2] = "-c";
        line[3] = config;
        System.arraycopy(more, 0, line, 4, more.length);
        return CliRun.of(line);
    }

    @Test
    @Tag("BI-27")
    void tenant_fromCreateToDelete_isTheSameForEveryProcess() throws IOException {
        assertThat(tenant("create", "acme", "--from", settings, "--secret", secret)
                        .succeeded()
                        .out())
                .contains("acme", "active", "acme-app")
                .doesNotContain(CANARY);
        tenant("create", "acme", "--from", settings, "--secret", secret).failedWith(7, "there is a tenant 'acme'");
        assertThat(tenant("list").succeeded().out()).contains("fixed", "file", "acme", "state");
        assertThat(tenant("suspend", "acme", "--reason", "bill unpaid", "--format", "json")
                        .succeeded()
                        .out())
                .contains("\"state\":\"suspended\"", "\"reason\":\"bill unpaid\"");
        CliRun.of("query", "-c", config, "-t", "acme", "SELECT 1")
                .failedWith(4, "suspended", "bill unpaid", "lakeport tenant resume acme");
        assertThat(tenant("resume", "acme").succeeded().out()).contains("active");
        String exported = tenant("export", "acme").succeeded().out();
        assertThat(exported).contains("${env:ACME_CLIENT_SECRET}").doesNotContain(CANARY);
        String file = Files.writeString(folder.resolve("e.json"), exported.replace("\"acme\"", "\"copy\""))
                .toString();
        assertThat(tenant("import", file, "--secret", secret).succeeded().out()).contains("copy");
        tenant("delete", "acme").failedWith(2, "give --yes");
        String proof = tenant("delete", "acme", "--yes").succeeded().out();
        assertThat(proof).contains("\"lakeport_deletion_proof\" : 1", "\"genuine\" : true", "secrets");
        assertThat(tenant("show", "acme").succeeded().out()).contains("deleted", "\"sha256\"");
        tenant("delete", "fixed", "--yes").failedWith(2, "stands in the configuration file");
        tenant("delete", "nobody", "--yes").failedWith(5, "there is no tenant 'nobody'");
        CliRun.of("query", "-c", config, "-t", "acme", "SELECT 1").failedWith(5, "was deleted at");
    }

    @Test
    @Tag("AK-14")
    @Tag("AK-19")
    void list_principalThatIsUsedTooWidely_isReportedAndRefusedWhereItIsToBe() throws IOException {
        String elsewhere = members("fixed-app", ", \"secrets\": {\"client_secret\": \"x\"}")
                .replace("a1b2", "c3d4");
        String person = members("jane@example.com", ", \"secrets\": {\"client_secret\": \"x\"}");
        String tenants = "\"one\": " + members("fixed-app", ", \"secrets\": {\"client_secret\": \"x\"}") + ", \"two\": "
                + elsewhere + ", \"three\": " + person;
        config = config("wide.json", tenants, "warn");

        assertThat(tenant("list").succeeded().err())
                .contains("service principal fixed-app signs in to 2 workspaces", "dbc-c3d4")
                .contains("used by one, two, of which one, two should have separate credentials")
                .contains("'jane@example.com' is the name of a person");

        config = config("wide.json", tenants, "refuse");
        tenant("list").failedWith(2, "signs in to 2 workspaces", "tenancy.principal_reuse is refuse");
        config = config(
                "host.json",
                "\"fixed\": " + members("acme-app", ", \"secrets\": {\"client_secret\": \"x\"}"),
                "refuse");
        tenant("create", "acme", "--from", settings, "--secret", secret).failedWith(2, "used by fixed, acme");
    }
}
