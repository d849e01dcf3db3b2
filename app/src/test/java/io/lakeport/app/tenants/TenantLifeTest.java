package io.lakeport.app.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.app.Lakeport;
import io.lakeport.app.TenantAdmin;
import io.lakeport.app.TenantAdmin.ObjectChoice;
import io.lakeport.app.TenantClient;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.tenancy.DeletionProof;
import io.lakeport.core.tenancy.RemovedPart;
import io.lakeport.core.tenancy.TenancyError;
import io.lakeport.core.tenancy.TenantState;
import io.lakeport.core.tenant.TenantId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A tenant from its creation to the proof of its deletion, in a host that runs all the while. */
@Tag("workspace-inside")
class TenantLifeTest {
    private static final String ENDLESS =
            "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.id + b.id = -1";

    @TempDir
    Path folder;

    private static TenantWorld world;
    private Lakeport lakeport;

    @BeforeAll
    static void startWorkspace() {
        world = new TenantWorld();
    }

    @AfterAll
    static void stopWorkspace() {
        world.close();
    }

    @BeforeEach
    void start() throws Exception {
        world.in(folder);
        lakeport = world.host(world.fixed("fixed", world.owner(), ""), ", \"tenancy\": {\"proof_key\": \"k-41c9\"}");
    }

    @AfterEach
    void stop() {
        lakeport.close();
    }

    private TenantAdmin admin() {
        return lakeport.tenants();
    }

    private static LakeportException fails(ThrowingCallable call) {
        return catchThrowableOfType(LakeportException.class, call);
    }

    private TenantWorld.Identity create(String id, String more) {
        TenantWorld.Identity identity = world.identity(id);
        admin().create(id, world.settings(identity, more), Map.of("client_secret", identity.secret()));
        return identity;
    }

    @Test
    @Tag("DF-46")
    @Tag("BI-27")
    void tenant_fromCreationToDeletion_leavesItsIdAndAProofAndNothingElse() throws Exception {
        TenantWorld.Identity acme = create("acme", ", \"scope\": {\"object_prefixes\": [\"file:///srv/acme-lake/\"]}");
        assertThat(TenantWorld.first(lakeport, "acme", "SELECT current_user()")).isEqualTo(acme.clientId());
        assertThat(lakeport.tenant("acme").ledger(5)).hasSize(1);
        lakeport.vault().seal(TenantId.of("acme"), "webhook", acme.secret(), java.util.Optional.empty());
        String exported = admin().export("acme");
        assertThat(exported)
                .contains("acme-lake", acme.clientId(), "${env:ACME_CLIENT_SECRET}")
                .doesNotContain(acme.secret().reveal());
        assertThat(world.filesWith(acme.secret().reveal())).as("sealed").isEmpty();
        assertThat(world.filesWith(acme.clientId()))
                .as("the search finds what is there")
                .isNotEmpty();
        assertThat(world.filesWith("acme")).hasSizeGreaterThan(1);

        DeletionProof proof = admin().delete("acme", "asked for by letter", ObjectChoice.LEAVE, TenantWorld.SOON);

        assertThat(proof.parts())
                .extracting(RemovedPart::name)
                .containsExactly("statements", "objects", "caches", "user-credentials", "secrets", "state", "ledger");
        assertThat(part(proof, "secrets").count()).isEqualTo(2);
        assertThat(part(proof, "secrets").digests()).isNotEmpty();
        assertThat(part(proof, "state").count()).isPositive();
        assertThat(part(proof, "ledger").count()).isEqualTo(1);
        assertThat(admin().isGenuine(proof)).isTrue();
        assertThat(admin().proof("acme")).contains(proof);
        for (String trace : List.of(
                acme.secret().reveal(), acme.clientId(), "acme-lake", "webhook", "asked for by letter", "acme.jsonl")) {
            assertThat(world.filesWith(trace)).as(trace).isEmpty();
        }
        assertThat(world.filesWith("acme")).allMatch(file -> file.contains("state.db"));
        assertThat(Files.list(folder.resolve("kept/ledger")))
                .noneMatch(file -> file.getFileName().toString().contains("acme"));
        assertThat(lakeport.state()
                        .of(TenantId.of("acme"))
                        .list("vault-secret", "", java.util.Optional.empty(), 10)
                        .documents())
                .isEmpty();
        assertThat(fails(() -> lakeport.tenant("acme")).is(TenancyError.TENANT_DELETED))
                .isTrue();
        assertThat(admin().delete("acme", "", ObjectChoice.LEAVE, TenantWorld.SOON))
                .isEqualTo(proof);

        TenantWorld.Identity again = world.identity("again");
        assertThat(fails(() -> admin().restore(exported, Map.of("client_secret", again.secret()))))
                .hasMessageContaining("which is deleted; take another id");
        admin().restore(exported.replace("\"acme\"", "\"acme2\""), Map.of("client_secret", acme.secret()));
        assertThat(TenantWorld.first(lakeport, "acme2", "SELECT 1")).isEqualTo("1");
        assertThat(admin().export("acme2").replace("acme2", "acme").replace("ACME2", "ACME"))
                .as("what is exported comes back the same")
                .isEqualTo(exported);
    }

