package io.lakeport.app.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.app.TenantClient;
import io.lakeport.app.cache.CacheWorld.Read;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cached queries of two tenants against a workspace. */
class ResultCacheTest {
    @TempDir
    static Path folder;

    private static CacheWorld world;

    @BeforeAll
    static void start() throws Exception {
        world = new CacheWorld(folder, "1MiB");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static CacheUse use() {
        return world.tenant(CacheWorld.ADMIN).cacheUse();
    }

    @Test
    @Tag("AK-05")
    @Tag("DK-04")
    void read_sameQueryAgain_comesFromMemoryUntilATableChanges() {
        world.run("CREATE OR REPLACE TABLE again AS SELECT id, 'x' AS name FROM range(5)");
        String sql = "SELECT name, sum(id) FROM again GROUP BY name";
        CacheUse before = use();

        Read first = world.read(CacheWorld.ADMIN, sql);
        Read second = world.read(CacheWorld.ADMIN, sql);
        world.run("INSERT INTO again VALUES (10, 'x')");
        Read third = world.read(CacheWorld.ADMIN, sql);

        assertThat(first.notes()).isEmpty();
        assertThat(second.hit()).isTrue();
        assertThat(second.rows()).isEqualTo(first.rows()).containsExactly("x|10");
        assertThat(third.hit()).isFalse();
        assertThat(third.rows()).containsExactly("x|20");
        assertThat(use().hits() - before.hits()).isEqualTo(1);
        assertThat(use().misses() - before.misses()).isEqualTo(2);
        assertThat(use().evictions() - before.evictions()).isEqualTo(1);
    }

    @Test
    void read_tableDroppedAndMadeAnew_isReadAgainAlthoughItsVersionIsTheSame() {
        String sql = "SELECT * FROM anew";
        world.run("CREATE TABLE anew AS SELECT 1 AS a");
        Read first = world.read(CacheWorld.ADMIN, sql);
        world.run("DROP TABLE anew");
        world.run("CREATE TABLE anew AS SELECT 2 AS a");

        assertThat(first.rows()).containsExactly("1");
        assertThat(world.read(CacheWorld.ADMIN, sql).rows()).containsExactly("2");
    }

    @Test
    void read_throughViews_followsTheirTextsAndTheirTables() {
        world.run("CREATE OR REPLACE TABLE below AS SELECT 1 AS a");
        world.run("CREATE OR REPLACE VIEW middle AS SELECT a + 1 AS a FROM below");
        world.run("CREATE OR REPLACE VIEW above AS SELECT a * 10 AS a FROM middle");
        String sql = "SELECT a FROM above";

        assertThat(world.read(CacheWorld.ADMIN, sql).rows()).containsExactly("20");
        assertThat(world.read(CacheWorld.ADMIN, sql).hit()).isTrue();
        world.run("INSERT INTO below VALUES (2)");
        assertThat(world.read(CacheWorld.ADMIN, sql).rows()).containsExactlyInAnyOrder("20", "30");
        world.run("CREATE OR REPLACE VIEW middle AS SELECT a + 2 AS a FROM below");
        assertThat(world.read(CacheWorld.ADMIN, sql).rows()).containsExactlyInAnyOrder("30", "40");
        assertThat(world.read(CacheWorld.ADMIN, sql).hit()).isTrue();
        world.run("CREATE OR REPLACE VIEW middle AS SELECT a, current_user() AS who FROM below");
        assertThat(world.read(CacheWorld.ADMIN, sql).refusal()).contains("middle", "CURRENT_USER");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            SELECT rand() FROM range(1);                           rand
            SELECT current_timestamp();                            CURRENT_TIMESTAMP
            SELECT count(*) FROM main.information_schema.tables;   cannot be read
            """)
    void read_whatCouldDifferWithoutAChange_runsEveryTimeAndSaysWhy(String sql, String why) {
        assertThat(world.read(CacheWorld.ADMIN, sql).refusal()).contains(why);
        assertThat(world.read(CacheWorld.ADMIN, sql).refusal()).contains(why);
    }

    @Test
    void read_statementThatFails_failsAsItWouldUncached() {
        assertThatThrownBy(() -> world.read(CacheWorld.ADMIN, "SELECT * FROM not_there"))
                .isInstanceOfSatisfying(
                        LakeportException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.NOT_FOUND));
    }

    @Test
    void read_twoTenantsWithTheSameText_eachGetsWhatItMayAndNoMore() {
        world.run("CREATE OR REPLACE TABLE shared AS SELECT 1 AS a");
        String sql = "SELECT a FROM shared";
        assertThat(world.read(CacheWorld.ADMIN, sql).hit()).isFalse();
        assertThat(world.read(CacheWorld.ADMIN, sql).hit()).isTrue();

        assertThatThrownBy(() -> world.read(CacheWorld.GUEST, sql))
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.category()).isEqualTo(ErrorCategory.PERMISSION_DENIED));
        world.run("GRANT USE CATALOG ON CATALOG main TO `" + world.guest + "`");
        world.run("GRANT USE SCHEMA ON SCHEMA main.default TO `" + world.guest + "`");
        world.run("GRANT SELECT ON TABLE shared TO `" + world.guest + "`");
        assertThat(world.read(CacheWorld.GUEST, sql).hit()).isFalse();
        assertThat(world.read(CacheWorld.GUEST, sql).hit()).isTrue();
        world.run("REVOKE SELECT ON TABLE shared FROM `" + world.guest + "`");
        assertThatThrownBy(() -> world.read(CacheWorld.GUEST, sql))
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.category()).isEqualTo(ErrorCategory.PERMISSION_DENIED));
        assertThat(world.tenant(CacheWorld.GUEST).cacheUse().entries()).isZero();
        assertThat(world.read(CacheWorld.ADMIN, sql).hit()).isTrue();
    }

    @Test
    void read_parametersLimitsAndSchemas_areResultsOfTheirOwn() {
        world.run("CREATE SCHEMA IF NOT EXISTS main.other");
        world.run("CREATE OR REPLACE TABLE own AS SELECT id FROM range(3)");
        world.run("CREATE OR REPLACE TABLE main.other.own AS SELECT id + 100 AS id FROM range(3)");
        TenantClient admin = world.tenant(CacheWorld.ADMIN);
        String sql = "SELECT id FROM own WHERE id % 100 >= :least ORDER BY id";
        Duration hour = Duration.ofHours(1);

        for (int i = 0; i < 2; i++) {
            assertThat(CacheWorld.rows(admin.query(sql).parameter("least", 1).cached(hour).stream())
                            .rows())
                    .containsExactly("1", "2");
            assertThat(CacheWorld.rows(admin.query(sql).parameter("least", 2).cached(hour).stream())
                            .rows())
                    .containsExactly("2");
            assertThat(CacheWorld.rows(admin.query(sql).parameter("least", 1).limit(1).cached(hour).stream())
                            .rows())
                    .containsExactly("1");
            assertThat(CacheWorld.rows(admin.query(sql).parameter("least", 2).schema("other").cached(hour).stream())
                            .rows())
                    .containsExactly("102");
        }
    }

    @Test
    void read_resultAboveTheBound_streamsThroughWholeAndIsNotKept() {
        String sql = "SELECT id, repeat('x', 100) AS t FROM range(20000)";
        long before = use().refused();

        assertThat(world.read(CacheWorld.ADMIN, sql).rows()).hasSize(20_000);
        assertThat(world.read(CacheWorld.ADMIN, sql).refusal()).contains("larger than");
        assertThat(use().refused() - before).isEqualTo(2);
        assertThat(world.lakeport.memory().used()).isZero();
    }

    @Test
    void read_manyAtOnce_runOnce() throws Exception {
        world.run("CREATE OR REPLACE TABLE busy AS SELECT id FROM range(1000)");
        long before = use().misses();
        List<CompletableFuture<List<String>>> reads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            CompletionStage<ResultStream> stream = world.tenant(CacheWorld.ADMIN)
                    .query("SELECT sum(id) FROM busy")
                    .cached(Duration.ofHours(1))
                    .streamAsync();
            reads.add(stream.thenApply(result -> CacheWorld.rows(result).rows()).toCompletableFuture());
        }

        for (CompletableFuture<List<String>> read : reads) {
            assertThat(read.get(60, TimeUnit.SECONDS)).containsExactly("499500");
        }
        assertThat(use().misses() - before).isEqualTo(1);
    }

    @Test
    void read_anyInterleavingWithWrites_isNeverOlderThanItsBeginning() throws Exception {
        world.run("CREATE OR REPLACE TABLE moving AS SELECT 0 AS n");
        world.run("CREATE OR REPLACE VIEW moved AS SELECT max(n) AS n FROM moving");
        long seed = Long.getLong("lakeport.test.seed", System.nanoTime());
        CompletableFuture<Void> writes = CompletableFuture.runAsync(() -> {
            Random dice = new Random(seed);
            for (int n = 1; n <= 10; n++) {
                world.run(
                        switch (dice.nextInt(4)) {
                            case 0 -> "UPDATE moving SET n = " + n;
                            case 1 -> "INSERT OVERWRITE moving VALUES (" + n + ")";
                            case 2 -> "CREATE OR REPLACE TABLE moving AS SELECT " + n + " AS n";
                            default -> "INSERT INTO moving VALUES (" + n + ")";
                        });
                committed = n;
            }
        });
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int reader = 0; reader < 3; reader++) {
            String sql = reader == 2 ? "SELECT n FROM moved" : "SELECT max(n) FROM moving";
            readers.add(CompletableFuture.runAsync(() -> {
                while (!writes.isDone()) {
                    int least = committed;
                    int read = Integer.parseInt(
                            world.read(CacheWorld.ADMIN, sql).rows().get(0));
                    assertThat(read).as("seed %d", seed).isBetween(least, committed + 1);
                }
            }));
        }

        writes.get(120, TimeUnit.SECONDS);
        for (CompletableFuture<Void> reader : readers) {
            reader.get(60, TimeUnit.SECONDS);
        }
        assertThat(world.read(CacheWorld.ADMIN, "SELECT max(n) FROM moving").rows())
                .containsExactly("10");
    }

    private static volatile int committed;
}
