package io.lakeport.auth.vault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lakeport.core.secret.MasterKeys;
import io.lakeport.core.tenant.TenantId;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;

/**
 * Opens data keys, and keeps the newest of them open for a short time: a key service would be asked for each secret
 * otherwise. A key that was destroyed opens nothing even here, because what it sealed is gone.
 */
final class DataKeys {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int MOST = 1000;

    private final MasterKeys masters;
    private final Cache<String, Cipher> open = Caffeine.newBuilder()
            .expireAfterWrite(KEPT)
            .maximumSize(MOST)
            .executor(Runnable::run)
            .build();

    DataKeys(MasterKeys masters) {
        this.masters = masters;
    }

    private static String purpose(TenantId tenant, String id) {
        return "lakeport data key of " + tenant + " " + id;
    }

    String currentMaster() {
        return masters.currentId();
    }

    Keyring.Key make(TenantId tenant) {
        String id = UUID.randomUUID().toString();
        byte[] key = Cipher.newKey();
        try {
            return new Keyring.Key(id, masters.wrap(key, purpose(tenant, id)));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    Cipher open(TenantId tenant, Keyring.Key key) {
        return Objects.requireNonNull(open.get(tenant + " " + key.id(), name -> {
            byte[] clear = masters.unwrap(key.wrapped(), purpose(tenant, key.id()));
            try {
                return Cipher.of(clear);
            } finally {
                Arrays.fill(clear, (byte) 0);
            }
        }));
    }

    Keyring.Key rewrap(TenantId tenant, Keyring.Key key) {
        byte[] clear = masters.unwrap(key.wrapped(), purpose(tenant, key.id()));
        try {
            return new Keyring.Key(key.id(), masters.wrap(clear, purpose(tenant, key.id())));
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    void forget(TenantId tenant, String id) {
        open.invalidate(tenant + " " + id);
    }
}
