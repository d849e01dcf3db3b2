package io.lakeport.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.ConfigFile;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.sql.TableName;
import io.lakeport.localworkspace.http.LoggedRequest;
import io.lakeport.localworkspace.server.LocalWorkspace;
import io.lakeport.testkit.network.FaultyRoad;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every server that a tenant's work reaches is told whose product calls, and which partner's is embedded in it. */
@Tag("AK-20")
@Tag("AK-26")
@Tag("DF-28")
@Tag("workspace-inside")
class VendorNamedTest {
    private static final String VENDOR = "Vendor_Product/3.1 Partner_Engine/2.0";
    private static final Pattern AGENT = Pattern.compile("(?i)\nuser-agent: ([^\r]*)");

    @TempDir
    static Path folder;

    private static LocalWorkspace workspace;
    private static S3World s3;
    private static FaultyRoad azure;
    private static Lakeport lakeport;

    @BeforeAll
    static void start() throws IOException {
        workspace = LocalWorkspace.start();
        s3 = new S3World(folder.resolve("s3"));
        azure = azureThatLetsNobodyIn();
        Path config = Files.writeString(folder.resolve("lakeport.json"), config());
        lakeport = Lakeport.builder().config(ConfigFile.load(config)).build();
        query("sea", "CREATE TABLE told AS SELECT id FROM range(100)");
        query("sea", "CREATE VOLUME told_files");
    }

    @AfterAll
    static void stop() throws IOException {
        lakeport.close();
        azure.close();
        s3.close();
        workspace.close();
    }

    private static String config() {
        return """
                {"tenants": {"sea": {"engine": "sea", %1$s}, "jdbc": {"engine": "jdbc", %1$s}},
                 "stores": {"s3": %2$s,
                   "azure": {"root": "abfss://c@told.dfs.core.windows.net/",
                     "properties": {"endpoint": "%3$s/told", "authority": "%3$s",
                       "tenant_id": "directory", "client_id": "app"},
                     "secrets": {"client_secret": "a secret of the tests"}}}}
                """.formatted(tenant(), s3.settings(), azure.endpoint());
    }

    private static String tenant() {
        SimulatorConnection c = workspace.connection();
        return """
                "host": "%s", "warehouse_id": "%s", "catalog": "%s", "schema": "%s", "user_agent": "%s",
                "isolation": "shared_credentials",
                "auth": {"method": "oauth-m2m", "properties": {"client_id": "%s"},
                  "secrets": {"client_secret": "%s"}},
                "scope": {"access": "write_back", "object_prefixes":
                  ["volume:/Volumes/", "s3://exports/", "abfss://c@told.dfs.core.windows.net/"]}""".formatted(
                        c.httpUrl(),
                        c.warehouseId(),
                        c.catalog(),
                        c.schema(),
                        VENDOR,
                        c.clientId(),
                        c.clientSecret().reveal());
    }

    /** Entra as far as its tokens go, and a storage account that refuses; nothing is behind the road. */
    private static FaultyRoad azureThatLetsNobodyIn() throws IOException {
        FaultyRoad road = new FaultyRoad(1);
        String token = "{\"access_token\":\"t\",\"expires_in\":3599}";
        road.plan("token", "^POST /directory/", 0, Integer.MAX_VALUE, FaultyRoad.answer(200, "", token));
        road.plan("refusal", "", 0, Integer.MAX_VALUE, FaultyRoad.answer(403, "", ""));
        return road;
    }

    private static void query(String tenant, String sql) {
        try (RowCursor rows = lakeport.tenant(tenant).query(sql).rows()) {
            while (rows.next()) {
                // A statement counts when its result was read.
            }
        }
    }

    private static void export(String target, EngineChoice engine) {
        ExportRequest request = ExportRequest.builder(
                        TableName.parse(workspace.connection().catalog() + ".default.told"), URI.create(target))
                .engine(engine)
                .build();
        lakeport.tenant("sea").export(request);
    }

    /**
     * Nothing may be left out of it: a request that does not name the vendor is one too many, whatever it is for. The
     * order is Lakeport's own; the driver sorts as it likes.
     */
    private static void everyRequestOfTheWorkspaceNamesBoth(boolean inOrder, String... paths) {
        List<LoggedRequest> all = workspace.requests().all();
        for (String path : paths) {
            assertThat(all).anyMatch(request -> request.path().contains(path));
        }
        assertThat(all).allSatisfy(request -> {
            assertThat(request.userAgent().split(" ")).as(request.line()).contains(VENDOR.split(" "));
            assertThat(!inOrder || request.userAgent().startsWith(VENDOR + " "))
                    .as(request.line())
                    .isTrue();
        });
    }

    @Test
    void jdbc_statementOfAnySize_namesTheVendorOnEveryRequest() {
        workspace.requests().clear();

        query("jdbc", "SELECT 1");
        query("jdbc", "SELECT id, 'row ' || id AS s FROM range(400000)");

        everyRequestOfTheWorkspaceNamesBoth(false, "/sql/statements", "/sql/sessions", "/cloudfetch/", "/oidc/");
    }

    @Test
    void volume_exportUnloadAndVerify_nameTheVendorOnEveryRequest() {
        workspace.requests().clear();

        export("volume:///Volumes/main/default/told_files/written/", EngineChoice.STREAM);
        export("volume:///Volumes/main/default/told_files/unloaded/", EngineChoice.UNLOAD);
        lakeport.tenant("sea").verify(URI.create("volume:///Volumes/main/default/told_files/written/"));

        everyRequestOfTheWorkspaceNamesBoth(true, "/fs/files/", "/fs/directories/", "/sql/statements");
    }

    @Test
    void s3_exportAndVerify_nameTheVendorOnEveryRequest() {
        s3.road().clear();

        export("s3://exports/told/", EngineChoice.STREAM);
        lakeport.tenant("sea").verify(URI.create("s3://exports/told/"));

        assertThat(s3.road().heads())
                .anyMatch(head -> head.startsWith("PUT "))
                .anyMatch(head -> head.startsWith("GET "))
                .allSatisfy(head -> assertThat(agent(head)).startsWith(VENDOR));
    }

    private static String agent(String head) {
        Matcher agent = AGENT.matcher(head);
        return agent.find() ? agent.group(1) : "no agent in " + head;
    }

    @Test
    void azure_tokenAndStore_nameTheVendorOnEveryRequest() {
        assertThatThrownBy(() -> export("abfss://c@told.dfs.core.windows.net/x/", EngineChoice.STREAM))
                .isInstanceOf(LakeportException.class);

        assertThat(azure.heads())
                .anyMatch(head -> head.startsWith("POST /directory/"))
                .anyMatch(head -> head.contains(" /told/"))
                .allSatisfy(head -> assertThat(agent(head)).startsWith(VENDOR + " Lakeport/"));
    }
}
