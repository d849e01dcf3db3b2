package io.lakeport.core.auth.user;

import io.lakeport.core.secret.Secret;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A credential as it stands in the state store: what may be shown in clear, and beside it the secrets, sealed. */
final class CredentialText {
    private static final String PROPERTY = "property.";
    private static final String SEALED = "sealed";
    private static final String KEY = "key";

    private CredentialText() {}

    /**
     * Writes a credential.
     *
     * @param reference where the vault keeps the key
     */
    static String write(UserCredential credential, Secret key, String reference) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("user", credential.owner().user().value());
        texts.put("method", credential.method());
        texts.put("obtained", credential.obtainedAt().toString());
        credential.renewedAt().ifPresent(at -> texts.put("renewed", at.toString()));
        credential.lastUsedAt().ifPresent(at -> texts.put("used", at.toString()));
        credential.ended().ifPresent(why -> texts.put("ended", why));
        credential.properties().forEach((name, value) -> texts.put(PROPERTY + name, value));
        Map<String, String> secrets = new LinkedHashMap<>();
        credential.secrets().forEach((name, secret) -> secrets.put(name, secret.reveal()));
        texts.put(KEY, reference);
        texts.put(SEALED, SealedText.seal(secrets, key, credential.owner().toString()));
        return SealedText.lines(texts);
    }

    /** Returns whose a credential is. */
    static String user(Map<String, String> texts) {
        return texts.getOrDefault("user", "");
    }

    /** Returns where the vault keeps the key of a credential. */
    static String reference(Map<String, String> texts) {
        return texts.getOrDefault(KEY, "");
    }

    static UserCredential read(ConnectionUser owner, Map<String, String> texts, Secret key) {
        Map<String, String> properties = new LinkedHashMap<>();
        texts.forEach((name, text) -> {
            if (name.startsWith(PROPERTY)) {
                properties.put(name.substring(PROPERTY.length()), text);
            }
        });
        Map<String, Secret> secrets = new LinkedHashMap<>();
        SealedText.open(texts.getOrDefault(SEALED, ""), key, owner.toString())
                .forEach((name, text) -> secrets.put(name, Secret.of(text)));
        return new UserCredential(
                owner,
                texts.getOrDefault("method", ""),
                properties,
                secrets,
                Instant.parse(texts.getOrDefault("obtained", "")),
                instant(texts, "renewed"),
                instant(texts, "used"),
                Optional.ofNullable(texts.get("ended")));
    }

    private static Optional<Instant> instant(Map<String, String> texts, String name) {
        return Optional.ofNullable(texts.get(name)).map(Instant::parse);
    }
}
