package io.lakeport.auth.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.lakeport.core.secret.KeyProvider;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.state.InMemoryStateStore;
import io.lakeport.core.state.StateStore;
import io.lakeport.core.tenant.TenantId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who holds a secret after it was used: nobody. */
class HeapTest {
    private static final TenantId ACME = TenantId.of("acme");

    @TempDir
    Path folder;

    private int dumps;

    /** Made anew each time from its seed, so that the test does not hold it either. */
    private static String canary(long seed) {
        StringBuilder text = new StringBuilder("heap-canary-");
        new Random(seed).ints(24, 'a', 'z').forEach(c -> text.append((char) c));
        return text.toString();
    }

    private boolean isInTheHeap(long seed) throws IOException {
        Path dump = folder.resolve("heap" + dumps++ + ".hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
        String all = Files.readString(dump, StandardCharsets.ISO_8859_1);
        Files.delete(dump);
        return all.contains(canary(seed));
    }

    @Test
    void heap_afterASecretWasSealedAndOpened_holdsItNoMore() throws Exception {
        long seed = System.nanoTime();
        KeyProvider.KeyContext context =
                new KeyProvider.KeyContext(Map.of("path", "key", "create", "true"), Map.of(), folder);
        try (StateStore store = new InMemoryStateStore(Clock.systemUTC())) {
            SecretVault vault =
                    new TinkVaultProvider().open(store, new FileKeyProvider().open(context), Clock.systemUTC());
            SecretReference reference = vault.seal(ACME, "a", Secret.of(canary(seed)), Optional.empty());
            Secret opened = vault.open(reference);
            assertThat(isInTheHeap(seed))
                    .as("while it is in hand, so that the search finds it")
                    .isTrue();
            Reference.reachabilityFence(opened);
            opened = null;
            assertThat(isInTheHeap(seed)).as("after it was used").isFalse();
            assertThat(vault.open(reference).reveal().equals(canary(seed))).isTrue();
        }
    }
}
