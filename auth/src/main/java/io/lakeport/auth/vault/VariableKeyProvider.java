package io.lakeport.auth.vault;

import io.lakeport.core.secret.KeyProvider;
import io.lakeport.core.secret.MasterKeys;
import io.lakeport.core.secret.Secret;
import java.util.Optional;
import java.util.Set;

/**
 * Master keys that the configuration gives, as a rule from a variable that it names: the secret {@code key} is <code>
 * ${env:NAME}</code>, and holds {@code id:base64} entries separated by commas, the current key last. No properties.
 */
public final class VariableKeyProvider implements KeyProvider {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public VariableKeyProvider() {}

    @Override
    public String name() {
        return "variable";
    }

    @Override
    public MasterKeys open(KeyContext context) {
        KeySettings settings = new KeySettings("variable", context);
        settings.requireKnown(Set.of(), Set.of("key"));
        Optional<Secret> key = Optional.ofNullable(context.secrets().get("key"));
        return KeySet.parse(
                "the secret 'key'",
                key.orElseThrow(() -> settings.invalid("secret 'key' is missing; expected a reference such as"
                                + " ${env:LAKEPORT_MASTER_KEY}"))
                        .reveal());
    }
}
