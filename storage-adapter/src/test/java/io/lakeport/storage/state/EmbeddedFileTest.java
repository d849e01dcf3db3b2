package io.lakeport.storage.state;

import static io.lakeport.storage.state.KilledWriter.TENANT;
import static io.lakeport.storage.state.KilledWriter.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.state.Lease;
import io.lakeport.core.state.StateError;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.state.StateStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only the store in a file does. */
class EmbeddedFileTest {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("state/lakeport.db");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void open_ofADatabaseOfANewerVersion_isRefusedAndLeavesItAlone() throws SQLException {
        Stores.embedded(folder, Map.of()).close();
        execute("INSERT INTO state_version VALUES (" + (Migrations.known() + 1) + ", 'V2__more.sql', 'x', 0)");
        assertThatThrownBy(() -> Stores.embedded(folder, Map.of()))
                .satisfies(failure -> assertThat(((LakeportException) failure).is(StateError.STATE_VERSION))
                        .isTrue())
                .hasMessageContaining(file().toString())
                .hasMessageContaining("version " + (Migrations.known() + 1))
                .hasMessageContaining("knows version " + Migrations.known())
                .hasMessageContaining("install the newer release");
        execute("DELETE FROM state_version WHERE version > " + Migrations.known());
        Stores.embedded(folder, Map.of()).close();
    }

    @Test
    void open_ofADatabaseThatAnotherScriptMade_isRefused() throws SQLException {
        Stores.embedded(folder, Map.of()).close();
        execute("UPDATE state_version SET digest = 'x' WHERE version = 1");
        assertThatThrownBy(() -> Stores.embedded(folder, Map.of())).hasMessageContaining("another script");
    }

    @Test
    void write_whileAnotherProcessHoldsTheFile_waitsAndThenSaysWhoHasItOpen() throws Exception {
        try (StateStore store = Stores.embedded(folder, Map.of("timeout_seconds", "1"));
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            store.of(TENANT).put(key("a"), new byte[1]);
            statement.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> store.of(TENANT).put(key("a"), new byte[2]))
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.category()).isEqualTo(ErrorCategory.UNAVAILABLE))
                    .hasMessageContaining(file().toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid() + " (java, since ");
            assertThat(store.of(TENANT).get(key("a")).orElseThrow().content())
                    .as("readers do not wait")
                    .hasSize(1);
            statement.execute("COMMIT");
            store.of(TENANT).put(key("a"), new byte[2]);
        }
        assertThat(names()).containsExactly("lakeport.db");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(file().getParent())) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void files_areForThisUserOnly() throws IOException {
        try (StateStore store = Stores.embedded(folder, Map.of())) {
            store.of(TENANT).put(key("a"), new byte[1]);
            assertThat(names()).contains("lakeport.db", "lakeport.db-wal");
            for (String name : names()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().resolveSibling(name))))
                        .as(name)
                        .isEqualTo("rw-------");
            }
            store.backup(folder.resolve("b"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("b"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void delete_andErase_leaveNothingInTheFiles() throws Exception {
        String first = "canary-deleted-5d1b";
        String second = "canary-replaced-77ac";
        String third = "canary-erased-90fe";
        StateStore store = Stores.embedded(folder, Map.of());
        StateSpace space = store.of(TENANT);
        for (int i = 0; i < 200; i++) {
            space.put(key("filler" + i), new byte[1500]);
        }
        space.put(key("a"), first.repeat(300).getBytes(StandardCharsets.UTF_8));
        space.put(key("b"), second.repeat(300).getBytes(StandardCharsets.UTF_8));
        space.put(key("c"), third.repeat(300).getBytes(StandardCharsets.UTF_8));
        assertThat(found(first)).as("the search finds what is there").isTrue();
        space.put(key("b"), new byte[10]);
        space.delete(key("a"));
        assertThat(found(first)).isFalse();
        assertThat(found(second)).isFalse();
        space.erase();
        assertThat(found(third)).isFalse();
        store.close();
    }

    /** In another process: who closes a file here would end the locks that this process has on it. */
    private boolean found(String text) throws Exception {
        Process grep = new ProcessBuilder(
                        "grep", "-rqa", text, file().getParent().toString())
                .inheritIO()
                .start();
        return grep.waitFor() == 0;
    }

    @Test
    void open_ofSomethingElse_saysWhatItIsNot() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "this is a text and no database, long enough to have a header of one. ".repeat(20));
        assertThatThrownBy(() -> Stores.embedded(folder, Map.of()))
                .satisfies(e -> assertThat(((LakeportException) e).is(StateError.STATE_DAMAGED))
                        .isTrue())
                .hasMessageContaining("lakeport state restore");
        Files.delete(file());
        Files.createDirectory(file());
        assertThatThrownBy(() -> Stores.embedded(folder, Map.of()))
                .satisfies(e -> assertThat(((LakeportException) e).is(CoreError.ACCESS_DENIED))
                        .isTrue())
                .hasMessageContaining("it is no file");
    }

    @Test
    void open_withAWrongSetting_namesItAndWhatToDo() {
        assertThatThrownBy(() -> Stores.embedded(folder, Map.of("fiel", "x")))
                .hasMessageContaining("'fiel', did you mean 'file'?");
        assertThatThrownBy(() -> Stores.embedded(folder, Map.of("timeout_seconds", "301")))
                .hasMessageContaining("'timeout_seconds' of state store 'embedded' is '301'; expected at most 300");
        assertThatThrownBy(() -> Stores.embedded(folder, Map.of("migrate", "yes")))
                .hasMessageContaining("expected auto or manual");
    }

    @Test
    void leases_whenTheClockJumps_endOnceAndNeverWaitLongerThanTheirTime() {
        Instant[] now = {Instant.parse("2026-11-21T12:00:00Z")};
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        };
        Duration minute = Duration.ofMinutes(1);
        try (StateStore store = Stores.embedded(folder, Map.of(), clock)) {
            StateSpace space = store.of(TENANT);
            Lease first = space.acquire("run", "a", minute).orElseThrow();
            now[0] = now[0].plus(Duration.ofHours(2));
            assertThat(space.renew(first)).as("late, and nobody took it").isPresent();
            now[0] = now[0].plus(Duration.ofHours(2));
            Lease second = space.acquire("run", "b", minute).orElseThrow();
            assertThat(space.renew(first)).as("late, and taken").isEmpty();
            assertThat(second.token()).isGreaterThan(first.token());
            // Back by hours: the dead owner's lease ends a minute after it was looked at, not hours later.
            now[0] = now[0].minus(Duration.ofHours(3));
            assertThat(space.acquire("run", "c", minute)).isEmpty();
            now[0] = now[0].plus(Duration.ofSeconds(59));
            assertThat(space.acquire("run", "c", minute)).isEmpty();
            now[0] = now[0].plus(Duration.ofSeconds(2));
            assertThat(space.acquire("run", "c", minute)).isPresent();
        }
    }

    @Test
    void processes_thatCompareAndSetAndLease_loseNothing() throws Exception {
        assertThat(CountingProcess.run("embedded", folder.toString())).containsOnly(0);
        try (StateStore store = Stores.embedded(folder, Map.of())) {
            String all = "" + CountingProcess.PROCESSES * CountingProcess.TIMES;
            assertThat(store.of(TENANT).get(key("sum")).orElseThrow().text()).isEqualTo(all);
            assertThat(store.of(TENANT).get(key("leased")).orElseThrow().text()).isEqualTo(all);
        }
    }
}
