package io.lakeport.app.cache;

import io.lakeport.core.query.RowCursor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The answer to {@code DESCRIBE TABLE EXTENDED} (Databricks SQL reference): what a table or view is, and a digest of all
 * that was said of it, which changes with its columns, its text, its place, its filters and its masks.
 *
 * @param details by lower-case name
 * @param digest of the whole answer
 * @param governed whether rows are filtered or columns masked for whoever asks
 */
record Described(Map<String, String> details, String digest, boolean governed) {
    /** What changes without a change of the table. */
    private static final Set<String> VOLATILE = Set.of("last access", "statistics");

    static Described read(RowCursor rows) {
        Map<String, String> details = new HashMap<>();
        MessageDigest digest = sha256();
        boolean governed = false;
        while (rows.next()) {
            String name = text(rows, 0);
            String key = name.toLowerCase(Locale.ROOT);
            if (!VOLATILE.contains(key)) {
                for (int i = 0; i < rows.schema().size(); i++) {
                    digest.update((text(rows, i) + '\u0000').getBytes(StandardCharsets.UTF_8));
                }
            }
            governed |= key.contains("row filter") || key.contains("column mask");
            // The columns come first, and one may be called as a detail is.
            details.put(key, text(rows, 1));
        }
        return new Described(details, HexFormat.of().formatHex(digest.digest()), governed);
    }

    private static String text(RowCursor rows, int column) {
        return rows.isNull(column) ? "" : String.valueOf(rows.getObject(column));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    Optional<String> detail(String name) {
        return Optional.ofNullable(details.get(name)).filter(text -> !text.isBlank());
    }

    boolean isView() {
        return detail("type").filter("VIEW"::equalsIgnoreCase).isPresent();
    }

    /** Whether it is a table whose every change is a version in its own log. */
    boolean isVersioned() {
        String type = detail("type").orElse("").toUpperCase(Locale.ROOT);
        return (type.equals("MANAGED") || type.equals("EXTERNAL"))
                && detail("provider").filter("delta"::equalsIgnoreCase).isPresent();
    }
}
