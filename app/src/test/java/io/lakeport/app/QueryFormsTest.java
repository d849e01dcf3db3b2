package io.lakeport.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.app.config.ConfigFile;
import io.lakeport.app.plugin.PluginHost;
import io.lakeport.app.plugin.ProviderKind;
import io.lakeport.app.plugin.Providers;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.simulator.WorkspaceSimulator;
import io.lakeport.core.sql.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One query in all its forms, against a workspace. */
class QueryFormsTest {
    private static final String MANY = "SELECT id, concat('row ', id) AS name FROM range(300000) ORDER BY id";

    @TempDir
    static Path folder;

    private static Providers providers;
    private static WorkspaceSimulator workspace;
    private static Lakeport lakeport;

    @BeforeAll
    static void start() throws Exception {
        providers = PluginHost.find(List.of());
        workspace = providers
                .require(ProviderKind.SIMULATOR, "local")
                .start(new SimulatorSettings(0, Optional.empty(), Map.of()));
        Files.writeString(
                folder.resolve("token.txt"), workspace.connection().token().reveal());
        Path config = Files.writeString(
                folder.resolve("lakeport.json"),
                "{\"tenants\": {" + tenant("writer", "write_back") + ", " + tenant("reader", "read") + "}}");
        lakeport = Lakeport.builder().config(ConfigFile.load(config)).build();
    }

    @AfterAll
    static void stop() {
        lakeport.close();
        workspace.close();
        providers.close();
    }

    private static String tenant(String id, String access) {
        SimulatorConnection c = workspace.connection();
        return """
                "%s": {"host": "%s", "warehouse_id": "%s", "catalog": "%s", "schema": "%s",
                  "auth": {"method": "pat", "secrets": {"token": "${file:token.txt}"}},
                  "scope": {"catalogs": ["%s"], "access": "%s"}}
                """.formatted(id, c.httpUrl(), c.warehouseId(), c.catalog(), c.schema(), c.catalog(), access);
    }

    private static TableName table(String catalog) {
        return TableName.of(catalog, workspace.connection().schema(), "materialised");
    }

    @Test
    @Tag("AK-39")
    void sameQuery_blockingAsynchronousAndPublished_givesTheSameRows() throws Exception {
        TenantClient reader = lakeport.tenant("reader");

        long blocking;
        try (ResultStream stream = reader.query(MANY).stream()) {
            blocking = rows(stream);
        }
        long asynchronous;
        try (ResultStream stream =
                reader.query(MANY).streamAsync().toCompletableFuture().get(60, TimeUnit.SECONDS)) {
            asynchronous = rows(stream);
        }
        OneByOne subscriber = new OneByOne();
        reader.query(MANY).publish().subscribe(subscriber);

        assertThat(subscriber.rows.get(60, TimeUnit.SECONDS)).isEqualTo(300_000);
        assertThat(blocking).isEqualTo(300_000);
        assertThat(asynchronous).isEqualTo(300_000);
        assertThat(lakeport.memory().used()).isZero();
    }

    @Test
    @Tag("AK-36")
    void bytesReceived_compressibleResult_countsWhatTravelledForThisTenantOnly() {
        TenantClient writer = lakeport.tenant("writer");
        long before = writer.bytesReceived();
        long others = lakeport.tenant("reader").bytesReceived();
        long decoded = 0;
        try (ResultStream stream = writer.query("SELECT id, repeat('x', 100) AS t FROM range(300000)").stream()) {
            for (var next = stream.next(); next.isPresent(); next = stream.next()) {
                try (ResultChunk chunk = next.get()) {
                    decoded += chunk.data().remaining();
                }
            }
        }

        long travelled = writer.bytesReceived() - before;
        assertThat(travelled).isBetween(300_000L, decoded / 2);
        assertThat(writer.callCounts().get("sql.chunk").bytes()).isBetween(300_000L, travelled);
        assertThat(lakeport.tenant("reader").bytesReceived()).isEqualTo(others);
    }

    @Test
    @Tag("AK-05")
    void materialise_query_isATableThatReadsBackTheSame() {
        TenantClient writer = lakeport.tenant("writer");
        TableName target = table(workspace.connection().catalog());

        writer.query("SELECT id, id * :factor AS b FROM range(10) -- all of them")
                .parameter("factor", 7)
                .limit(4)
                .materialise(target);

        try (RowCursor rows = writer.query("SELECT count(*), sum(b) FROM " + target.quoted())
                .purpose(Purpose.DIAGNOSTICS)
                .rows()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(0)).isEqualTo(4);
        }
        writer.query("SELECT 1 AS only").materialise(target);
        try (RowCursor rows = writer.query("SELECT * FROM " + target.quoted()).rows()) {
            assertThat(rows.schema().columns()).extracting("name").containsExactly("only");
        }
    }

    @Test
    void materialise_beyondTheScope_isRefusedBeforeAnythingIsSent() {
        LakeportException reader = catchThrowableOfType(
                LakeportException.class,
                () -> lakeport.tenant("reader")
                        .query("SELECT 1 AS a")
                        .materialise(table(workspace.connection().catalog())));
        LakeportException elsewhere = catchThrowableOfType(
                LakeportException.class,
                () -> lakeport.tenant("writer").query("SELECT 1 AS a").materialise(table("somebody_elses")));

        assertThat(reader.code()).isEqualTo(CoreError.OUT_OF_SCOPE.toErrorCode());
        assertThat(elsewhere.code()).isEqualTo(CoreError.OUT_OF_SCOPE.toErrorCode());
    }

    private static long rows(ResultStream stream) {
        long rows = 0;
        for (var next = stream.next(); next.isPresent(); next = stream.next()) {
            try (ResultChunk chunk = next.get()) {
                rows += chunk.rowCount();
            }
        }
        return rows;
    }

    /** Asks for the next chunk when it is done with one. */
    private static final class OneByOne implements Flow.Subscriber<ResultChunk> {
        final CompletableFuture<Long> rows = new CompletableFuture<>();
        private long count;
        private Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription from) {
            subscription = from;
            from.request(1);
        }

        @Override
        public void onNext(ResultChunk chunk) {
            try (chunk) {
                assertThat(chunk.rowOffset()).isEqualTo(count);
                count += chunk.rowCount();
            }
            subscription.request(1);
        }

        @Override
        public void onError(Throwable failure) {
            rows.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            rows.complete(count);
        }
    }
}
