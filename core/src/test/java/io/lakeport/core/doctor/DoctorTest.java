package io.lakeport.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.doctor.Finding.Status;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseCapability;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.tenant.Isolation;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.TenantScope;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.tenant.WorkspaceHost;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.warehouse.FakeWarehouses;
import io.lakeport.core.warehouse.WarehouseControl;
import io.lakeport.core.warehouse.WarehouseState;
import io.lakeport.core.warehouse.WarehouseTier;
import io.lakeport.core.workspace.ControlPlane;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DoctorTest {
    private static final String CANARY = "dose-canary-0123456789";

    private LakeportException onToken;
    private LakeportException onRest;
    private RuntimeException onSql;
    private String rootType = "DIRECTORY";
    private WarehouseState state = WarehouseState.RUNNING;
    private Object one = 1;
    private String sql = "";

    @Test
    @Tag("BI-29")
    @Tag("BI-30")
    @Tag("BI-31")
    void run_everythingWorks_threeStepsPass() {
        List<Finding> findings = run();

        assertThat(findings).extracting(Finding::step).containsExactly("token", "rest", "sql");
        assertThat(findings).extracting(Finding::status).containsOnly(Status.PASSED);
        assertThat(findings.get(1).result()).isEqualTo("DIRECTORY; signed in as lakeport-sp");
        assertThat(findings.get(2).result()).isEqualTo("1, from warehouse Main");
        assertThat(sql).isEqualTo("SELECT 1");
        assertThat(findings.toString()).doesNotContain(CANARY);
    }

    @Test
    @Tag("AA-43")
    @Tag("AA-44")
    void run_secretExpired_saysSoAndSkipsTheRest() {
        onToken = new LakeportException(CoreError.EXPIRED_SECRET, "its OAuth secret has expired");

        List<Finding> findings = run();

        assertThat(findings).extracting(Finding::status).containsExactly(Status.FAILED, Status.SKIPPED, Status.SKIPPED);
        Finding failed = findings.get(0);
        assertThat(failed.errorCode()).contains("EXPIRED_SECRET");
        assertThat(failed.cause().orElseThrow()).contains("730 days").contains("every hour");
        assertThat(failed.fix().orElseThrow())
                .contains("generate a new OAuth secret")
                .contains("account admin");
        assertThat(findings.get(2).result()).contains("step 'token' failed");
        assertThat(findings.get(2).cause()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_A_DATABRICKS_HOST,workspace URL",
        "HOST_UNREACHABLE,outbound HTTPS",
        "WRONG_SECRET,new OAuth secret",
        "WRONG_CLIENT_ID,Application ID"
    })
    @Tag("DF-40")
    void run_noToken_namesTheFixForTheCause(CoreError code, String fix) {
        onToken = new LakeportException(code, "no");

        assertThat(run().get(0).fix().orElseThrow()).contains(fix);
    }

    @Test
    @Tag("DF-42")
    void run_restRefused_namesAssignmentAndAccessList() {
        onRest = new LakeportException(CoreError.ACCESS_DENIED, "403");

        Finding failed = run().get(1);

        assertThat(failed.fix().orElseThrow()).contains("Workspace access").contains("IP access list");
        assertThat(failed.fix().orElseThrow()).contains("can be done by a workspace admin");
        assertThat(failed.reference()).contains("service-principals");
    }

    @Test
    void run_rootIsNoDirectory_fails() {
        rootType = "NOTEBOOK";

        assertThat(run().get(1).errorCode()).contains("NOT_A_DATABRICKS_HOST");
    }

    @Test
    void run_warehouseWasStopped_saysThatItHadToStart() {
        state = WarehouseState.STOPPED;

        assertThat(run().get(2).result()).contains("Main (PRO) was STOPPED and had to start first");
    }

    @Test
    void run_warehouseDoesNotStart_namesItsState() {
        state = WarehouseState.DELETED;
        onSql = new LakeportException(CoreError.WAREHOUSE_UNAVAILABLE, "cannot start");

        Finding failed = run().get(2);

        assertThat(failed.result()).contains("cannot start").contains("was DELETED");
        assertThat(failed.errorCode()).contains("WAREHOUSE_UNAVAILABLE");
    }

    @Test
    void run_selectOneIsNotOne_fails() {
        one = 2;

        assertThat(run().get(2).result()).contains("returned '2', expected 1");
    }

    @Test
    void run_portThrowsSomethingElse_isAFindingNotACrash() {
        onSql = new IllegalStateException("broken plugin");

        assertThat(run().get(2).errorCode()).contains("INTERNAL");
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    @Tag("BI-32")
    void reference_ofEachStep_isAPageOfTheDocumentation(Step step) {
        assertThat(step.reference(tenant()))
                .startsWith("https://docs.databricks.com/")
                .endsWith(".html");
    }

    @ParameterizedTest
    @EnumSource(
            value = CoreError.class,
            names = {
                "INVALID_CONFIGURATION",
                "WRONG_CLIENT_ID",
                "WRONG_SECRET",
                "EXPIRED_SECRET",
                "TOKEN_REJECTED",
                "NOT_A_DATABRICKS_HOST",
                "HOST_UNREACHABLE",
                "ACCESS_DENIED",
                "RATE_LIMITED",
                "SERVICE_UNAVAILABLE",
                "DEADLINE_EXCEEDED"
            })
    void remedy_ofWhatAnyStepMeets_isKnownInEveryStep(CoreError code) {
        for (Step step : Step.values()) {
            assertThat(Remedies.of(step, new LakeportException(code, "x")).cause())
                    .doesNotContain("not one the doctor");
        }
    }

    private List<Finding> run() {
        return new Doctor(tenant(), tokens(), controlPlane(), warehouse(), stream -> cursor())
                .run(Deadline.after(Duration.ofSeconds(5)));
    }

    private static Tenant tenant() {
        return new Tenant(
                TenantId.of("acme"),
                WorkspaceHost.parse("https://acme.cloud.databricks.com"),
                List.of(WarehouseId.of("w1")),
                "sea",
                Optional.empty(),
                Optional.empty(),
                IdentitySettings.oauthM2m("id", Secret.of(CANARY)),
                Isolation.SEPARATE_CREDENTIALS,
                new TenantScope(Set.of(), Set.of(), AccessProfile.READ),
                UserAgentEntry.parse("Acme_Widget/1"),
                Duration.ofMinutes(5));
    }

    private TokenSource tokens() {
        return deadline -> {
            if (onToken != null) {
                throw onToken;
            }
            return new AccessToken(Secret.of(CANARY), Instant.EPOCH, Optional.of(Instant.EPOCH.plusSeconds(3600)));
        };
    }

    private ControlPlane controlPlane() {
        return new ControlPlane() {
            @Override
            public String objectType(String path, Deadline deadline) {
                assertThat(path).isEqualTo("/");
                if (onRest != null) {
                    throw onRest;
                }
                return rootType;
            }

            @Override
            public WarehouseControl warehouses() {
                return new FakeWarehouses(WarehouseTier.PRO).in(state);
            }

            @Override
            public String principal(Deadline deadline) {
                return "lakeport-sp";
            }

            @Override
            public void close() {}
        };
    }

    private Warehouse warehouse() {
        return new Warehouse() {
            @Override
            public ResultStream execute(StatementRequest request) {
                if (onSql != null) {
                    throw onSql;
                }
                sql = request.sql();
                return fake(ResultStream.class);
            }

            @Override
            public Set<WarehouseCapability> capabilities() {
                return Set.of();
            }

            @Override
            public void close() {}
        };
    }

    private RowCursor cursor() {
        return fake(RowCursor.class);
    }

    private <T> T fake(Class<T> type) {
        Object made = Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> switch (method.getName()) {
                    case "next" -> true;
                    case "getObject" -> one;
                    case "schema" -> new ResultSchema(List.of());
                    default -> null;
                });
        return type.cast(made);
    }
}
