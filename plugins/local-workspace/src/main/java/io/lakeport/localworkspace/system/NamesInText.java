package io.lakeport.localworkspace.system;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what a statement may name. Looks at its text, not at its grammar, so it may find too much, which costs a refresh,
 * but also what stands in texts for IDENTIFIER() and EXECUTE IMMEDIATE.
 */
final class NamesInText {
    private static final Pattern CHAIN =
            Pattern.compile("(?:`[^`]+`|[\\p{L}_][\\w$]*)(?:\\s*\\.\\s*(?:`[^`]+`|[\\p{L}_][\\w$]*))*");
    private static final Pattern PART = Pattern.compile("`([^`]+)`|([\\p{L}_][\\w$]*)");

    private NamesInText() {}

    /** Returns all names of up to three levels in lower case, each completed with the current catalog and schema. */
    static Set<String> find(String sql, String catalog, String schema) {
        Set<String> names = new LinkedHashSet<>();
        Matcher chain = CHAIN.matcher(sql);
        while (chain.find()) {
            List<String> parts = parts(chain.group());
            // A chain may go on with columns and fields, so that each beginning may be the table.
            for (int length = 1; length <= Math.min(3, parts.size()); length++) {
                names.add(complete(parts.subList(0, length), catalog, schema));
            }
        }
        return names;
    }

    private static List<String> parts(String chain) {
        List<String> parts = new ArrayList<>();
        Matcher part = PART.matcher(chain);
        while (part.find()) {
            String name = part.group(1) != null ? part.group(1) : part.group(2);
            parts.add(name.toLowerCase(Locale.ROOT));
        }
        return parts;
    }

    private static String complete(List<String> parts, String catalog, String schema) {
        String name = String.join(".", parts);
        return switch (parts.size()) {
            case 1 -> catalog + "." + schema + "." + name;
            case 2 -> catalog + "." + name;
            default -> name;
        };
    }
}
