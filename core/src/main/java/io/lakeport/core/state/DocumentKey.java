package io.lakeport.core.state;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Names a document within its space. Keys are ordered by kind and then by their code points, in every store alike.
 *
 * @param kind what it is about: 1 to 63 characters of {@code a-z 0-9 _ -}, beginning with a letter
 * @param key its name within the kind: 1 to 512 bytes of UTF-8 without control characters
 */
public record DocumentKey(String kind, String key) implements Comparable<DocumentKey> {
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
    private static final int MOST_BYTES = 512;
    private static final Comparator<DocumentKey> ORDER =
            Comparator.comparing(DocumentKey::kind).thenComparing(DocumentKey::key, DocumentKey::compareText);

    public DocumentKey {
        requireKind(kind);
        Objects.requireNonNull(key, "key");
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a document of kind '" + kind + "' has an empty key; name it");
        }
        requireText("key", key);
    }

    /** Returns the key of those two parts. */
    public static DocumentKey of(String kind, String key) {
        return new DocumentKey(kind, key);
    }

    static String requireKind(String kind) {
        Objects.requireNonNull(kind, "kind");
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("document kind '" + kind
                    + "' is not legal: use 1 to 63 of a-z, 0-9, '_' and '-', beginning with a letter");
        }
        return kind;
    }

    /** Makes sure that every store can hold the text as it is, and orders it the same way. */
    static String requireText(String what, String text) {
        if (text.length() > MOST_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "the " + what + " of a document is longer than " + MOST_BYTES + " bytes of UTF-8; shorten it");
        }
        boolean illegal = text.codePoints()
                .anyMatch(c ->
                        Character.isISOControl(c) || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
        if (illegal) {
            throw new IllegalArgumentException(
                    "the " + what + " of a document has a control character or half a surrogate pair; remove it");
        }
        return text;
    }

    /** Compares by code points, as bytes of UTF-8 compare and {@link String#compareTo} does not. */
    public static int compareText(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        for (int i = 0; i < shorter; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean surrogates = Character.isSurrogate(a) != Character.isSurrogate(b);
                return surrogates ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    @Override
    public int compareTo(DocumentKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind + "/" + key;
    }
}
