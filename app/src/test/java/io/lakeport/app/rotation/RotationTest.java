package io.lakeport.app.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.app.Lakeport;
import io.lakeport.app.rotation.RotationWorld.Customer;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.oauthsecret.OAuthSecretError;
import io.lakeport.core.rotation.RotationListener;
import io.lakeport.core.rotation.RotationPhase;
import io.lakeport.core.rotation.RotationPolicy;
import io.lakeport.core.rotation.RotationReport;
import io.lakeport.core.rotation.RotationReport.Result;
import io.lakeport.core.rotation.RotationRequest;
import io.lakeport.core.secret.SealedSecret;
import io.lakeport.core.secret.Secret;
import io.lakeport.localworkspace.auth.ClientSecret;
import io.lakeport.localworkspace.fault.FaultMatch;
import io.lakeport.localworkspace.fault.RetryAfter;
import io.lakeport.testwatch.ExpectWarnings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rotations against the local workspace: what is left at Databricks and in the vault, whatever goes wrong. */
@Tag("workspace-inside")
class RotationTest {
    private static RotationWorld world;

    @TempDir
    Path folder;

    private Customer customer;
    private Lakeport lakeport;

    @BeforeAll
    static void start() {
        world = new RotationWorld(Duration.ofHours(1));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void open() throws Exception {
        customer = world.customer(folder);
        lakeport = customer.open();
    }

    @AfterEach
    void close() {
        lakeport.close();
        world.workspace().faults().clear();
    }

    private void signsInAnew() {
        try (Lakeport other = customer.open()) {
            assertThat(other.tenant("acme").checkSignIn(RotationWorld.TIMEOUT).servicePrincipal())
                    .isTrue();
        }
    }

    private void makeDue() {
        SealedSecret current =
                lakeport.vault().current(RotationWorld.ACME, RotationWorld.NAME).orElseThrow();
        lakeport.vault()
                .seal(
                        RotationWorld.ACME,
                        RotationWorld.NAME,
                        lakeport.vault().open(current.reference()),
                        Optional.of(Instant.now().minusSeconds(1)));
    }

    private RotationReport keep(RotationListener listener) {
        return lakeport.secrets()
                .keep(
                        lakeport.secrets().rotatable(),
                        subject -> Optional.of("admin"),
                        RotationWorld.AT_ONCE,
                        listener,
                        RotationWorld.TIMEOUT)
                .get(0);
    }

    private void deleteByHand(String id) {
        world.workspace().identities().secrets().remove(customer.principal().id(), id);
    }

    private LakeportException refused(RotationPolicy policy, RotationRequest request) {
        return catchThrowableOfType(LakeportException.class, () -> customer.rotate(lakeport, policy, request));
    }

    @Test
    @Tag("AK-17")
    @Tag("AA-31")
    void rotate_aSecretInUse_leavesOneThatWorksAndNoTraceOfTheOld() {
        List<String> before = customer.ids();
        Optional<Instant> token = lakeport.tenant("acme").signIn(RotationWorld.TIMEOUT);

        RotationReport first = customer.rotate(lakeport);
        List<String> between = customer.ids();
        RotationReport second = customer.rotate(lakeport);

        assertThat(first.result()).isEqualTo(Result.DONE);
        assertThat(second.result()).isEqualTo(Result.DONE);
        assertThat(between).hasSize(1).doesNotContainAnyElementsOf(before);
        assertThat(customer.ids()).hasSize(1).doesNotContainAnyElementsOf(between);
        assertThat(Customer.sealed(lakeport)).containsExactly("sealed:acme:" + RotationWorld.NAME + "#3");
        assertThat(lakeport.vault().receipts(RotationWorld.ACME)).hasSize(4);
        assertThat(lakeport.tenant("acme").signIn(RotationWorld.TIMEOUT)).isEqualTo(token);
        signsInAnew();
    }

    @Test
    @Tag("AK-16")
    @Tag("AA-09")
    void rotate_withALifetime_isWhatDatabricksGivesAndTheVaultKnows() {
        customer.rotate(lakeport, RotationWorld.AT_ONCE.withLifetime(Duration.ofDays(730)), RotationRequest.atOnce());

        ClientSecret issued = customer.secrets().get(0);
        SealedSecret sealed =
                lakeport.vault().current(RotationWorld.ACME, RotationWorld.NAME).orElseThrow();
        assertThat(Duration.between(issued.createdAt(), issued.endsAt()))
                .isBetween(Duration.ofDays(729), Duration.ofDays(730));
        assertThat(sealed.expires()).contains(issued.endsAt().truncatedTo(ChronoUnit.MILLIS));
        LakeportException tooLong = catchThrowableOfType(
                LakeportException.class, () -> RotationPolicy.standard().withLifetime(Duration.ofDays(731)));
        assertThat(tooLong).hasMessageContaining("730 days at most");
    }

    @Test
    void rotate_withOverlap_keepsTheOldOneUntilALaterRun() {
        String old = customer.ids().get(0);
        RotationPolicy overlap = RotationWorld.AT_ONCE.withOverlap(Duration.ofHours(2));

        RotationReport switched = customer.rotate(lakeport, overlap, RotationRequest.atOnce());
        RotationReport early = customer.rotate(lakeport, overlap, RotationRequest.atOnce());
        List<String> both = customer.ids();
        signsInAnew();
        RotationReport late = customer.rotate(lakeport, RotationWorld.AT_ONCE, RotationRequest.whenDue());

        assertThat(switched.result()).isEqualTo(Result.SWITCHED);
        assertThat(switched.next().orElseThrow()).isAfter(Instant.now().plus(Duration.ofMinutes(110)));
        assertThat(early.result()).isEqualTo(Result.SWITCHED);
        assertThat(both).hasSize(2).contains(old);
        assertThat(late.result()).isEqualTo(Result.DONE);
        assertThat(customer.ids()).hasSize(1).doesNotContain(old);
    }

    @Test
    void rotate_secretThatLakeportDidNotCreate_isLeftUnlessAllowed() {
        RotationReport done =
                customer.rotate(lakeport, RotationWorld.AT_ONCE.withAdopt(false), RotationRequest.atOnce());

        assertThat(done.result()).isEqualTo(Result.DONE);
        assertThat(customer.ids()).hasSize(2);
        customer.rotate(lakeport, RotationWorld.AT_ONCE.withAdopt(false), RotationRequest.atOnce());
        assertThat(customer.ids()).as("its own of the time before is replaced").hasSize(2);
    }

    @Test
    void rotate_byTheWayNotDue_changesNothing() {
        RotationReport rest = customer.rotate(lakeport, RotationWorld.AT_ONCE, RotationRequest.whenDue());
        RotationReport due = customer.rotate(
                lakeport, RotationWorld.AT_ONCE.withAhead(Duration.ofDays(89)), RotationRequest.whenDue());

        assertThat(rest.result()).isEqualTo(Result.NOT_DUE);
        assertThat(due.result()).as("a third of 90 days is the most").isEqualTo(Result.NOT_DUE);
        assertThat(due.next().orElseThrow()).isBefore(rest.next().orElseThrow().plusSeconds(1));
    }

    @Test
    void rotate_atDatabricksLimit_namesWhatCouldGoAndDeletesItWhenTold() {
        for (int i = 0; i < 3; i++) {
            world.workspace().identities().addSecret(customer.principal(), Duration.ofDays(30));
        }
        String ended = customer.ids().get(3);
        world.workspace().identities().addSecret(customer.principal(), Duration.ofSeconds(-1));
        String dead = customer.secrets().stream()
                .filter(secret -> secret.endsAt().isBefore(Instant.now()))
                .findFirst()
                .orElseThrow()
                .id();

        LakeportException full = refused(RotationWorld.AT_ONCE, RotationRequest.atOnce());
        List<String> after = customer.ids();
        RotationReport told = customer.rotate(lakeport, RotationWorld.AT_ONCE, new RotationRequest(true, Set.of(dead)));

        assertThat(full.is(OAuthSecretError.SECRETS_FULL)).isTrue();
        assertThat(full).hasMessageContaining("have ended and can go: " + dead);
        assertThat(after).hasSize(5);
        assertThat(told.result()).isEqualTo(Result.DONE);
        assertThat(customer.ids()).hasSize(5).doesNotContain(dead).contains(ended);
    }

    @Test
    void create_whoseAnswerIsLost_leavesNoSecretThatNobodyHas() {
        world.workspace()
                .faults()
                .when(FaultMatch.request("POST", RotationWorld.SECRETS))
                .next(1)
                .cutAnswer();

        RotationReport done = customer.rotate(lakeport);

        assertThat(done.result()).isEqualTo(Result.DONE);
        assertThat(customer.ids()).hasSize(1);
        signsInAnew();
    }

    @Test
    void create_refusedForNow_isAskedAgain() {
        world.workspace()
                .faults()
                .when(FaultMatch.request("POST", RotationWorld.SECRETS))
                .next(1)
                .answer(429, RetryAfter.seconds(1));
        world.workspace()
                .faults()
                .when(FaultMatch.request("POST", RotationWorld.SECRETS))
                .after(1)
                .next(1)
                .answer(500);

        assertThat(customer.rotate(lakeport).result()).isEqualTo(Result.DONE);
        assertThat(customer.ids()).hasSize(1);
    }

    @Test
    void create_whoseAnswerIsLostWhileAPersonCreatesOne_leavesThePersonsSecret() {
        world.workspace()
                .faults()
                .when(FaultMatch.request("POST", RotationWorld.SECRETS))
                .next(3)
                .cutAnswer();
        LakeportException lost = refused(RotationWorld.AT_ONCE, RotationRequest.atOnce());
        world.workspace().identities().addSecret(customer.principal(), Duration.ofDays(180));

        RotationReport done = customer.rotate(lakeport);

        assertThat(lost.is(OAuthSecretError.CREATION_UNKNOWN)).isTrue();
        assertThat(done.result()).isEqualTo(Result.DONE);
        assertThat(customer.ids()).as("the new one and the person's").hasSize(2);
    }

    @Test
    @ExpectWarnings("taken back")
    void try_refused_takesTheNewOneBackAndIsPutOff() {
        List<String> before = customer.ids();
        makeDue();

        RotationReport undone = keep((subject, phase, text) -> {
            if (phase == RotationPhase.SEALED) {
                customer.ids().stream().filter(id -> !before.contains(id)).forEach(this::deleteByHand);
            }
        });
        RotationReport later = customer.rotate(lakeport, RotationWorld.AT_ONCE, RotationRequest.whenDue());

        assertThat(undone.result()).isEqualTo(Result.UNDONE);
        assertThat(customer.ids()).isEqualTo(before);
        assertThat(Customer.sealed(lakeport)).hasSize(2).noneMatch(text -> text.contains("rotation/"));
        assertThat(later.result()).isEqualTo(Result.PUT_OFF);
        signsInAnew();
    }

    @Test
    @ExpectWarnings("taken back")
    void newSecret_deletedByAPersonDuringTheOverlap_isTakenBack() {
        String old = customer.ids().get(0);
        RotationPolicy overlap = RotationWorld.AT_ONCE.withOverlap(Duration.ofHours(2));
        customer.rotate(lakeport, overlap, RotationRequest.atOnce());
        String fresh = customer.ids().stream()
                .filter(id -> !id.equals(old))
                .findFirst()
                .orElseThrow();
        deleteByHand(fresh);

        RotationReport report = customer.rotate(lakeport, RotationWorld.AT_ONCE, RotationRequest.whenDue());

        assertThat(report.result()).isEqualTo(Result.UNDONE);
        assertThat(customer.ids()).containsExactly(old);
        signsInAnew();
    }

    @Test
    void rotate_afterEverythingExpired_bringsTheTenantBack() {
        world.workspace().identities().expireSecrets(customer.principal());
        LakeportException expired = catchThrowableOfType(
                LakeportException.class, () -> lakeport.tenant("acme").signIn(RotationWorld.TIMEOUT));

        RotationReport done = customer.rotate(lakeport);

        assertThat(expired.is(CoreError.EXPIRED_SECRET)).isTrue();
        assertThat(done.result()).isEqualTo(Result.DONE);
        assertThat(lakeport.tenant("acme").signIn(RotationWorld.TIMEOUT)).isPresent();
        signsInAnew();
    }

    @Test
    void rotate_byAnIdentityThatIsNoAdmin_saysSoAndChangesNothing() {
        LakeportException denied = catchThrowableOfType(
                LakeportException.class,
                () -> lakeport.secrets()
                        .rotate(
                                "acme",
                                Optional.empty(),
                                RotationWorld.AT_ONCE,
                                RotationRequest.atOnce(),
                                RotationWorld.TIMEOUT));

        assertThat(denied.is(CoreError.ACCESS_DENIED)).isTrue();
        assertThat(customer.ids()).hasSize(1);
    }

    @Test
    void rotate_whatIsNotInTheVault_isRefusedWithTheReason() {
        LakeportException refused = catchThrowableOfType(
                LakeportException.class,
                () -> lakeport.secrets()
                        .rotate(
                                "admin",
                                Optional.empty(),
                                RotationWorld.AT_ONCE,
                                RotationRequest.atOnce(),
                                RotationWorld.TIMEOUT));

        assertThat(refused.is(OAuthSecretError.NOT_ROTATABLE)).isTrue();
        assertThat(refused).hasMessageContaining("${vault:NAME}");
    }

    @Test
    void host_whoseSecretIsSealedAnewByHand_takesItAtTheNextSignIn() {
        Secret second = world.workspace().identities().addSecret(customer.principal(), Duration.ofDays(90));
        lakeport.vault().seal(RotationWorld.ACME, RotationWorld.NAME, second, Optional.empty());
        deleteByHand(customer.ids().get(0));

        assertThat(lakeport.tenant("acme").signIn(RotationWorld.TIMEOUT)).isPresent();
    }
}
