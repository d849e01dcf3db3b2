package io.lakeport.core.doctor;

import io.lakeport.core.grant.Privilege;
import io.lakeport.core.grant.Securable;
import io.lakeport.core.grant.SecurableType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The privilege that Unity Catalog says is missing. It names the outermost one, in SQL and REST alike: {@code User does
 * not have USE SCHEMA on Schema 'main.sales'}.
 *
 * @param privilege which
 * @param securable on what
 */
public record Refusal(Privilege privilege, Securable securable) {
    private static final Pattern WORDS = Pattern.compile(
            "does not have (?:the )?([A-Z][A-Z_ ]*?)(?: privilege)? on (Catalog|Schema|Table|View|Volume|External Location|"
                    + "Storage Credential|Metastore) '([^']*)'");

    /** Reads it from what the workspace said; empty when it says something else. */
    public static Optional<Refusal> of(String said) {
        Matcher words = WORDS.matcher(said);
        if (!words.find()) {
            return Optional.empty();
        }
        SecurableType type = words.group(2).equals("View")
                ? SecurableType.TABLE
                : SecurableType.of(words.group(2)).orElse(SecurableType.TABLE);
        try {
            List<String> levels = type.levels() > 1 ? List.of(words.group(3).split("\\.")) : List.of(words.group(3));
            Securable securable = type == SecurableType.METASTORE ? Securable.METASTORE : new Securable(type, levels);
            return Optional.of(new Refusal(Privilege.parse(words.group(1), type), securable));
        } catch (IllegalArgumentException e) {
            // A name with other levels than its type has: told by the workspace's words alone.
            return Optional.empty();
        }
    }
}
