package io.lakeport.auth.vault;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.DestructionReceipt;
import io.lakeport.core.secret.MasterKeys;
import io.lakeport.core.secret.SealedSecret;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretError;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.state.Batch;
import io.lakeport.core.state.Document;
import io.lakeport.core.state.StateError;
import io.lakeport.core.state.StateStore;
import io.lakeport.core.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A vault over a state store: every change is one batch that is applied only if nobody else was faster. */
final class TinkVault implements SecretVault {
    private static final int TRIES = 20;

    private final StateStore store;
    private final DataKeys keys;
    private final Clock clock;
    private final Shredder shredder;

    TinkVault(StateStore store, MasterKeys masters, Clock clock) {
        this.store = store;
        this.keys = new DataKeys(masters);
        this.clock = clock;
        this.shredder = new Shredder(keys, clock);
    }

    private VaultSpace space(TenantId tenant) {
        return new VaultSpace(tenant, store.of(tenant));
    }

    /** Does it again while others change the same documents. */
    private static <T> T untilFirst(Supplier<T> change) {
        for (int left = TRIES; ; left--) {
            try {
                return change.get();
            } catch (LakeportException e) {
                if (left == 1 || !e.is(StateError.STATE_CONFLICT)) {
                    throw e;
                }
            }
        }
    }

    @Override
    public SecretReference seal(TenantId tenant, String name, Secret secret, Optional<Instant> expires) {
        SecretReference.requireName(name);
        byte[] clear = secret.reveal().getBytes(StandardCharsets.UTF_8);
        try {
            Optional<Instant> until = expires.map(instant -> instant.truncatedTo(ChronoUnit.MILLIS));
            return untilFirst(() -> sealOnce(space(tenant), name, clear, until));
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    private SecretReference sealOnce(VaultSpace space, String name, byte[] clear, Optional<Instant> expires) {
        Batch.Builder batch = Batch.builder();
        VaultSpace.ReadKeyring read = space.readKeyring();
        Keyring.Key key = read.ring().current().orElseGet(() -> keys.make(space.tenant()));
        if (read.ring().current().isEmpty()) {
            VaultSpace.write(batch, read.ring().with(key), read.revision());
        } else {
            batch.require(VaultSpace.keyring(), read.revision());
        }
        SecretReference reference = new SecretReference(space.tenant(), name, nextVersion(space, name, batch));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        byte[] sealed =
                keys.open(space.tenant(), key).seal(clear, SealedBytes.purpose(reference, key.id(), now, expires));
        batch.create(VaultSpace.secret(reference), new SealedBytes(key.id(), now, expires, sealed).toBytes());
        space.documents().apply(batch.build());
        return reference;
    }

    private static long nextVersion(VaultSpace space, String name, Batch.Builder batch) {
        Optional<Document> last = space.documents().get(VaultSpace.name(name));
        long version = last.map(Document::text).map(Long::parseLong).orElse(0L) + 1;
        byte[] text = Long.toString(version).getBytes(StandardCharsets.UTF_8);
        if (last.isPresent()) {
            batch.replace(VaultSpace.name(name), text, last.get().revision());
        } else {
            batch.create(VaultSpace.name(name), text);
        }
        return version;
    }

    @Override
    public Secret open(SecretReference reference) {
        VaultSpace space = space(reference.tenant());
        Document document = find(space, reference);
        SealedBytes sealed = SealedBytes.parse(reference, document.content());
        Keyring.Key key = space.readKeyring()
                .ring()
                .find(sealed.dataKey())
                .orElseThrow(() -> SealedBytes.damaged(reference, "its data key is not there"));
        byte[] clear = keys.open(reference.tenant(), key)
                .open(sealed.ciphertext(), sealed.purpose(reference))
                .orElseThrow(() -> SealedBytes.damaged(reference, "its bytes were changed or belong elsewhere"));
        try {
            recordUse(space, reference);
            return Secret.of(new String(clear, StandardCharsets.UTF_8));
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    private void recordUse(VaultSpace space, SecretReference reference) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        boolean recent = space.lastUse(reference)
                .map(last -> !last.isAfter(now) && last.plus(LAST_USE_PRECISION).isAfter(now))
                .orElse(false);
        if (!recent) {
            space.used(reference, now);
        }
    }

    static Document find(VaultSpace space, SecretReference reference) {
        return space.documents().get(VaultSpace.secret(reference)).orElseThrow(() -> absent(space, reference));
    }

    private static LakeportException absent(VaultSpace space, SecretReference reference) {
        boolean gone = space.documents().get(VaultSpace.gone(reference)).isPresent();
        return new LakeportException(
                        gone ? SecretError.SECRET_DESTROYED : SecretError.SECRET_NOT_FOUND,
                        "there is no sealed secret '" + reference + "': "
                                + (gone
                                        ? "it was destroyed, and the receipt says when; seal a new one"
                                        : "nothing was sealed under that name and version; list what there is"))
                .with("secret", reference.toString());
    }

    @Override
    public Optional<SealedSecret> current(TenantId tenant, String name) {
        VaultSpace space = space(tenant);
        List<Document> versions = space.secrets(SecretReference.requireName(name) + "#");
        return versions.isEmpty()
                ? Optional.empty()
                : Optional.of(describe(space, space.readKeyring().ring(), versions.get(versions.size() - 1)));
    }

    @Override
    public List<SealedSecret> list(TenantId tenant) {
        VaultSpace space = space(tenant);
        List<Document> secrets = space.secrets("");
        Keyring ring = space.readKeyring().ring();
        return secrets.stream().map(document -> describe(space, ring, document)).toList();
    }

    private static SealedSecret describe(VaultSpace space, Keyring ring, Document document) {
        SecretReference reference = space.reference(document);
        SealedBytes sealed = SealedBytes.parse(reference, document.content());
        return new SealedSecret(
                reference,
                sealed.created(),
                sealed.expires(),
                space.lastUse(reference),
                sealed.dataKey(),
                ring.find(sealed.dataKey()).map(key -> key.wrapped().keyId()).orElse("none"));
    }

    @Override
    public int rewrap(TenantId tenant) {
        return untilFirst(() -> {
            VaultSpace space = space(tenant);
            VaultSpace.ReadKeyring read = space.readKeyring();
            String current = keys.currentMaster();
            long old = read.ring().keys().stream()
                    .filter(key -> !key.wrapped().keyId().equals(current))
                    .count();
            if (old > 0) {
                Batch.Builder batch = Batch.builder();
                List<Keyring.Key> wrapped = read.ring().keys().stream()
                        .map(key -> key.wrapped().keyId().equals(current) ? key : keys.rewrap(tenant, key))
                        .toList();
                VaultSpace.write(batch, new Keyring(wrapped), read.revision());
                space.documents().apply(batch.build());
            }
            return (int) old;
        });
    }

    @Override
    public DestructionReceipt destroy(SecretReference reference) {
        return untilFirst(() -> shredder.destroy(space(reference.tenant()), reference));
    }

    @Override
    public DestructionReceipt destroyAll(TenantId tenant) {
        return untilFirst(() -> shredder.destroyAll(space(tenant)));
    }

    @Override
    public List<DestructionReceipt> receipts(TenantId tenant) {
        return space(tenant).receipts().stream().map(Receipts::parse).toList();
    }

    @Override
    public long forgetReceipts(TenantId tenant, Instant before) {
        VaultSpace space = space(tenant);
        List<Document> old = space.receipts().stream()
                .filter(document -> Receipts.parse(document).at().isBefore(before))
                .toList();
        old.forEach(document -> space.documents().delete(document.key()));
        return old.size();
    }
}
