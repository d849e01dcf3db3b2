package io.lakeport.auth.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.auth.CanaryWatch;
import io.lakeport.auth.Contexts;
import io.lakeport.auth.vault.TinkVaultProvider;
import io.lakeport.auth.vault.VariableKeyProvider;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCodeSupplier;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.intake.Intake;
import io.lakeport.core.intake.IntakeError;
import io.lakeport.core.intake.IntakeOffer;
import io.lakeport.core.intake.IntakeState;
import io.lakeport.core.intake.IntakeTrial;
import io.lakeport.core.intake.Intakes;
import io.lakeport.core.intake.SealedSecretMessage;
import io.lakeport.core.intake.SecretSeal;
import io.lakeport.core.secret.KeyProvider;
import io.lakeport.core.secret.SealedSecret;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.state.InMemoryStateStore;
import io.lakeport.core.state.StateStore;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hand-over with the real cipher and the real vault; only the workspace, which takes one secret, is made up. */
class IntakesTest {
    private static final TenantId ACME = TenantId.of("acme");
    private static final TenantId BOLT = TenantId.of("bolt");
    private static final String NAME = "databricks/client-secret";
    private static final String CANARY = Contexts.CANARY;
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    @RegisterExtension
    final CanaryWatch watch = new CanaryWatch();

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final Clock clock = new Hand();
    private final StateStore store = new InMemoryStateStore(Clock.systemUTC());
    private final SecretVault vault = new TinkVaultProvider()
            .open(
                    store,
                    new VariableKeyProvider()
                            .open(new KeyProvider.KeyContext(
                                    Map.of(),
                                    Map.of("key", Secret.of("k:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")),
                                    Path.of("."))),
                    clock);
    private final SecretSeal customer = new SecretSeal(new HpkeIntakeCipher(), clock);
    private final Intakes intakes = host();

