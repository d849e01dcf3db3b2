package io.lakeport.storage.state;

import static io.lakeport.storage.state.KilledWriter.TENANT;
import static io.lakeport.storage.state.KilledWriter.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.state.Lease;
import io.lakeport.core.state.StateError;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only the store in PostgreSQL does, and says. */
class PostgresServerTest {
    @TempDir
    static Path data;

    private static LocalPostgres server;

    @BeforeAll
    static void start() throws Exception {
        server = LocalPostgres.start(data);
        Path rules = data.resolve("pg/pg_hba.conf");
        Files.writeString(rules, "host all locked 127.0.0.1/32 scram-sha-256\n" + Files.readString(rules));
        execute("CREATE ROLE locked LOGIN PASSWORD 'right'; SELECT pg_reload_conf()");
        execute("CREATE TABLE public.test_clock (ms bigint); INSERT INTO public.test_clock VALUES (1000000)");
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres", "postgres", "any");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static LakeportException refused(String... settings) {
        Map<String, String> more = new java.util.HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            more.put(settings[i], settings[i + 1]);
        }
        try {
            Stores.postgres(server.port(), more, "canary-wrong-password").close();
        } catch (LakeportException e) {
            for (Throwable part = e; part != null; part = part.getCause()) {
                assertThat(part.toString()).doesNotContain("canary-wrong-password");
            }
            return e;
        }
        throw new AssertionError("it was accepted: " + more);
    }

    @Test
    void open_thatTheServerRefuses_saysWhyAndWhatToDo() throws Exception {
        LakeportException password = refused("user", "locked");
        assertThat(password.category()).isEqualTo(ErrorCategory.UNAUTHENTICATED);
        assertThat(password).hasMessageContaining("'locked'").hasMessageContaining("'password'");

        LakeportException database = refused("url", "postgresql://127.0.0.1:" + server.port() + "/nowhere");
        assertThat(database.is(CoreError.OBJECT_NOT_FOUND)).isTrue();
        assertThat(database).hasMessageContaining("CREATE DATABASE nowhere OWNER postgres");

        execute("CREATE ROLE poor LOGIN");
        LakeportException right = refused("user", "poor", "schema", "s_poor");
        assertThat(right.is(CoreError.ACCESS_DENIED)).isTrue();
        assertThat(right).hasMessageContaining("GRANT CREATE ON DATABASE postgres TO poor");

        LakeportException port = refused("url", "postgresql://127.0.0.1:1/postgres");
        assertThat(port.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
        assertThat(port).hasMessageContaining("postgresql://127.0.0.1:1/postgres");

        LakeportException tls = refused("tls", "require");
        assertThat(tls.category()).as(tls.getMessage()).isEqualTo(ErrorCategory.UNAVAILABLE);
    }

    @Test
    void open_withAWrongSetting_namesItAndRepeatsNoPassword() {
        assertThat(refused("url", "postgresql://me:canary-wrong-password@h/db"))
                .hasMessageContaining("option 'url'")
                .hasMessageContaining("without user, password or parameters");
        assertThat(refused("url", "h:5432/db")).hasMessageContaining("expected postgresql://host:port/database");
        assertThat(refused("schema", "a; drop")).hasMessageContaining("option 'schema'");
        assertThat(refused("connections", "101")).hasMessageContaining("expected at most 100");
        assertThat(refused("tls", "on")).hasMessageContaining("expected verify-full, require or off");
        assertThat(refused("usr", "x")).hasMessageContaining("did you mean 'user'?");
    }

    @Test
    void open_ofADatabaseOfANewerVersion_isRefused() throws Exception {
        Stores.postgres(server.port(), Map.of("schema", "newer"), "any").close();
        execute("INSERT INTO newer.state_version VALUES (99, 'V99__more.sql', 'x', 0)");
        LakeportException refused = refused("schema", "newer");
        assertThat(refused.is(StateError.STATE_VERSION)).isTrue();
        assertThat(refused).hasMessageContaining("version 99").hasMessageContaining("install the newer release");
    }

    @Test
    void open_ofANewDatabaseByManyAtOnce_migratesItOnce() {
        Map<String, String> more = Map.of("schema", "crowd");
        Collections.nCopies(4, more).parallelStream()
                .forEach(m -> Stores.postgres(server.port(), m, "any").close());
        try (StateStore store = Stores.postgres(server.port(), more, "any")) {
            assertThat(store.status().version()).isEqualTo(Migrations.known());
            assertThat(store.status().users()).hasSize(1);
            assertThat(store.status().engine()).startsWith("PostgreSQL 17");
        }
    }

    @Test
    void leases_areTimedByTheServersClockEvenWhenItJumps() throws Exception {
        Dialect dialect = new PostgresDialect("(SELECT ms FROM public.test_clock)");
        Duration minute = Duration.ofMinutes(1);
        try (StateStore store = Stores.postgres(server.port(), Map.of("schema", "clock"), "any", dialect)) {
            StateSpace space = store.of(TENANT);
            execute("UPDATE public.test_clock SET ms = 10000000");
            Lease first = space.acquire("run", "a", minute).orElseThrow();
            execute("UPDATE public.test_clock SET ms = ms + 7200000");
            Lease second = space.acquire("run", "b", minute).orElseThrow();
            assertThat(second.token()).isGreaterThan(first.token());
            assertThat(space.renew(first)).isEmpty();
            execute("UPDATE public.test_clock SET ms = ms - 7200000");
            assertThat(space.acquire("run", "c", minute)).isEmpty();
            execute("UPDATE public.test_clock SET ms = ms + 60001");
            assertThat(space.acquire("run", "c", minute)).isPresent();
        }
    }

    @Test
    void processes_thatCompareAndSetAndLease_loseNothing() throws Exception {
        assertThat(CountingProcess.run("postgresql", server.port() + "/processes"))
                .containsOnly(0);
        try (StateStore store = Stores.postgres(server.port(), Map.of("schema", "processes"), "any")) {
            String all = "" + CountingProcess.PROCESSES * CountingProcess.TIMES;
            assertThat(store.of(TENANT).get(key("sum")).orElseThrow().text()).isEqualTo(all);
            assertThat(store.of(TENANT).get(key("leased")).orElseThrow().text()).isEqualTo(all);
        }
    }
}
