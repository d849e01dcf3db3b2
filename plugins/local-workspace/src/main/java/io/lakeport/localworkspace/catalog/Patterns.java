package io.lakeport.localworkspace.catalog;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of SHOW, as Spark reads them: {@code *} is any text, {@code |} separates alternatives, everything else is
 * a regular expression; case does not count. Drivers rely on it: they write JDBC's {@code _} as a dot.
 */
public final class Patterns {
    private Patterns() {}

    /** Whether a name fits a pattern; {@code null} fits every name, and one that is no regular expression fits none. */
    public static boolean matches(@Nullable String pattern, String name) {
        if (pattern == null) {
            return true;
        }
        for (String part : pattern.strip().split("\\|")) {
            try {
                String regex = part.replace("*", ".*");
                if (Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL)
                        .matcher(name)
                        .matches()) {
                    return true;
                }
            } catch (PatternSyntaxException e) {
                // Spark passes over such a part as well.
                continue;
            }
        }
        return false;
    }
}
