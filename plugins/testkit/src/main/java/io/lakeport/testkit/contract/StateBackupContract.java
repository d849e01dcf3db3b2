package io.lakeport.testkit.contract;

import static io.lakeport.testkit.contract.StateWorld.ACME;
import static io.lakeport.testkit.contract.StateWorld.BOLT;
import static io.lakeport.testkit.contract.StateWorld.bytes;
import static io.lakeport.testkit.contract.StateWorld.errorOf;
import static io.lakeport.testkit.contract.StateWorld.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.state.BackupInfo;
import io.lakeport.core.state.Batch;
import io.lakeport.core.state.Document;
import io.lakeport.core.state.Lease;
import io.lakeport.core.state.StateError;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.state.StateStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a state store must do that can be backed up. */
public interface StateBackupContract {
    /** Opens a new, empty store; the implementing test closes it after the test. */
    StateStore emptyStore();

    @Test
    default void restore_ofABackup_bringsBackEveryDocumentAndEndsLeases(@TempDir Path folder) {
        StateStore store = emptyStore();
        store.of(ACME).put(key("é/1"), new byte[] {0, -1, 13, 10});
        store.host().put(key("a"), bytes("host"));
        Document before = store.of(ACME).get(key("é/1")).orElseThrow();
        BackupInfo taken = store.backup(folder.resolve("state.backup"));
        assertThat(taken.documents()).isEqualTo(2);
        long later = store.of(BOLT).put(key("b"), bytes("later"));
        Lease lease = store.host().acquire("run", "me", Duration.ofMinutes(1)).orElseThrow();

        assertThatThrownBy(() -> store.restore(folder.resolve("state.backup"), false))
                .satisfies(errorOf(StateError.STATE_NOT_EMPTY))
                .hasMessageContaining("--replace");
        assertThat(store.restore(folder.resolve("state.backup"), true)).isEqualTo(taken);
        Document after = store.of(ACME).get(key("é/1")).orElseThrow();
        assertThat(after).isEqualTo(before);
        assertThat(after.created()).isEqualTo(before.created());
        assertThat(store.host().get(key("a")).orElseThrow().text()).isEqualTo("host");
        assertThat(store.tenants(Optional.empty(), 10)).containsExactly(ACME);
        assertThat(store.host().holder("run")).isEmpty();
        assertThat(store.of(BOLT).put(key("b"), bytes("new"))).isGreaterThan(later);
        assertThat(store.host()
                        .acquire("run", "me", Duration.ofMinutes(1))
                        .orElseThrow()
                        .token())
                .isGreaterThan(lease.token());
    }

    @Test
    default void backup_whileOthersWrite_holdsWholeBatchesOnly(@TempDir Path folder) throws Exception {
        StateStore store = emptyStore();
        StateSpace acme = store.of(ACME);
        AtomicBoolean enough = new AtomicBoolean();
        acme.apply(Batch.builder()
                .put(key("a"), bytes("0"))
                .put(key("z"), bytes("0"))
                .build());
        CompletableFuture<Integer> writing = CompletableFuture.supplyAsync(() -> {
            int n = 0;
            while (!enough.get()) {
                n++;
                acme.apply(Batch.builder()
                        .put(key("a"), bytes("" + n))
                        .put(key("m" + n), new byte[1000])
                        .put(key("z"), bytes("" + n))
                        .build());
            }
            return n;
        });
        for (int i = 0; i < 4; i++) {
            store.backup(folder.resolve("b" + i));
        }
        enough.set(true);
        assertThat(writing.get()).isPositive();
        for (int i = 0; i < 4; i++) {
            store.restore(folder.resolve("b" + i), true);
            String n = acme.get(key("a")).orElseThrow().text();
            assertThat(acme.get(key("z")).orElseThrow().text()).isEqualTo(n);
            assertThat(acme.list("thing", "m", Optional.empty(), 1000).documents())
                    .hasSize(Integer.parseInt(n));
        }
    }

    @Test
    default void backup_whereAFileIs_leavesItAlone(@TempDir Path folder) throws Exception {
        Path there = Files.writeString(folder.resolve("there"), "mine");
        StateStore store = emptyStore();
        assertThatThrownBy(() -> store.backup(there)).satisfies(errorOf(StateError.STATE_NOT_EMPTY));
        assertThat(there).hasContent("mine");
        assertThatThrownBy(() -> store.backup(folder.resolve("no/such/folder"))).hasMessageContaining("no/such/folder");
    }

    @Test
    default void restore_ofADamagedBackup_isRefusedAndChangesNothing(@TempDir Path folder) throws Exception {
        StateStore store = emptyStore();
        for (int i = 0; i < 50; i++) {
            store.of(ACME).put(key("k" + i), bytes("value " + i));
        }
        store.backup(folder.resolve("good"));
        byte[] good = Files.readAllBytes(folder.resolve("good"));
        store.of(ACME).put(key("k0"), bytes("changed"));
        for (int at = 0; at < good.length; at += Math.max(1, good.length / 25)) {
            byte[] bad = good.clone();
            // One bit of the header of the compressed stream means nothing; two bits of it never both do.
            bad[at] ^= 0x11;
            Path file = Files.write(folder.resolve("bad" + at), bad);
            if (at < 24 || at > 33) {
                assertThatThrownBy(() -> store.restore(file, true))
                        .as("byte %d changed", at)
                        .satisfies(errorOf(StateError.STATE_DAMAGED));
            }
            Path cut = Files.write(folder.resolve("cut" + at), java.util.Arrays.copyOf(good, at));
            assertThatThrownBy(() -> store.restore(cut, true))
                    .as("cut after %d", at)
                    .satisfies(errorOf(StateError.STATE_DAMAGED));
        }
        assertThat(store.of(ACME).get(key("k0")).orElseThrow().text()).isEqualTo("changed");
        assertThatThrownBy(() -> store.restore(folder.resolve("absent"), true))
                .satisfies(errorOf(StateError.STATE_DAMAGED))
                .hasMessageContaining("absent");
    }
}
