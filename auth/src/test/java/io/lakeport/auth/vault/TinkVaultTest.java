package io.lakeport.auth.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.auth.CanaryWatch;
import io.lakeport.auth.Contexts;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.DestructionReceipt;
import io.lakeport.core.secret.KeyProvider;
import io.lakeport.core.secret.SealedSecret;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretError;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.state.Document;
import io.lakeport.core.state.DocumentKey;
import io.lakeport.core.state.InMemoryStateStore;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.state.StateStore;
import io.lakeport.core.tenant.TenantId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TinkVaultTest {
    private static final TenantId ACME = TenantId.of("acme");
    private static final TenantId BOLT = TenantId.of("bolt");
    private static final String CANARY = Contexts.CANARY;
    private static final Secret SECRET = Secret.of(CANARY);
    private static final String OLD = "old:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final String NEW = "new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    private static final String OTHER_OLD = "old:AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";
    private static final String NAME = "databricks/client-secret";

    @RegisterExtension
    final CanaryWatch watch = new CanaryWatch();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
    private final StateStore store = new InMemoryStateStore(Clock.systemUTC());
    private final SecretVault vault = vault(OLD);

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

    private SecretVault vault(String keys) {
        KeyProvider.KeyContext context =
                new KeyProvider.KeyContext(Map.of(), Map.of("key", Secret.of(keys)), Path.of("."));
        return new TinkVaultProvider().open(store, new VariableKeyProvider().open(context), new Hand());
    }

    private static void fails(SecretError expected, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(LakeportException.class, e -> {
            assertThat(e.code()).as(e.getMessage()).isEqualTo(expected.toErrorCode());
            CanaryWatch.assertClean(e);
        });
    }

    private Document document(StateSpace space, String kind) {
        return space.list(kind, "", Optional.empty(), 10).documents().get(0);
    }

    @Test
    void open_ofWhatWasSealed_returnsItAndTellsEverythingElse() {
        Instant expires = now.get().plus(Duration.ofDays(700));
        SecretReference reference = vault.seal(ACME, NAME, SECRET, Optional.of(expires));
        assertThat(reference).hasToString("sealed:acme:databricks/client-secret#1");
        assertThat(SecretReference.parse(reference.toString())).isEqualTo(reference);
        assertThat(vault.list(ACME)).singleElement().satisfies(found -> {
            assertThat(found.reference()).isEqualTo(reference);
            assertThat(found.created()).isEqualTo(now.get());
            assertThat(found.expires()).contains(expires);
            assertThat(found.lastUsed()).isEmpty();
            assertThat(found.masterKey()).isEqualTo("old");
            assertThat(found.toString()).doesNotContain("canary");
        });
        assertThat(vault.open(reference).sameValueAs(SECRET)).isTrue();
        Instant first = now.get();
        now.set(first.plusSeconds(30));
        vault.open(reference);
        assertThat(vault.list(ACME).get(0).lastUsed()).contains(first);
        now.set(first.plusSeconds(61));
        vault.open(reference);
        assertThat(vault.list(ACME).get(0).lastUsed()).contains(now.get());
        assertThat(vault.list(BOLT)).isEmpty();
    }

    @Test
    void seal_underOneNameAgain_keepsBothVersionsUntilOneIsDestroyed() {
        SecretReference first = vault.seal(ACME, NAME, SECRET, Optional.empty());
        SecretReference second = vault.seal(ACME, NAME, Secret.of("another"), Optional.empty());
        assertThat(second.version()).isGreaterThan(first.version());
        assertThat(vault.current(ACME, NAME).map(SealedSecret::reference)).contains(second);
        assertThat(vault.open(first).sameValueAs(SECRET)).isTrue();
        vault.destroy(first);
        assertThat(vault.open(second).reveal()).isEqualTo("another");
        vault.destroy(second);
        assertThat(vault.current(ACME, NAME)).isEmpty();
        assertThat(vault.seal(ACME, NAME, SECRET, Optional.empty()).version()).isEqualTo(3);
    }

    @Test
    void stateStore_holdsNothingInClear() {
        vault.seal(ACME, NAME, SECRET, Optional.empty());
        StateSpace acme = store.of(ACME);
        for (String kind : List.of("vault-secret", "vault-keyring", "vault-name")) {
            for (Document document : acme.list(kind, "", Optional.empty(), 10).documents()) {
                assertThat(document.text()).doesNotContain("canary");
            }
        }
    }

    @Test
    void open_ofSealedBytesMovedToAnotherTenantNameOrVersion_isRefused() {
        SecretReference mine = vault.seal(ACME, NAME, SECRET, Optional.empty());
        vault.seal(BOLT, NAME, Secret.of("bolt's own"), Optional.empty());
        byte[] sealed =
                store.of(ACME).get(VaultSpace.secret(mine)).orElseThrow().content();
        byte[] ring = store.of(ACME).get(VaultSpace.keyring()).orElseThrow().content();
        for (SecretReference other : List.of(
                new SecretReference(BOLT, NAME, 1),
                new SecretReference(ACME, "another", 1),
                new SecretReference(ACME, NAME, 2))) {
            store.of(other.tenant()).put(VaultSpace.secret(other), sealed);
            fails(SecretError.SECRET_DAMAGED, () -> vault.open(other));
        }
        // Not even together with the other tenant's data keys.
        store.of(BOLT).put(VaultSpace.keyring(), ring);
        fails(SecretError.MASTER_KEY_WRONG, () -> vault(OLD).open(new SecretReference(BOLT, NAME, 1)));
        assertThat(vault.open(mine).sameValueAs(SECRET)).isTrue();
    }

    @Test
    void open_ofChangedOrCutBytes_saysWhich() {
        SecretReference reference = vault.seal(ACME, NAME, SECRET, Optional.of(now.get()));
        StateSpace acme = store.of(ACME);
        DocumentKey key = VaultSpace.secret(reference);
        byte[] good = acme.get(key).orElseThrow().content();
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            acme.put(key, bad);
            assertThatThrownBy(() -> vault.open(reference))
                    .as("byte %d changed", at)
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.code().name()).isIn("SECRET_DAMAGED", "SECRET_TRUNCATED"));
        }
        for (int length = 0; length < good.length; length++) {
            acme.put(key, Arrays.copyOf(good, length));
            fails(SecretError.SECRET_TRUNCATED, () -> vault.open(reference));
        }
        acme.put(key, Arrays.copyOf(good, good.length + 1));
        fails(SecretError.SECRET_DAMAGED, () -> vault.open(reference));
        acme.put(key, good);
        assertThat(vault.open(reference).sameValueAs(SECRET)).isTrue();
        byte[] ring = acme.get(VaultSpace.keyring()).orElseThrow().content();
        ring[ring.length / 2] ^= 1;
        acme.put(VaultSpace.keyring(), ring);
        fails(SecretError.SECRET_DAMAGED, () -> vault(OLD).open(reference));
    }

    @Test
    void open_underAnotherMasterKey_saysWhetherItIsMissingOrWrong() {
        SecretReference reference = vault.seal(ACME, NAME, SECRET, Optional.empty());
        fails(SecretError.MASTER_KEY_UNKNOWN, () -> vault(NEW).open(reference));
        fails(SecretError.MASTER_KEY_WRONG, () -> vault(OTHER_OLD).open(reference));
        assertThatThrownBy(() -> vault(NEW).open(reference))
                .hasMessageContaining("'old'")
                .hasMessageContaining("[new]")
                .hasMessageContaining("lakeport vault rewrap");
    }

    @Test
    void rewrap_underANewMasterKey_leavesTheOldOneUnneeded() {
        SecretReference reference = vault.seal(ACME, NAME, SECRET, Optional.empty());
        byte[] sealed =
                store.of(ACME).get(VaultSpace.secret(reference)).orElseThrow().content();
        SecretVault both = vault(OLD + "," + NEW);
        assertThat(both.open(reference).sameValueAs(SECRET)).isTrue();
        assertThat(both.rewrap(ACME)).isEqualTo(1);
        assertThat(both.rewrap(ACME)).isZero();
        assertThat(both.list(ACME).get(0).masterKey()).isEqualTo("new");
        assertThat(vault(NEW).open(reference).sameValueAs(SECRET)).isTrue();
        assertThat(store.of(ACME)
                        .get(VaultSpace.secret(reference))
                        .orElseThrow()
                        .content())
                .as("secrets are not touched")
                .isEqualTo(sealed);
    }

    @Test
    void destroy_ofOneSecret_leavesNoKeyThatOpensACopyOfIt() {
        SecretReference doomed = vault.seal(ACME, NAME, SECRET, Optional.empty());
        List<SecretReference> others = IntStream.range(0, 450)
                .mapToObj(i -> vault.seal(ACME, "other/" + i, Secret.of("value " + i), Optional.empty()))
                .toList();
        byte[] copy =
                store.of(ACME).get(VaultSpace.secret(doomed)).orElseThrow().content();
        String oldKey = vault.list(ACME).get(0).dataKey();

        DestructionReceipt receipt = vault.destroy(doomed);

        assertThat(receipt.destroyed()).containsExactly(doomed);
        assertThat(receipt.dataKeys()).containsExactly(oldKey);
        assertThat(receipt.masterKey()).isEqualTo("old");
        assertThat(receipt.at()).isEqualTo(now.get());
        assertThat(receipt.evidence()).containsExactly(Digests.hex(copy));
        assertThat(vault.receipts(ACME)).containsExactly(receipt);
        fails(SecretError.SECRET_DESTROYED, () -> vault.open(doomed));
        fails(SecretError.SECRET_DESTROYED, () -> vault.destroy(doomed));
        fails(SecretError.SECRET_NOT_FOUND, () -> vault.open(new SecretReference(ACME, "never", 1)));
        store.of(ACME).put(VaultSpace.secret(doomed), copy);
        fails(SecretError.SECRET_DAMAGED, () -> vault.open(doomed));
        fails(SecretError.SECRET_DAMAGED, () -> vault(OLD).open(doomed));
        store.of(ACME).delete(VaultSpace.secret(doomed));
        for (int i = 0; i < others.size(); i++) {
            assertThat(vault.open(others.get(i)).reveal()).isEqualTo("value " + i);
        }
        assertThat(vault.list(ACME))
                .extracting(SealedSecret::dataKey)
                .doesNotContain(oldKey)
                .isNotEmpty();
    }

    @Test
    void destroyAll_ofATenant_leavesOthersAndCanBeRepeated() {
        SecretReference one = vault.seal(ACME, "a", SECRET, Optional.empty());
        SecretReference two = vault.seal(ACME, "b", SECRET, Optional.empty());
        SecretReference bolts = vault.seal(BOLT, "a", SECRET, Optional.empty());
        DestructionReceipt receipt = vault.destroyAll(ACME);
        assertThat(receipt.destroyed()).containsExactly(one, two);
        assertThat(receipt.dataKeys()).hasSize(1);
        fails(SecretError.SECRET_DESTROYED, () -> vault.open(one));
        assertThat(store.of(ACME).get(VaultSpace.keyring())).isEmpty();
        assertThat(vault.list(ACME)).isEmpty();
        assertThat(vault.open(bolts).sameValueAs(SECRET)).isTrue();
        now.set(now.get().plusSeconds(1));
        assertThat(vault.destroyAll(ACME).destroyed()).isEmpty();
        assertThat(vault.receipts(ACME)).hasSize(2).first().isEqualTo(receipt);
        Document kept = document(store.of(ACME), "vault-receipt");
        store.of(ACME)
                .put(kept.key(), kept.text().replace("#1", "#9").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        fails(SecretError.SECRET_DAMAGED, () -> vault.receipts(ACME));
    }

    @Test
    void sealAndDestroy_fromSeveralThreads_loseNothing() {
        SecretVault second = vault(OLD);
        SecretReference doomed = vault.seal(ACME, "doomed", SECRET, Optional.empty());
        List<SecretReference> sealed = IntStream.range(0, 40)
                .parallel()
                .mapToObj(i -> {
                    if (i == 20) {
                        vault.destroy(doomed);
                    }
                    return (i % 2 == 0 ? vault : second)
                            .seal(ACME, "n" + i % 4, Secret.of("value " + i), Optional.empty());
                })
                .toList();
        assertThat(sealed).doesNotHaveDuplicates();
        for (int i = 0; i < sealed.size(); i++) {
            assertThat(vault(OLD).open(sealed.get(i)).reveal()).isEqualTo("value " + i);
        }
        fails(SecretError.SECRET_DESTROYED, () -> second.open(doomed));
    }
}
