package io.lakeport.localworkspace.rest.unity;

import java.util.Locale;
import java.util.regex.Pattern;

/** SQL's LIKE, without regard to case. */
final class Likeness {
    private Likeness() {}

    static boolean fits(String pattern, String name) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toLowerCase(Locale.ROOT).toCharArray()) {
            regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL)
                .matcher(name.toLowerCase(Locale.ROOT))
                .matches();
    }
}
