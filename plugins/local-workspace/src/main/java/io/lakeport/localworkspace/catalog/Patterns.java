package io.lakeport.localworkspace.catalog;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The patterns of SHOW: {@code *} and {@code %} are any text, {@code |} separates alternatives, case does not count. */
public final class Patterns {
    private Patterns() {}

    /** Whether a name fits a pattern; {@code null} fits every name. */
    public static boolean matches(@Nullable String pattern, String name) {
        if (pattern == null) {
            return true;
        }
        for (String part : pattern.split("\\|", -1)) {
            StringBuilder regex = new StringBuilder();
            for (char c : part.toCharArray()) {
                regex.append(c == '*' || c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
            if (Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
                    .matcher(name.toLowerCase(Locale.ROOT))
                    .matches()) {
                return true;
            }
        }
        return false;
    }
}
