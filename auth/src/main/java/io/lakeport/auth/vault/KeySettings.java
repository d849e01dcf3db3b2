package io.lakeport.auth.vault;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.KeyProvider;
import io.lakeport.core.sql.NearestName;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The settings of one kind of master keys. Errors name them, and never a secret's value. */
final class KeySettings {
    private final String kind;
    private final KeyProvider.KeyContext context;

    KeySettings(String kind, KeyProvider.KeyContext context) {
        this.kind = kind;
        this.context = context;
    }

    void requireKnown(Set<String> properties, Set<String> secrets) {
        check("property", context.properties().keySet(), properties);
        check("secret", context.secrets().keySet(), secrets);
    }

    private void check(String what, Set<String> given, Set<String> known) {
        for (String name : new TreeSet<>(given)) {
            if (!known.contains(name)) {
                throw invalid(what + " '" + name + "' is not known" + NearestName.hint(name, known) + "; it has "
                        + (known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known))));
            }
        }
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(context.properties().get(name)).filter(value -> !value.isBlank());
    }

    String required(String name) {
        return text(name).orElseThrow(() -> invalid("property '" + name + "' is missing"));
    }

    LakeportException invalid(String what) {
        return new LakeportException(CoreError.INVALID_CONFIGURATION, "master keys '" + kind + "': " + what);
    }
}
