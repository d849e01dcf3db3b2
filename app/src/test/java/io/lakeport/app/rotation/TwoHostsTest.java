package io.lakeport.app.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.app.Lakeport;
import io.lakeport.app.rotation.RotationWorld.Customer;
import io.lakeport.core.rotation.RotationPolicy;
import io.lakeport.core.rotation.RotationReport;
import io.lakeport.core.rotation.RotationReport.Result;
import io.lakeport.core.rotation.RotationRequest;
import io.lakeport.core.secret.SealedSecret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts that find the same secret due at the same moment, and share a state database. */
@Tag("workspace-inside")
class TwoHostsTest {
    private static RotationWorld world;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        world = new RotationWorld(Duration.ofHours(1));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void rotate_byTwoHostsOverOneFile_createsOneSecret() throws Exception {
        rotatedOnce(world.customer(folder));
    }

    @Test
    void rotate_byTwoHostsOverPostgres_createsOneSecret() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("pg"))
                .setServerConfig("max_connections", "40")
                .start()) {
            Customer customer = world.customer(folder, """
                    {"provider": "postgresql", "properties": {"url": "postgresql://127.0.0.1:%d/postgres",
                     "user": "postgres", "connections": "4"}, "secrets": {"password": "any"}}
                    """.formatted(server.getPort()), Duration.ofDays(90));
            rotatedOnce(customer);
            overlapIsKept(customer);
        }
    }

    private static void rotatedOnce(Customer customer) throws Exception {
        try (Lakeport one = customer.open();
                Lakeport other = customer.open()) {
            makeDue(one);
            world.workspace().requests().clear();
            CyclicBarrier together = new CyclicBarrier(2);
            CompletableFuture<RotationReport> first = CompletableFuture.supplyAsync(() -> run(customer, one, together));
            CompletableFuture<RotationReport> second =
                    CompletableFuture.supplyAsync(() -> run(customer, other, together));
            List<RotationReport> reports = List.of(first.get(), second.get());

            assertThat(reports).extracting(RotationReport::result).contains(Result.DONE);
            assertThat(reports)
                    .filteredOn(report -> report.result() != Result.DONE)
                    .singleElement()
                    .satisfies(report -> {
                        assertThat(report.result()).isIn(Result.BUSY, Result.NOT_DUE);
                        if (report.result() == Result.BUSY) {
                            assertThat(report.text()).contains("by another host: process ");
                        }
                    });
            assertThat(world.workspace().requests().all())
                    .filteredOn(request ->
                            request.method().equals("POST") && request.path().endsWith("/credentials/secrets"))
                    .hasSize(1);
            assertThat(customer.ids()).hasSize(1);
            for (Lakeport host : List.of(one, other)) {
                assertThat(host.tenant("acme").signIn(RotationWorld.TIMEOUT)).isPresent();
            }
        }
    }

    /** A host whose clock is two hours ahead would find the overlap over; the database's clock counts. */
    private static void overlapIsKept(Customer customer) {
        RotationPolicy hour = RotationWorld.AT_ONCE.withOverlap(Duration.ofHours(1));
        try (Lakeport right = customer.open();
                Lakeport ahead = customer.open(Clock.offset(Clock.systemUTC(), Duration.ofHours(2)))) {
            RotationReport switched = customer.rotate(right, hour, RotationRequest.atOnce());
            RotationReport waits = customer.rotate(ahead, hour, RotationRequest.atOnce());

            assertThat(switched.result()).isEqualTo(Result.SWITCHED);
            assertThat(waits.result()).isEqualTo(Result.SWITCHED);
            assertThat(customer.ids()).hasSize(2);
        }
    }

    private static RotationReport run(Customer customer, Lakeport host, CyclicBarrier together) {
        try {
            together.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return customer.rotate(host, RotationWorld.AT_ONCE, RotationRequest.whenDue());
    }

    private static void makeDue(Lakeport lakeport) {
        SealedSecret current =
                lakeport.vault().current(RotationWorld.ACME, RotationWorld.NAME).orElseThrow();
        lakeport.vault()
                .seal(
                        RotationWorld.ACME,
                        RotationWorld.NAME,
                        lakeport.vault().open(current.reference()),
                        Optional.of(Instant.now().minusSeconds(1)));
    }
}
