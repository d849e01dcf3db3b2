package io.lakeport.core.doctor.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.auth.SignedIn;
import io.lakeport.core.doctor.Cause;
import io.lakeport.core.doctor.Check;
import io.lakeport.core.doctor.CommonCause;
import io.lakeport.core.doctor.DoctorReport;
import io.lakeport.core.doctor.DoctorRequest;
import io.lakeport.core.doctor.Finding;
import io.lakeport.core.doctor.Finding.Status;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Patient;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.doctor.data.DataCause;
import io.lakeport.core.doctor.identity.IdentityCause;
import io.lakeport.core.doctor.monitoring.MonitoringCause;
import io.lakeport.core.doctor.network.NetworkCause;
import io.lakeport.core.doctor.setting.SettingCause;
import io.lakeport.core.doctor.storage.StorageCause;
import io.lakeport.core.doctor.warehouse.WarehouseCause;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.network.Network;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.Warehouse;
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
import io.lakeport.core.workspace.ControlPlane;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WalkTest {
    private static final String CANARY = "dose-canary-4711";

    private final List<String> looked = new ArrayList<>();

    @Test
    void run_oneFails_skipsWhatNeedsItAndGoesOnWithTheRest() {
        DoctorReport report = run(
                check("a", deadline -> Outcome.passed("fine")),
                check("b", deadline -> Outcome.failed(IdentityCause.SECRET_EXPIRED, "it ended"), "a"),
                check("c", deadline -> Outcome.passed("fine"), "b"),
                check("d", deadline -> Outcome.passed("fine"), "c"),
                check("e", deadline -> Outcome.warned(NetworkCause.CLOCK_DRIFTS, "90 s"), "a"),
                check("f", deadline -> Outcome.passed("fine"), "e"));

        assertThat(report.findings())
                .extracting(Finding::status)
                .containsExactly(
                        Status.PASSED, Status.FAILED, Status.SKIPPED, Status.SKIPPED, Status.WARNED, Status.PASSED);
        assertThat(looked).containsExactly("a", "b", "e", "f");
        assertThat(report.step("c").orElseThrow().result()).isEqualTo("not tried, because 'b' failed");
        assertThat(report.step("c").orElseThrow().cause()).isEmpty();
        assertThat(report.firstFailure().orElseThrow().fixes()).isNotEmpty();
        assertThat(report.isHealthy()).isFalse();
    }

    @Test
    void run_checkCannotBeTriedWithoutFault_isAWarningAndStopsWhatNeedsIt() {
        DoctorReport report = run(
                check("a", deadline -> Outcome.skipped(IdentityCause.USER_NOT_NAMED, "name a user")),
                check("b", deadline -> Outcome.passed("fine"), "a"));

        assertThat(report.isHealthy()).isTrue();
        assertThat(report.hasWarnings()).isTrue();
        assertThat(report.step("b").orElseThrow().status()).isEqualTo(Status.SKIPPED);
    }

    @Test
    void run_checkThrows_isAFindingWithACauseAndNotACrash() {
        DoctorReport report = run(
                check("limited", deadline -> {
                    throw new LakeportException(CoreError.RATE_LIMITED, "429");
                }),
                check("broken", deadline -> {
                    throw new IllegalStateException(CANARY);
                }),
                check("absent", deadline -> {
                    throw new LakeportException(CoreError.NOT_SUPPORTED, "this plane has no catalogs");
                }));

        assertThat(report.findings())
                .extracting(finding -> finding.cause().map(Cause::name).orElse("none"))
                .containsExactly("RATE_LIMITED", "UNKNOWN", "none");
        assertThat(report.step("absent").orElseThrow().status()).isEqualTo(Status.SKIPPED);
        assertThat(report.step("broken").orElseThrow().errorCode()).contains("INTERNAL");
        assertThat(report.toString()).doesNotContain(CANARY);
    }

    @Test
    void causes_ofAllSubjects_haveNamesOfTheirOwnSayWhatToDoAndAreDocumented() throws IOException {
        List<Cause> all = Stream.<Cause[]>of(
                        CommonCause.values(),
                        SettingCause.values(),
                        NetworkCause.values(),
                        IdentityCause.values(),
                        WarehouseCause.values(),
                        DataCause.values(),
                        StorageCause.values(),
                        MonitoringCause.values())
                .flatMap(Stream::of)
                .toList();

        assertThat(all).extracting(Cause::name).doesNotHaveDuplicates().hasSizeGreaterThan(90);
        assertThat(Files.readString(Path.of("..", "docs", "doctor.md")))
                .contains(all.stream().map(cause -> "`" + cause.name() + "`").toList());
        Visit visit = visit();
        assertThat(all).allSatisfy(cause -> {
            assertThat(cause.meaning()).doesNotEndWith(".").hasSizeGreaterThan(20);
            assertThat(cause.fixes(visit))
                    .isNotEmpty()
                    .allSatisfy(fix -> assertThat(fix.who()).isNotBlank());
        });
    }

    private DoctorReport run(Check... checks) {
        return new Walk(List.of(checks)).run(visit(), Deadline.after(Duration.ofSeconds(5)));
    }

    private Check check(String name, Function<Deadline, Outcome> look, String... needs) {
        return new Check() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<String> needs() {
                return List.of(needs);
            }

            @Override
            public String tried(Visit visit) {
                return "look at " + name;
            }

            @Override
            public String reference(Visit visit) {
                return "https://docs.databricks.com/";
            }

            @Override
            public Outcome examine(Visit visit, Deadline deadline) {
                looked.add(name);
                return look.apply(deadline);
            }
        };
    }

    private static Visit visit() {
        Patient patient = new Patient(
                tenant(),
                unused(Network.class),
                deadline -> new AccessToken(Secret.of(CANARY), Instant.EPOCH, Optional.empty()),
                deadline -> new SignedIn(Optional.empty(), false, Optional.empty()),
                () -> unused(ControlPlane.class),
                () -> unused(Warehouse.class),
                stream -> unused(RowCursor.class),
                Clock.systemUTC());
        return new Visit(patient, DoctorRequest.connection());
    }

    private static <T> T unused(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            throw new AssertionError(method + " is not expected");
        }));
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
}
