package io.lakeport.auth.vault;

import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.state.Batch;
import io.lakeport.core.state.Document;
import io.lakeport.core.state.DocumentKey;
import io.lakeport.core.state.DocumentPage;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Where a tenant's vault keeps its documents. */
final class VaultSpace {
    private static final String SECRET = "vault-secret";
    private static final String USE = "vault-use";
    private static final String GONE = "vault-gone";
    private static final String NAME = "vault-name";
    private static final String RECEIPT = "vault-receipt";
    private static final DocumentKey KEYRING = DocumentKey.of("vault-keyring", "keyring");
    private static final int PAGE = 200;

    private final TenantId tenant;
    private final StateSpace space;

    VaultSpace(TenantId tenant, StateSpace space) {
        this.tenant = tenant;
        this.space = space;
    }

    /** A keyring and the revision at which it was read, 0 when there was none. */
    record ReadKeyring(Keyring ring, long revision) {}

    TenantId tenant() {
        return tenant;
    }

    StateSpace documents() {
        return space;
    }

    static DocumentKey keyring() {
        return KEYRING;
    }

    static DocumentKey secret(SecretReference reference) {
        return DocumentKey.of(SECRET, text(reference));
    }

    static DocumentKey use(SecretReference reference) {
        return DocumentKey.of(USE, text(reference));
    }

    static DocumentKey gone(SecretReference reference) {
        return DocumentKey.of(GONE, text(reference));
    }

    static DocumentKey name(String name) {
        return DocumentKey.of(NAME, name);
    }

    static DocumentKey receipt(Instant at, String proof) {
        return DocumentKey.of(
                RECEIPT, String.format(Locale.ROOT, "%015d-%s", at.toEpochMilli(), proof.substring(0, 16)));
    }

    /** Versions of a name are ordered as numbers; '#' is in no name. */
    private static String text(SecretReference reference) {
        return reference.name() + String.format(Locale.ROOT, "#%018d", reference.version());
    }

    SecretReference reference(Document secret) {
        String text = secret.key().key();
        int mark = text.lastIndexOf('#');
        return new SecretReference(tenant, text.substring(0, mark), Long.parseLong(text.substring(mark + 1)));
    }

    ReadKeyring readKeyring() {
        return space.get(KEYRING)
                .map(document -> new ReadKeyring(Keyring.parse(tenant, document.content()), document.revision()))
                .orElseGet(() -> new ReadKeyring(new Keyring(List.of()), 0));
    }

    /** Adds the keyring to a batch that may be applied only if nobody else changed it. */
    static void write(Batch.Builder batch, Keyring ring, long revision) {
        if (revision == 0) {
            batch.create(KEYRING, ring.toBytes());
        } else {
            batch.replace(KEYRING, ring.toBytes(), revision);
        }
    }

    List<Document> secrets(String prefix) {
        List<Document> all = new ArrayList<>();
        each(SECRET, prefix, all::add);
        return all;
    }

    List<Document> receipts() {
        List<Document> all = new ArrayList<>();
        each(RECEIPT, "", all::add);
        return all;
    }

    private void each(String kind, String prefix, Consumer<Document> sink) {
        Optional<String> after = Optional.empty();
        do {
            DocumentPage page = space.list(kind, prefix, after, PAGE);
            page.documents().forEach(sink);
            after = page.next();
        } while (after.isPresent());
    }

    Optional<Instant> lastUse(SecretReference reference) {
        return space.get(use(reference)).map(document -> Instant.parse(document.text()));
    }

    void used(SecretReference reference, Instant now) {
        space.put(use(reference), now.toString().getBytes(StandardCharsets.UTF_8));
    }
}
