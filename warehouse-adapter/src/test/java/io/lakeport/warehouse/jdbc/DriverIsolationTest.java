package io.lakeport.warehouse.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.arrow.ArrowRowCursor;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.core.time.Deadline;
import io.lakeport.localworkspace.http.LoggedRequest;
import io.lakeport.localworkspace.server.LocalWorkspace;
import java.io.File;
import java.sql.Driver;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the driver would share between tenants through the JVM, and what it would leave behind. */
class DriverIsolationTest {
    private static final UserAgentEntry RED = UserAgentEntry.parse("Red_Tenant/1.0");
    private static final UserAgentEntry BLUE = UserAgentEntry.parse("Blue_Tenant/2.0");
    private static LocalWorkspace workspace;

    private final MemoryBudget budget = MemoryBudget.of("test", 16L << 20);

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory());
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private Warehouse open(UserAgentEntry userAgent, Secret token) {
        return LocalWarehouse.open(workspace.connection(), userAgent, () -> token, budget);
    }

    private Warehouse open(UserAgentEntry userAgent) {
        return open(userAgent, workspace.connection().token());
    }

    private static StatementRequest request(String sql) {
        return StatementRequest.of(sql).build(Deadline.after(Duration.ofMinutes(1)));
    }

    private static long count(Warehouse warehouse, int rows) {
        String sql = "SELECT id, 'row ' || id AS s FROM range(" + rows + ")";
        long count = 0;
        try (RowCursor cursor = ArrowRowCursor.over(warehouse.execute(request(sql)))) {
            while (cursor.next()) {
                count++;
            }
        }
        return count;
    }

    /** Both through small results and through links of large ones, after each has seen the other. */
    @Test
    void execute_twoTenantsInTurns_noRequestCarriesTheOthersEntry() {
        try (Warehouse red = open(RED);
                Warehouse blue = open(BLUE)) {
            count(red, 10);
            count(blue, 10);
            workspace.requests().clear();

            assertThat(count(red, 400_000)).isEqualTo(400_000);
            List<LoggedRequest> ofRed = workspace.requests().all();
            workspace.requests().clear();
            assertThat(count(blue, 400_000)).isEqualTo(400_000);
            List<LoggedRequest> ofBlue = workspace.requests().all();

            assertThat(ofRed).noneMatch(r -> r.userAgent().contains(BLUE.toString()));
            assertThat(ofBlue).noneMatch(r -> r.userAgent().contains(RED.toString()));
            assertThat(statements(ofRed))
                    .isNotEmpty()
                    .allMatch(r -> r.userAgent().contains(RED.toString()));
            assertThat(statements(ofBlue))
                    .isNotEmpty()
                    .allMatch(r -> r.userAgent().contains(BLUE.toString()));
        }
    }

    private static List<LoggedRequest> statements(List<LoggedRequest> all) {
        return all.stream().filter(r -> r.path().contains("/sql/")).toList();
    }

    @Test
    void execute_anyStatement_leavesNothingInTheHostsJvm() {
        File[] filesBefore = new File(".").listFiles();
        int handlers = java.util.logging.Logger.getLogger("").getHandlers().length;
        List<Driver> drivers = Collections.list(DriverManager.getDrivers());

        try (Warehouse warehouse = open(RED)) {
            count(warehouse, 1);
        }

        assertThat(new File(".").listFiles()).containsExactlyInAnyOrder(filesBefore);
        assertThat(java.util.logging.Logger.getLogger("").getHandlers()).hasSize(handlers);
        assertThat(Collections.list(DriverManager.getDrivers())).hasSameSizeAs(drivers);
        assertThat(budget.used()).isZero();
    }

    @Test
    void execute_ends_everySessionIsClosedOnTheServer() {
        workspace.requests().clear();
        try (Warehouse warehouse = open(RED)) {
            count(warehouse, 1);
            assertThatThrownBy(() -> warehouse.execute(request("SELEC 1"))).isInstanceOf(LakeportException.class);
        }
        assertThat(sessions("POST")).hasSize(2);
        assertThat(workspace.requests().all())
                .filteredOn(r -> r.method().equals("DELETE") && r.path().contains("/sessions/"))
                .hasSize(2);
    }

    private static List<LoggedRequest> sessions(String method) {
        return workspace.requests().all().stream()
                .filter(r -> r.method().equals(method) && r.path().endsWith("/sessions"))
                .toList();
    }

    @Test
    void execute_wrongToken_isUnauthenticatedAndHidesIt() {
        Secret wrong = Secret.of("dapi0123456789wrong");
        try (Warehouse warehouse = open(RED, wrong)) {
            assertThatThrownBy(() -> warehouse.execute(request("SELECT 1")))
                    .isInstanceOfSatisfying(LakeportException.class, e -> {
                        assertThat(e.category()).isEqualTo(ErrorCategory.UNAUTHENTICATED);
                        assertThat(everyMessage(e)).noneMatch(m -> m.contains(wrong.reveal()));
                    });
        }
    }

    @Test
    void execute_failingStatement_isNotQuotedAnywhere() {
        try (Warehouse warehouse = open(RED)) {
            assertThatThrownBy(() -> warehouse.execute(request("SELECT 'confidential' FROM missing_table")))
                    .isInstanceOfSatisfying(LakeportException.class, e -> {
                        assertThat(e.category()).isEqualTo(ErrorCategory.NOT_FOUND);
                        assertThat(everyMessage(e)).noneMatch(m -> m.contains("confidential"));
                    });
        }
    }

    private static List<String> everyMessage(Throwable e) {
        return Stream.iterate(e, t -> t != null, Throwable::getCause)
                .map(String::valueOf)
                .toList();
    }

    @Test
    void lease_moreEntriesThanPlaces_replacesIdleOnesAndRefusesWhenAllAreInUse() {
        DriverCopies copies = new DriverCopies(1, IsolatedDriver::load);
        IsolatedDriver red = copies.lease(RED);
        assertThat(copies.lease(RED)).isSameAs(red);
        copies.release(RED);

        assertThatThrownBy(() -> copies.lease(BLUE))
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.category()).isEqualTo(ErrorCategory.RESOURCE_EXHAUSTED));
        copies.release(RED);
        assertThat(copies.lease(BLUE)).isNotSameAs(red);
        assertThat(copies.size()).isOne();
    }
}
