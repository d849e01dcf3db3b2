package io.lakeport.storage.state;

import io.lakeport.core.state.Batch;
import io.lakeport.core.state.Document;
import io.lakeport.core.state.DocumentKey;
import io.lakeport.core.state.Lease;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.state.StateStore;
import io.lakeport.core.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A process that writes until it is killed, and prints what was acknowledged, a line each. */
final class KilledWriter {
    static final TenantId TENANT = TenantId.of("acme");
    static final int KEPT = 40;
    static final Duration TTL = Duration.ofMillis(300);

    private KilledWriter() {}

    static DocumentKey key(String name) {
        return DocumentKey.of("thing", name);
    }

    static DocumentKey entry(long n) {
        return DocumentKey.of("entry", String.format("%012d", n));
    }

    /** Returns the batch that takes the state from n - 1 to n: two heads, one entry more, one entry less. */
    static Batch batch(long n) {
        byte[] text = Long.toString(n).getBytes(StandardCharsets.UTF_8);
        Batch.Builder batch =
                Batch.builder().put(key("a"), text).put(key("z"), text).put(entry(n), new byte[2000]);
        if (n > KEPT) {
            batch.delete(entry(n - KEPT));
        }
        return batch.build();
    }

    static long newest(StateSpace space) {
        return space.get(key("a")).map(Document::text).map(Long::parseLong).orElse(0L);
    }

    static StateStore open(String kind, String place) {
        if (kind.equals("embedded")) {
            return Stores.embedded(Path.of(place), Map.of());
        }
        String[] parts = place.split("/");
        return Stores.postgres(Integer.parseInt(parts[0]), Map.of("schema", parts[1]), "any");
    }

    /** Arguments: embedded FOLDER, or postgresql PORT/SCHEMA. */
    public static void main(String[] args) {
        try (StateStore store = open(args[0], args[1])) {
            StateSpace space = store.of(TENANT);
            for (long n = newest(space) + 1; ; n++) {
                space.apply(batch(n));
                System.out.println("batch " + n);
                Optional<Lease> lease =
                        space.acquire("run", "writer " + ProcessHandle.current().pid(), TTL);
                if (lease.isPresent()) {
                    System.out.println("lease " + lease.get().token());
                    if (n % 3 == 0) {
                        space.release(lease.get());
                    }
                }
            }
        }
    }
}
