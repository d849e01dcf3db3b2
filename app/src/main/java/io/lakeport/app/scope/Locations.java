package io.lakeport.app.scope;

import io.lakeport.app.scope.SqlTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads off a statement the places beyond tables that it names as text: files of a volume, objects of a bucket
 * ({@code COPY INTO}, {@code LOCATION}, {@code INSERT OVERWRITE DIRECTORY}, {@code PUT}, {@code GET}, {@code LIST},
 * {@code REMOVE}).
 */
final class Locations {
    private static final Set<String> LOCATION_FOLLOWS =
            Set.of("FROM", "INTO", "DIRECTORY", "LOCATION", "LIST", "PUT", "GET", "REMOVE", "RM", "TO", "URL", "PATH");
    /** Statements in which FROM is followed by a place also within parentheses. */
    private static final Set<String> FILE_STATEMENTS = Set.of("COPY", "PUT", "GET", "LIST", "REMOVE", "RM");

    private Locations() {}

    /** Returns the texts that stand where a place stands. */
    static List<String> of(List<Token> tokens) {
        List<String> found = new ArrayList<>();
        boolean files = !tokens.isEmpty() && FILE_STATEMENTS.contains(upper(tokens.get(0)));
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol('(') ? 1 : token.isSymbol(')') ? -1 : 0;
            boolean text = token.kind() == SqlTokens.Kind.STRING && i > 0;
            if (text && (depth == 0 || files) && LOCATION_FOLLOWS.contains(upper(tokens.get(i - 1)))) {
                found.add(token.text());
            }
        }
        return found;
    }

    private static String upper(Token token) {
        return token.text().toUpperCase(Locale.ROOT);
    }

    /**
     * A place in a volume.
     *
     * @param catalog of the volume
     * @param schema of the volume
     */
    record VolumePlace(String catalog, String schema) {}

    /** Returns the volume of a path, empty for any other place. */
    static Optional<VolumePlace> volume(String text) {
        String path = text.replaceFirst("^(?i)(dbfs|file):/+(?=Volumes/)", "/");
        String[] parts = path.split("/", -1);
        boolean volume = path.startsWith("/Volumes/") && parts.length >= 5;
        boolean escapes = List.of(parts).contains("..") || path.contains("\\") || path.contains("%");
        return volume && !escapes ? Optional.of(new VolumePlace(parts[2], parts[3])) : Optional.empty();
    }
}