    private final class Hand extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }

    private static final class Workspace implements IntakeTrial {
        @Override
        public void requireUsed(TenantId tenant, String name) {
            if (!name.equals(NAME)) {
                throw new LakeportException(IntakeError.INTAKE_NOT_USED, "not used");
            }
        }

        @Override
        public void signIn(TenantId tenant, String name, Secret candidate, Deadline deadline) {
            if (!candidate.reveal().equals(CANARY)) {
                throw new LakeportException(CoreError.WRONG_SECRET, "the workspace refuses the client secret");
            }
        }
    }

    private Intakes host() {
        return new Intakes(store, vault, new HpkeIntakeCipher(), new Workspace(), clock);
    }

    private Intake create(TenantId tenant) {
        return intakes.create(tenant, NAME, Intakes.USUAL_TIME);
    }

    private SecretReference accept(SealedSecretMessage message) {
        return intakes.accept(message, Deadline.after(Duration.ofSeconds(10)));
    }

    private void refused(ErrorCodeSupplier code, ThrowingCallable call, String... texts) {
        assertThatThrownBy(call).isInstanceOfSatisfying(LakeportException.class, e -> {
            assertThat(e.code()).isEqualTo(code.toErrorCode());
            CanaryWatch.assertClean(e);
            assertThat(List.of(texts)).allSatisfy(text -> assertThat(e).hasMessageContaining(text));
        });
    }

    private IntakeState state(Intake intake) {
        return intakes.list(intake.offer().tenant()).stream()
                .filter(one -> one.id().equals(intake.id()))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private List<String> kept(TenantId tenant) {
        return vault.list(tenant).stream()
                .map(SealedSecret::reference)
                .map(SecretReference::name)
                .toList();
    }

    @Test
    @Tag("BI-28")
    @Tag("AA-10")
    void accept_ofWhatTheCustomerSealed_isInTheVaultOnceAndItsKeyIsDestroyed() {
        Intake intake = create(ACME);
        IntakeOffer offer = IntakeOffer.parse(intake.offer().toText());
        String sent = customer.seal(offer, CANARY).toText();

        SecretReference reference = accept(SealedSecretMessage.parse(sent));

        assertThat(offer).isEqualTo(intake.offer());
        assertThat(offer.fingerprint()).isEqualTo(intake.offer().fingerprint()).matches("([0-9a-f]{4}-){3}[0-9a-f]{4}");
        assertThat(sent).doesNotContain(CANARY);
        assertThat(vault.open(reference).reveal()).isEqualTo(CANARY);
        assertThat(reference.name()).isEqualTo(NAME);
        assertThat(state(intake)).isEqualTo(IntakeState.CONSUMED);
        assertThat(kept(ACME)).containsExactly(NAME);
        assertThat(vault.receipts(ACME)).hasSize(1);
        refused(IntakeError.INTAKE_CONSUMED, () -> accept(SealedSecretMessage.parse(sent)), "serves once");
        assertThat(vault.current(ACME, NAME).orElseThrow().reference()).isEqualTo(reference);
    }

    @Test
    @Tag("BI-28")
    void accept_ofAnyChangedByte_isRefusedAndTheIntakeStaysOpen() {
        Intake intake = create(ACME);
        SealedSecretMessage message = customer.seal(intake.offer(), CANARY);
        byte[] sealed = Base64.getUrlDecoder().decode(message.sealed());

        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= (byte) (1 << (i % 8));
            refusedToOpen(message, changed);
        }
        refusedToOpen(message, Arrays.copyOf(sealed, sealed.length - 1));
        refusedToOpen(message, Arrays.copyOf(sealed, 10));
        refusedToOpen(message, new byte[0]);

        assertThat(state(intake)).isEqualTo(IntakeState.OPEN);
        assertThat(accept(message).version()).isEqualTo(1);
    }

    private void refusedToOpen(SealedSecretMessage message, byte[] changed) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
        refused(
                IntakeError.INTAKE_NOT_OPENED,
                () -> accept(new SealedSecretMessage(message.intake(), message.tenant(), text)),
                "sealed again");
    }

    @Test
    void parse_ofAnyChangedOrMissingCharacter_isRefused() {
        Intake intake = create(ACME);
        String offer = intake.offer().toText();
        String sent = customer.seal(intake.offer(), CANARY).toText();

        for (int i = 0; i < offer.length(); i++) {
            String changed = offer.substring(0, i) + (offer.charAt(i) == 'A' ? 'B' : 'A') + offer.substring(i + 1);
            refused(IntakeError.INTAKE_TEXT_DAMAGED, () -> IntakeOffer.parse(changed), "copy all of it again");
        }
        for (int i = 0; i < sent.length(); i++) {
            String cut = sent.substring(0, i);
            refused(IntakeError.INTAKE_TEXT_DAMAGED, () -> SealedSecretMessage.parse(cut), "copy all of it again");
        }
        refused(
                IntakeError.INTAKE_TEXT_DAMAGED,
                () -> SealedSecretMessage.parse("lks1." + "A".repeat(16 * 1024)),
                "16384");
        refused(IntakeError.INTAKE_TEXT_DAMAGED, () -> SealedSecretMessage.parse(offer), "lks1.");
        refused(IntakeError.INTAKE_TEXT_DAMAGED, () -> SealedSecretMessage.parse(CANARY), "lks1.");
        assertThat(SealedSecretMessage.parse(" " + sent + "\n").toText()).isEqualTo(sent);
    }

    @Test
    @Tag("BI-28")
    void accept_ofAMessageMovedToAnotherIntakeOrTenant_isRefused() {
        Intake first = create(ACME);
        Intake second = create(ACME);
        Intake other = create(BOLT);
        SealedSecretMessage message = customer.seal(first.offer(), CANARY);
        IntakeOffer longer = new IntakeOffer(
                first.id(),
                ACME,
                NAME,
                first.offer().publicKey(),
                first.offer().expires().plusSeconds(60));

        refused(
                IntakeError.INTAKE_NOT_OPENED,
                () -> accept(new SealedSecretMessage(second.id(), ACME, message.sealed())));
        refused(
                IntakeError.INTAKE_NOT_OPENED,
                () -> accept(new SealedSecretMessage(other.id(), BOLT, message.sealed())));
        refused(
                IntakeError.INTAKE_NOT_FOUND,
                () -> accept(new SealedSecretMessage(first.id(), BOLT, message.sealed())),
                "bolt");
        refused(IntakeError.INTAKE_NOT_OPENED, () -> accept(customer.seal(longer, CANARY)));

        assertThat(kept(ACME)).doesNotContain(NAME);
        assertThat(kept(BOLT)).doesNotContain(NAME);
    }

    @Test
    @Tag("BI-28")
    void accept_ofASecretThatTheWorkspaceRefuses_changesNothingAndSaysWhy() {
        Intake intake = create(ACME);

        refused(
                CoreError.WRONG_SECRET,
                () -> accept(customer.seal(intake.offer(), "wrong")),
                "stays open",
                "refuses the client secret");

        assertThat(kept(ACME)).doesNotContain(NAME);
        assertThat(accept(customer.seal(intake.offer(), CANARY)).version()).isEqualTo(1);
    }

    @Test
    void intakes_thatHaveExpiredOrWereWithdrawn_takeNothingAndHaveNoKey() {
        Intake late = create(ACME);
        Intake withdrawn = create(ACME);
        SealedSecretMessage toLate = customer.seal(late.offer(), CANARY);
        SealedSecretMessage toWithdrawn = customer.seal(withdrawn.offer(), CANARY);
        Intake unused = intakes.withdraw(ACME, withdrawn.id());
        refused(IntakeError.INTAKE_WITHDRAWN, () -> accept(toWithdrawn), "withdrawn");
        now.set(late.offer().expires().minusMillis(1));
        assertThat(state(late)).isEqualTo(IntakeState.OPEN);

        now.set(late.offer().expires());

        refused(IntakeError.INTAKE_EXPIRED, () -> accept(toLate), "make another");
        refused(IntakeError.INTAKE_EXPIRED, () -> customer.seal(late.offer(), CANARY), "another one");
        refused(IntakeError.INTAKE_EXPIRED, () -> intakes.withdraw(ACME, late.id()));
        assertThat(state(late)).isEqualTo(IntakeState.EXPIRED);
        assertThat(state(withdrawn)).isEqualTo(IntakeState.WITHDRAWN);
        assertThat(kept(ACME)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " s3cret", "s3cret ", "s3cret\n", "\ts3cret", "s3\ncret", "s3\u0000cret"})
    void seal_ofWhatIsNoSecretAsItStands_isRefused(String secret) {
        IntakeOffer offer = create(ACME).offer();

        refused(IntakeError.INTAKE_SECRET_MALFORMED, () -> customer.seal(offer, secret), "seal it again");
    }

    @Test
    void accept_ofWhatAnotherProgramSealedCarelessly_isRefused() {
        Intake intake = create(ACME);
        for (byte[] bad : List.of(
                "s3cret\n".getBytes(StandardCharsets.UTF_8),
                new byte[] {(byte) 0xff, 1},
                new byte[9000],
                new byte[0])) {
            byte[] key = Base64.getUrlDecoder().decode(intake.offer().publicKey());
            byte[] context = String.join(
                            "\n",
                            "lakeport intake 1",
                            intake.id(),
                            "acme",
                            NAME,
                            intake.offer().publicKey(),
                            Long.toString(intake.offer().expires().getEpochSecond()))
                    .getBytes(StandardCharsets.UTF_8);
            String sealed = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(new HpkeIntakeCipher().seal(key, bad, context));

            refused(
                    IntakeError.INTAKE_SECRET_MALFORMED,
                    () -> accept(new SealedSecretMessage(intake.id(), ACME, sealed)));
        }
        assertThat(state(intake)).isEqualTo(IntakeState.OPEN);
    }

    @Test
    void create_forTooLongOrForASecretThatNobodyUses_isRefused() {
        assertThatThrownBy(() -> intakes.create(ACME, NAME, Intakes.MOST_TIME.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("14 days");
        refused(IntakeError.INTAKE_NOT_USED, () -> intakes.create(ACME, "other", Intakes.USUAL_TIME));
        assertThat(kept(ACME)).isEmpty();
    }

    @Test
    @Tag("BI-28")
    void accept_byManyHostsAtOnce_oneWinsAndTheOthersAreTold() throws Exception {
        Intake intake = create(ACME);
        SealedSecretMessage message = customer.seal(intake.offer(), CANARY);
        int hosts = 8;
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < hosts; i++) {
            Intakes host = host();
            calls.add(() -> {
                try {
                    return host.accept(message, Deadline.after(Duration.ofSeconds(10)))
                            .toString();
                } catch (LakeportException e) {
                    return e.code().name();
                }
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(hosts);
        List<String> results = new ArrayList<>();
        for (Future<String> result : threads.invokeAll(calls)) {
            results.add(result.get());
        }
        threads.shutdown();

        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(results).filteredOn(text -> text.startsWith("sealed:")).hasSize(1);
        assertThat(results)
                .filteredOn(text -> !text.startsWith("sealed:"))
                .isSubsetOf("INTAKE_BUSY", "INTAKE_CONSUMED")
                .hasSize(hosts - 1);
        assertThat(kept(ACME)).containsExactly(NAME);
    }

    @Test
    void accept_whileTheIntakeIsWithdrawn_keepsNoSecret() {
        Intake intake = create(ACME);
        SealedSecretMessage message = customer.seal(intake.offer(), CANARY);
        IntakeTrial slow = new IntakeTrial() {
            @Override
            public void requireUsed(TenantId tenant, String name) {}

            @Override
            public void signIn(TenantId tenant, String name, Secret candidate, Deadline deadline) {
                Intake unused = intakes.withdraw(ACME, intake.id());
            }
        };
        Intakes host = new Intakes(store, vault, new HpkeIntakeCipher(), slow, clock);

        assertThatThrownBy(() -> host.accept(message, Deadline.after(Duration.ofSeconds(10))))
                .isInstanceOf(LakeportException.class)
                .hasMessageNotContaining(CANARY);

        assertThat(state(intake)).isEqualTo(IntakeState.WITHDRAWN);
        assertThat(kept(ACME)).isEmpty();
    }

    @Test
    void list_afterAHostDiedBeforeItDestroyedTheKey_destroysIt() {
        Intake intake = create(ACME);
        SealedSecretMessage message = customer.seal(intake.offer(), CANARY);
        SecretVault dying = (SecretVault) Proxy.newProxyInstance(
                SecretVault.class.getClassLoader(), new Class<?>[] {SecretVault.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("destroy")) {
                        throw new IllegalStateException("the host died");
                    }
                    return method.invoke(vault, arguments);
                });
        Intakes host = new Intakes(store, dying, new HpkeIntakeCipher(), new Workspace(), clock);
        assertThatThrownBy(() -> host.accept(message, Deadline.after(Duration.ofSeconds(10))))
                .hasMessage("the host died");
        assertThat(kept(ACME)).hasSize(2);

        assertThat(state(intake)).isEqualTo(IntakeState.CONSUMED);

        assertThat(kept(ACME)).containsExactly(NAME);
    }
}
