package io.lakeport.core.auth.user;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.DestructionReceipt;
import io.lakeport.core.secret.SealedSecret;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretError;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.state.Batch;
import io.lakeport.core.state.Document;
import io.lakeport.core.state.DocumentKey;
import io.lakeport.core.state.DocumentPage;
import io.lakeport.core.state.Lease;
import io.lakeport.core.state.StateError;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.state.StateStore;
import io.lakeport.core.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Credentials in the state store, which hosts may share, with secrets sealed under a key of each user that the vault
 * keeps. To forget a user destroys that key, so that what is left of the credential anywhere opens no more. Thread-safe.
 */
public final class StoredUserCredentials implements UserCredentials {
    private static final String KIND = "user-credential";
    private static final int PAGE = 200;
    private static final String SIGN_IN_KEY = "users/sign-in";

    private final StateStore states;
    private final SecretVault vault;
    private final BegunSignIns begun;

    /** Creates it over a store and a vault, which the caller closes. */
    public StoredUserCredentials(StateStore states, SecretVault vault, Clock clock) {
        this.states = states;
        this.vault = vault;
        this.begun = new BegunSignIns(states.host(), tenant -> keyOf(tenant, SIGN_IN_KEY), vault::open, clock);
    }

    /** A user's name may hold what keys and names may not. */
    private static String hash(UserId user) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(user.value().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static DocumentKey document(ConnectionUser owner) {
        return DocumentKey.of(KIND, hash(owner.user()));
    }

    private static String keyName(ConnectionUser owner) {
        return "users/" + hash(owner.user());
    }

    private StateSpace space(TenantId tenant) {
        return states.of(tenant);
    }

    /** Returns the key of that name, made when there is none; of two that are made at once, the newer counts. */
    private SecretReference keyOf(TenantId tenant, String name) {
        return vault.current(tenant, name).map(SealedSecret::reference).orElseGet(() -> {
            SecretReference made = vault.seal(tenant, name, SealedText.newKey(), Optional.empty());
            return vault.current(tenant, name).map(SealedSecret::reference).orElse(made);
        });
    }

    @Override
    public Optional<Kept> find(ConnectionUser owner) {
        return space(owner.tenant()).get(document(owner)).flatMap(found -> read(owner, found));
    }

    private Optional<Kept> read(ConnectionUser owner, Document found) {
        Map<String, String> texts = SealedText.texts(found.text());
        try {
            Secret key = vault.open(SecretReference.parse(CredentialText.reference(texts)));
            return Optional.of(new Kept(CredentialText.read(owner, texts, key), found.revision()));
        } catch (LakeportException e) {
            // Between the removal of a credential and that of its key, or the other way round, it is gone already.
            if (e.is(SecretError.SECRET_DESTROYED) || e.is(SecretError.SECRET_NOT_FOUND)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public List<UserCredential> of(UserId user, Collection<TenantId> tenants) {
        return tenants.stream()
                .map(tenant -> new ConnectionUser(tenant, user))
                .flatMap(owner -> find(owner).stream())
                .map(Kept::credential)
                .sorted(Comparator.comparing(
                        credential -> credential.owner().tenant().value()))
                .toList();
    }

    @Override
    public List<UserCredential> of(TenantId tenant) {
        List<UserCredential> all = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            DocumentPage page = space(tenant).list(KIND, "", after, PAGE);
            for (Document found : page.documents()) {
                UserId user = UserId.of(CredentialText.user(SealedText.texts(found.text())));
                read(new ConnectionUser(tenant, user), found).ifPresent(kept -> all.add(kept.credential()));
            }
            after = page.next();
        } while (after.isPresent());
        all.sort(Comparator.comparing(credential -> credential.owner().user().value()));
        return List.copyOf(all);
    }

    @Override
    public Optional<Long> write(UserCredential credential, long expected) {
        ConnectionUser owner = credential.owner();
        StateSpace space = space(owner.tenant());
        long there = space.get(document(owner)).map(Document::revision).orElse(0L);
        // What cannot be opened any more is as good as gone, to whoever read it and to whoever writes.
        long seen = there == 0 || find(owner).isEmpty() ? 0 : there;
        if (seen != expected) {
            return Optional.empty();
        }
        SecretReference key = keyOf(owner.tenant(), keyName(owner));
        byte[] content = CredentialText.write(credential, vault.open(key), key.toString())
                .getBytes(StandardCharsets.UTF_8);
        Batch.Builder batch = Batch.builder();
        Batch.Builder unused =
                there == 0 ? batch.create(document(owner), content) : batch.replace(document(owner), content, there);
        try {
            return Optional.of(space.apply(batch.build()));
        } catch (LakeportException e) {
            if (e.is(StateError.STATE_CONFLICT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public boolean remove(ConnectionUser owner) {
        StateSpace space = space(owner.tenant());
        boolean there = space.get(document(owner)).isPresent();
        space.delete(document(owner));
        String name = keyName(owner);
        vault.list(owner.tenant()).stream()
                .map(SealedSecret::reference)
                .filter(key -> key.name().equals(name))
                .forEach(key -> {
                    DestructionReceipt unused = vault.destroy(key);
                });
        return there;
    }

    @Override
    public Optional<Claim> claim(ConnectionUser owner, Duration life) {
        StateSpace space = space(owner.tenant());
        Optional<Lease> lease = space.acquire(
                "renew/" + hash(owner.user()),
                "thread " + Thread.currentThread().getName() + " " + UUID.randomUUID(),
                life);
        return lease.map(held -> () -> {
            boolean unused = space.release(held);
        });
    }

    @Override
    public long forget(TenantId tenant) {
        long forgotten = begun.forget(tenant);
        StateSpace space = space(tenant);
        List<Document> found = space.list(KIND, "", Optional.empty(), PAGE).documents();
        while (!found.isEmpty()) {
            Batch.Builder batch = Batch.builder();
            found.forEach(document -> batch.delete(document.key()));
            space.apply(batch.build());
            forgotten += found.size();
            found = space.list(KIND, "", Optional.empty(), PAGE).documents();
        }
        return forgotten;
    }

    @Override
    public void begin(Begun one) {
        begun.begin(one);
    }

    @Override
    public Returned take(String stateHash) {
        return begun.take(stateHash);
    }
}
