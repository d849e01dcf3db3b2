package io.lakeport.core.state;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a listing asks for, checked; for adapters.
 *
 * @param kind kind of the documents
 * @param prefix what their keys begin with
 * @param after the key before the first, empty to begin at the beginning
 * @param end the first key beyond the prefix, empty when there is none
 * @param limit most documents of a page
 */
public record KeyRange(String kind, String prefix, Optional<String> after, Optional<String> end, int limit) {
    /** Most documents of a page. */
    public static final int MOST = 1000;

    public KeyRange {
        DocumentKey.requireKind(kind);
        DocumentKey.requireText("key prefix", prefix);
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(end, "end");
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("a page has 1 to " + MOST + " documents, not " + limit);
        }
    }

    /** Returns the range of a listing; see {@link StateSpace#list}. */
    public static KeyRange of(String kind, String prefix, Optional<String> after, int limit) {
        return new KeyRange(kind, prefix, after, endOf(prefix), limit);
    }

    private static Optional<String> endOf(String prefix) {
        int[] points = prefix.codePoints().toArray();
        for (int i = points.length - 1; i >= 0; i--) {
            if (points[i] < Character.MAX_CODE_POINT) {
                // Surrogates are no characters of their own, and no database takes one.
                int next = points[i] + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : points[i] + 1;
                return Optional.of(new String(points, 0, i) + Character.toString(next));
            }
        }
        return Optional.empty();
    }

    /** Returns whether a key belongs to the range. */
    public boolean holds(String key) {
        return key.startsWith(prefix)
                && after.map(last -> DocumentKey.compareText(key, last) > 0).orElse(true);
    }

    /** Returns the page of documents that were looked for with a limit one larger than that of the page. */
    public DocumentPage page(List<Document> found) {
        if (found.size() <= limit) {
            return new DocumentPage(found, Optional.empty());
        }
        List<Document> documents = found.subList(0, limit);
        return new DocumentPage(
                documents, Optional.of(documents.get(limit - 1).key().key()));
    }
}
