package io.lakeport.auth.vault;

import io.lakeport.core.secret.DestructionReceipt;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.state.Batch;
import io.lakeport.core.state.Document;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Destroys secrets by destroying the data key that sealed them. To destroy one of several, the others are sealed under a
 * new key first.
 */
final class Shredder {
    private static final int AT_ONCE = 200;

    private final DataKeys keys;
    private final Clock clock;

    Shredder(DataKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    DestructionReceipt destroy(VaultSpace space, SecretReference reference) {
        Document doomed = TinkVault.find(space, reference);
        VaultSpace.ReadKeyring before = space.readKeyring();
        Keyring.Key fresh = keys.make(space.tenant());
        Batch.Builder adding = Batch.builder();
        VaultSpace.write(adding, before.ring().with(fresh), before.revision());
        // From here on others seal under the new key, and nobody but this call removes the old ones.
        long revision = space.documents().apply(adding.build());
        resealOthers(space, before.ring(), fresh, revision, reference);
        DestructionReceipt receipt = receipt(space, before.ring(), List.of(doomed));
        Batch.Builder last = Batch.builder();
        VaultSpace.write(last, new Keyring(List.of(fresh)), revision);
        remove(space, last, doomed);
        keep(last, receipt);
        space.documents().apply(last.build());
        before.ring().keys().forEach(key -> keys.forget(space.tenant(), key.id()));
        return receipt;
    }

    private void resealOthers(VaultSpace space, Keyring old, Keyring.Key fresh, long revision, SecretReference doomed) {
        List<Document> others = space.secrets("").stream()
                .filter(document -> !space.reference(document).equals(doomed))
                .filter(document -> isSealedBy(old, space, document))
                .toList();
        for (int from = 0; from < others.size(); from += AT_ONCE) {
            Batch.Builder batch = Batch.builder().require(VaultSpace.keyring(), revision);
            for (Document other : others.subList(from, Math.min(others.size(), from + AT_ONCE))) {
                batch.replace(other.key(), reseal(space, old, fresh, other), other.revision());
            }
            space.documents().apply(batch.build());
        }
    }

    private byte[] reseal(VaultSpace space, Keyring old, Keyring.Key fresh, Document document) {
        SecretReference reference = space.reference(document);
        SealedBytes sealed = SealedBytes.parse(reference, document.content());
        Keyring.Key key = old.find(sealed.dataKey())
                .orElseThrow(() -> SealedBytes.damaged(reference, "its data key is not there"));
        byte[] clear = keys.open(space.tenant(), key)
                .open(sealed.ciphertext(), sealed.purpose(reference))
                .orElseThrow(() -> SealedBytes.damaged(reference, "its bytes were changed or belong elsewhere"));
        try {
            byte[] again = keys.open(space.tenant(), fresh)
                    .seal(clear, SealedBytes.purpose(reference, fresh.id(), sealed.created(), sealed.expires()));
            return new SealedBytes(fresh.id(), sealed.created(), sealed.expires(), again).toBytes();
        } finally {
            java.util.Arrays.fill(clear, (byte) 0);
        }
    }

    DestructionReceipt destroyAll(VaultSpace space) {
        List<Document> doomed = space.secrets("");
        VaultSpace.ReadKeyring read = space.readKeyring();
        DestructionReceipt receipt = receipt(space, read.ring(), doomed);
        Batch.Builder first = Batch.builder();
        if (read.revision() != 0) {
            first.delete(VaultSpace.keyring(), read.revision());
        }
        keep(first, receipt);
        // Once the keys are gone nothing opens any more; what follows only tidies up.
        space.documents().apply(first.build());
        read.ring().keys().forEach(key -> keys.forget(space.tenant(), key.id()));
        removeAll(space, doomed);
        List<Document> late = space.secrets("").stream()
                .filter(document -> isSealedBy(read.ring(), space, document))
                .toList();
        if (!late.isEmpty()) {
            // Sealed after the list was made and before the keys went: they are lost as well, and it is said.
            Batch.Builder batch = Batch.builder();
            keep(batch, receipt(space, read.ring(), late));
            space.documents().apply(batch.build());
            removeAll(space, late);
        }
        return receipt;
    }

    private static boolean isSealedBy(Keyring ring, VaultSpace space, Document document) {
        String key =
                SealedBytes.parse(space.reference(document), document.content()).dataKey();
        return ring.find(key).isPresent();
    }

    private static void removeAll(VaultSpace space, List<Document> doomed) {
        for (int from = 0; from < doomed.size(); from += AT_ONCE) {
            Batch.Builder batch = Batch.builder();
            doomed.subList(from, Math.min(doomed.size(), from + AT_ONCE))
                    .forEach(document -> remove(space, batch, document));
            space.documents().apply(batch.build());
        }
    }

    private static void remove(VaultSpace space, Batch.Builder batch, Document document) {
        SecretReference reference = space.reference(document);
        batch.delete(document.key());
        batch.delete(VaultSpace.use(reference));
        batch.put(VaultSpace.gone(reference), "destroyed".getBytes(StandardCharsets.UTF_8));
    }

    private static void keep(Batch.Builder batch, DestructionReceipt receipt) {
        batch.put(VaultSpace.receipt(receipt.at(), receipt.proof()), Receipts.write(receipt));
    }

    private DestructionReceipt receipt(VaultSpace space, Keyring ring, List<Document> doomed) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<SecretReference> references = doomed.stream().map(space::reference).toList();
        List<String> dataKeys = ring.keys().stream().map(Keyring.Key::id).toList();
        String master = ring.current().map(key -> key.wrapped().keyId()).orElse("none");
        List<String> evidence =
                doomed.stream().map(document -> Digests.hex(document.content())).toList();
        String proof = Receipts.proof(space.tenant(), references, dataKeys, master, at, evidence);
        return new DestructionReceipt(space.tenant(), references, dataKeys, master, at, proof, evidence);
    }
}
