package io.lakeport.app.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.app.Lakeport;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.tenancy.TenancyError;
import io.lakeport.localworkspace.http.LoggedRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many tenants in one process. */
@Tag("workspace-inside")
class TenantsAtRestTest {
    private static final int TENANTS = 60;

    private static TenantWorld world;

    @BeforeAll
    static void start(@TempDir Path folder) {
        world = new TenantWorld().in(folder);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static Lakeport host(String more) throws Exception {
        String shared = ", \"isolation\": \"shared_credentials\"" + more;
        return world.host(
                IntStream.range(0, TENANTS)
                        .mapToObj(i -> world.fixed("t" + i, world.owner(), shared))
                        .collect(Collectors.joining(", ")),
                ", \"tenancy\": {\"most_active\": 3}, \"guards\": {\"rate_per_second\": {\"token\": 1000}}");
    }

    @Test
    void tenants_usedOneAfterTheOther_restAndKeepWhatIsInUse() throws Exception {
        try (Lakeport lakeport = host("");
                ResultStream held = lakeport.tenant("t0").query("SELECT id FROM range(300000)").stream()) {
            for (int i = 1; i < TENANTS; i++) {
                assertThat(TenantWorld.first(lakeport, "t" + i, "SELECT " + i)).isEqualTo(String.valueOf(i));
            }
            assertThat(lakeport.tenants().active()).isLessThanOrEqualTo(4);
            long rows = 0;
            for (var chunk = held.next(); chunk.isPresent(); chunk = held.next()) {
                rows += chunk.get().rowCount();
                chunk.get().close();
            }
            assertThat(rows).as("what is in use is not closed by the others").isEqualTo(300_000);
            assertThat(TenantWorld.first(lakeport, "t1", "SELECT 'again'")).isEqualTo("again");
        }
    }

    @Test
    @Tag("AK-20")
    @Tag("AK-26")
    void requests_ofEveryKind_nameTheVendorAndTheEmbeddedPartner() throws Exception {
        String agent = "Vendor_Platform/3.1 Partner_Engine/2.0";
        try (Lakeport lakeport = host(", \"user_agent\": \"" + agent + "\", \"scope\": {\"access\": \"write_back\"}")) {
            world.workspace().requests().clear();
            assertThat(TenantWorld.first(lakeport, "t2", "SELECT count(*) FROM range(2000000)"))
                    .isEqualTo("2000000");
            try (ResultStream large = lakeport.tenant("t2").query("SELECT id, uuid() FROM range(2000000)").stream()) {
                for (var chunk = large.next(); chunk.isPresent(); chunk = large.next()) {
                    chunk.get().close();
                }
            }
            assertThat(lakeport.tenant("t2").warehouses().list(TenantWorld.SOON))
                    .isNotEmpty();
            assertThat(lakeport.tenant("t2").checkSignIn(TenantWorld.SOON).servicePrincipal())
                    .isTrue();
        }
        List<LoggedRequest> seen = world.workspace().requests().all();
        assertThat(seen.stream().map(LoggedRequest::path))
                .as("token, SQL, result chunks and REST are among them")
                .anyMatch(path -> path.contains("/oidc/"))
                .anyMatch(path -> path.contains("/sql/statements"))
                .anyMatch(path -> path.contains("/sql/warehouses"))
                .anyMatch(path -> path.contains("/scim/"));
        assertThat(seen.stream().filter(request -> !request.userAgent().startsWith(agent + " Lakeport/")))
                .as("requests without it")
                .isEmpty();
    }

    @Test
    void budget_thatIsUsedUp_saysWhenThereIsRoomAgain() throws Exception {
        try (Lakeport lakeport =
                host(", \"budget\": {\"concurrent\": 1, \"statements\": 3, \"rows\": 100, \"window\": \"1h\"}")) {
            try (ResultStream open = lakeport.tenant("t3").query("SELECT 1").stream()) {
                assertThat(open.statementId()).isNotNull();
                assertThat(exhausted(lakeport, "t3", "SELECT 1")).hasMessageContaining("as many as its budget allows");
            }
            assertThat(exhausted(lakeport, "t3", "SELECT id FROM range(5000)"))
                    .as("what goes beyond the rows is an error and not a cut result")
                    .hasMessageContaining("rows within PT1H, and its budget is 100");
            LakeportException refused = exhausted(lakeport, "t3", "SELECT 1");
            assertThat(refused).hasMessageContaining("there is room again at 20");
            assertThat(refused.retryAfter())
                    .hasValueSatisfying(
                            wait -> assertThat(wait).isPositive().isLessThanOrEqualTo(java.time.Duration.ofHours(1)));
            assertThat(TenantWorld.first(lakeport, "t4", "SELECT 1")).isEqualTo("1");
        }
    }

    private static LakeportException exhausted(Lakeport lakeport, String tenant, String sql) {
        LakeportException e = catchThrowableOfType(LakeportException.class, () -> {
            try (ResultStream stream = lakeport.tenant(tenant).query(sql).stream()) {
                for (var chunk = stream.next(); chunk.isPresent(); chunk = stream.next()) {
                    chunk.get().close();
                }
            }
        });
        assertThat(e).matches(failure -> failure.is(TenancyError.BUDGET_EXHAUSTED));
        return e;
    }
}
