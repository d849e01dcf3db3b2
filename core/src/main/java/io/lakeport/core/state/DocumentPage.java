package io.lakeport.core.state;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Some documents of a listing.
 *
 * @param documents in the order of their keys
 * @param next the key after which the next page begins, empty when this was the last one
 */
public record DocumentPage(List<Document> documents, Optional<String> next) {
    public DocumentPage {
        documents = List.copyOf(documents);
        Objects.requireNonNull(next, "next");
    }
}