    private static RemovedPart part(DeletionProof proof, String name) {
        return proof.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void proof_thatSomeoneChanged_isNotGenuine() {
        create("acme", "");
        DeletionProof proof = admin().delete("acme", "", ObjectChoice.LEAVE, TenantWorld.SOON);
        DeletionProof other = new DeletionProof(
                proof.tenant(), proof.finished(), proof.parts().subList(1, 7), proof.digest(), proof.signature());
        DeletionProof forged = DeletionProof.of(
                proof.tenant(),
                proof.finished(),
                proof.parts(),
                java.util.Optional.of(io.lakeport.core.secret.Secret.of("another key")));

        assertThat(admin().isGenuine(other)).isFalse();
        assertThat(forged.isWhole()).isTrue();
        assertThat(admin().isGenuine(forged)).isFalse();
    }

    @Test
    @Timeout(60)
    void suspend_whileStatementsRun_endsThemOnTheServerAndRefusesWhatComes() throws Exception {
        create("acme", "");
        TenantClient held = lakeport.tenant("acme");
        CompletableFuture<LakeportException> waiting = CompletableFuture.supplyAsync(
                () -> fails(() -> held.query(ENDLESS).stream().close()));
        try (ResultStream open = held.query("SELECT id FROM range(2000000)").stream()) {
            while (world.statements("RUNNING").isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            String running = world.statements("RUNNING").get(0);

            TenantAdmin.Suspension suspension = admin().suspend("acme", "bill unpaid", TenantWorld.SOON);

            assertThat(suspension.tenant().state()).isEqualTo(TenantState.SUSPENDED);
            assertThat(suspension.ended()).isPositive();
            assertThat(world.statements("RUNNING")).isEmpty();
            assertThat(world.statements("CANCELED")).contains(running);
            assertThat(waiting.get(20, TimeUnit.SECONDS).is(TenancyError.TENANT_SUSPENDED))
                    .as(String.valueOf(waiting.get()))
                    .isTrue();
            assertThat(fails(() -> {
                                while (open.next().isPresent()) {}
                            })
                            .is(TenancyError.TENANT_SUSPENDED))
                    .isTrue();
        }
        LakeportException refused = fails(() -> held.query("SELECT 1").stream());
        assertThat(refused.category()).isEqualTo(ErrorCategory.PERMISSION_DENIED);
        assertThat(refused)
                .hasMessageContaining("tenant 'acme' is suspended since")
                .hasMessageContaining("bill unpaid")
                .hasMessageContaining("lakeport tenant resume acme");
        assertThat(fails(() -> held.warehouses().list(TenantWorld.SOON)).is(TenancyError.TENANT_SUSPENDED))
                .isTrue();
        assertThat(fails(() -> held.signIn(TenantWorld.SOON)).is(TenancyError.TENANT_SUSPENDED))
                .isTrue();
        assertThat(TenantWorld.first(lakeport, "fixed", "SELECT 2")).isEqualTo("2");

        admin().resume("acme");

        assertThat(TenantWorld.first(lakeport, "acme", "SELECT 3")).isEqualTo("3");
    }

    @Test
    void fixedTenant_isSuspendedAndResumedButNeitherChangedNorDeleted() {
        admin().suspend("fixed", "", TenantWorld.SOON);
        assertThat(fails(() -> TenantWorld.first(lakeport, "fixed", "SELECT 1")).is(TenancyError.TENANT_SUSPENDED))
                .isTrue();
        admin().resume("fixed");
        assertThat(TenantWorld.first(lakeport, "fixed", "SELECT 1")).isEqualTo("1");
        assertThat(fails(() -> admin().delete("fixed", "", ObjectChoice.LEAVE, TenantWorld.SOON)))
                .matches(e -> e.is(TenancyError.TENANT_FIXED))
                .hasMessageContaining("take it out of the file first");
        assertThat(fails(() -> admin().change("fixed", "{}", Map.of(), 0)).is(TenancyError.TENANT_FIXED))
                .isTrue();
        assertThat(fails(() -> admin().create("fixed", "{}", Map.of())).is(TenancyError.TENANT_EXISTS))
                .isTrue();
        assertThat(fails(() -> lakeport.tenant("nobody")).is(CoreError.UNKNOWN_TENANT))
                .isTrue();
    }

    @Test
    void change_ofSettings_holdsForClientsThatAreHeldAndForOneOfTwoWhoChangeAtOnce() {
        TenantWorld.Identity first = create("acme", "");
        TenantClient held = lakeport.tenant("acme");
        assertThat(TenantWorld.first(lakeport, "acme", "SELECT current_user()")).isEqualTo(first.clientId());
        TenantWorld.Identity second = world.identity("second");
        long version = admin().show("acme").version();

        admin().change("acme", world.settings(second, ""), Map.of("client_secret", second.secret()), version);

        try (var rows = held.query("SELECT current_user()").rows()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(0)).isEqualTo(second.clientId());
        }
        assertThat(fails(() -> admin().change("acme", world.settings(first, ""), Map.of(), version))
                        .is(TenancyError.TENANT_CHANGED))
                .isTrue();
        assertThat(lakeport.vault().list(TenantId.of("acme")))
                .as("the secret that is no longer named is destroyed, and that of the refused change")
                .hasSize(1);
    }

    @Test
    void secondHost_seesWhatTheFirstDoes_andNeitherUndoesTheOther() throws Exception {
        try (Lakeport other =
                world.host(world.fixed("fixed", world.owner(), ""), ", \"tenancy\": {\"refresh\": \"1ms\"}")) {
            create("acme", "");
            assertThat(TenantWorld.first(other, "acme", "SELECT 1")).isEqualTo("1");
            ResultStream open = other.tenant("acme").query("SELECT id FROM range(2000000)").stream();

            admin().suspend("acme", "", TenantWorld.SOON);

            assertThat(fails(() -> TenantWorld.first(other, "acme", "SELECT 1")).is(TenancyError.TENANT_SUSPENDED))
                    .isTrue();
            assertThat(fails(open::next).is(TenancyError.TENANT_SUSPENDED)).isTrue();
            other.tenants().delete("acme", "", ObjectChoice.LEAVE, TenantWorld.SOON);
            assertThat(fails(() -> admin().resume("acme")).category()).isEqualTo(ErrorCategory.NOT_FOUND);
        }
    }

    @Test
    @Tag("DK-08")
    @Tag("DK-44")
    void someoneActingThroughTheHost_readsAndChangesWhatTheirRolesMay() {
        create("acme", ", \"readable_by\": [\"analyst\"], \"administrators\": [\"acme-admin\"]");
        TenantAdmin analyst = admin().as(Set.of("analyst"));
        TenantAdmin stranger = admin().as(Set.of("admin"));

        assertThat(analyst.show("acme").tenant()).isPresent();
        assertThat(stranger.show("acme").tenant()).isEmpty();
        assertThat(stranger.list())
                .filteredOn(info -> info.id().value().equals("acme"))
                .allSatisfy(info -> assertThat(info.tenant()).isEmpty());
        assertThat(fails(() -> stranger.export("acme")).is(TenancyError.TENANT_ROLE_MISSING))
                .isTrue();
        for (ThrowingCallable change : List.<ThrowingCallable>of(
                () -> analyst.suspend("acme", "", TenantWorld.SOON),
                () -> analyst.delete("acme", "", ObjectChoice.LEAVE, TenantWorld.SOON),
                () -> analyst.change("acme", "{}", Map.of(), 1),
                () -> analyst.create("mine", world.settings(world.owner(), ""), Map.of()))) {
            assertThat(fails(change)).matches(e -> e.is(TenancyError.TENANT_ROLE_MISSING));
        }
        assertThat(admin().as(Set.of("acme-admin"))
                        .suspend("acme", "", TenantWorld.SOON)
                        .tenant()
                        .state())
                .isEqualTo(TenantState.SUSPENDED);
    }
}
