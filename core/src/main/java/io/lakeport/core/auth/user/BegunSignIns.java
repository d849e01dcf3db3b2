package io.lakeport.core.auth.user;

import io.lakeport.core.auth.user.UserCredentials.Begun;
import io.lakeport.core.auth.user.UserCredentials.Coming;
import io.lakeport.core.auth.user.UserCredentials.Returned;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.state.Batch;
import io.lakeport.core.state.Document;
import io.lakeport.core.state.DocumentKey;
import io.lakeport.core.state.DocumentPage;
import io.lakeport.core.state.StateError;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Sign-ins on their way through browsers, in the state store, so that any host can take the callback. Thread-safe. */
final class BegunSignIns {
    private static final String KIND = "sign-in";
    private static final String SPENT = "spent";

    /** How long a state is known to have come before. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private static final int SWEPT_AT_ONCE = 100;

    private final StateSpace space;
    private final Function<TenantId, SecretReference> keys;
    private final Function<SecretReference, Secret> vault;
    private final Clock clock;

    BegunSignIns(
            StateSpace space,
            Function<TenantId, SecretReference> keys,
            Function<SecretReference, Secret> vault,
            Clock clock) {
        this.space = space;
        this.keys = keys;
        this.vault = vault;
        this.clock = clock;
    }

    void begin(Begun begun) {
        sweep();
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("tenant", begun.owner().tenant().value());
        texts.put("user", begun.owner().user().value());
        texts.put("redirect", begun.redirect());
        texts.put("scope", begun.scope());
        texts.put("ends", begun.endsAt().toString());
        Map<String, String> secrets = Map.of(
                "nonce", begun.nonce().reveal(), "verifier", begun.verifier().reveal());
        SecretReference key = keys.apply(begun.owner().tenant());
        texts.put("key", key.toString());
        texts.put("sealed", SealedText.seal(secrets, vault.apply(key), begun.stateHash()));
        long unused = space.create(key(begun.stateHash()), bytes(texts));
    }

    private static DocumentKey key(String stateHash) {
        return DocumentKey.of(KIND, stateHash);
    }

    private static byte[] bytes(Map<String, String> texts) {
        return SealedText.lines(texts).getBytes(StandardCharsets.UTF_8);
    }

    /** What nobody came back with is forgotten by those who begin after it. */
    private void sweep() {
        Instant before = clock.instant().minus(REMEMBERED);
        for (Document document :
                space.list(KIND, "", Optional.empty(), SWEPT_AT_ONCE).documents()) {
            String ends = SealedText.texts(document.text()).getOrDefault("ends", "");
            if (Instant.parse(ends).isBefore(before)) {
                space.delete(document.key());
            }
        }
    }

    /** Forgets those of a tenant; returns how many. */
    long forget(TenantId tenant) {
        long forgotten = 0;
        Optional<String> after = Optional.empty();
        do {
            DocumentPage page = space.list(KIND, "", after, SWEPT_AT_ONCE);
            for (Document document : page.documents()) {
                if (tenant.value().equals(SealedText.texts(document.text()).get("tenant"))) {
                    space.delete(document.key());
                    forgotten++;
                }
            }
            after = page.next();
        } while (after.isPresent());
        return forgotten;
    }

    Returned take(String stateHash) {
        Optional<Document> found = space.get(key(stateHash));
        if (found.isEmpty()) {
            return new Returned(Coming.UNKNOWN, Optional.empty());
        }
        Map<String, String> texts = SealedText.texts(found.get().text());
        if (texts.containsKey(SPENT)) {
            return new Returned(Coming.AGAIN, Optional.empty());
        }
        // Of many that come at a time, the one whose write is applied is the first.
        Map<String, String> spent = Map.of(SPENT, "yes", "ends", texts.getOrDefault("ends", ""));
        try {
            long unused = space.apply(Batch.builder()
                    .replace(found.get().key(), bytes(spent), found.get().revision())
                    .build());
        } catch (LakeportException e) {
            if (e.is(StateError.STATE_CONFLICT)) {
                return new Returned(Coming.AGAIN, Optional.empty());
            }
            throw e;
        }
        return new Returned(Coming.FIRST, Optional.of(begun(stateHash, texts)));
    }

    private Begun begun(String stateHash, Map<String, String> texts) {
        ConnectionUser owner = new ConnectionUser(
                TenantId.of(texts.getOrDefault("tenant", "")), UserId.of(texts.getOrDefault("user", "")));
        Secret key = vault.apply(SecretReference.parse(texts.getOrDefault("key", "")));
        Map<String, String> secrets = SealedText.open(texts.getOrDefault("sealed", ""), key, stateHash);
        return new Begun(
                stateHash,
                owner,
                texts.getOrDefault("redirect", ""),
                texts.getOrDefault("scope", ""),
                Secret.of(secrets.getOrDefault("nonce", "")),
                Secret.of(secrets.getOrDefault("verifier", "")),
                Instant.parse(texts.getOrDefault("ends", "")));
    }
}
