package io.lakeport.warehouse.sea;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import java.util.Locale;
import java.util.Optional;

/**
 * Which optional parts of the API one warehouse understands. It is learned from refusals: a refused request was not
 * run, so it may be posted again without what was refused.
 *
 * @param tags whether {@code query_tags} are accepted
 * @param compression whether {@code result_compression} is accepted
 * @param disposition how results are asked for
 */
record Dialect(boolean tags, boolean compression, Disposition disposition) {
    /** What the API can do at most. */
    static final Dialect FULL = new Dialect(true, true, Disposition.INLINE_OR_EXTERNAL_LINKS);

    /** Returns the same with results inside answers. */
    Dialect inline() {
        return new Dialect(tags, compression, Disposition.INLINE);
    }

    /** Ways to ask for results, each followed by what is tried when a warehouse refuses it. */
    enum Disposition {
        INLINE_OR_EXTERNAL_LINKS,
        EXTERNAL_LINKS,
        INLINE
    }

    /** Returns what is left after a refusal, empty when the refusal was about something else. */
    Optional<Dialect> without(LakeportException refusal) {
        ErrorCategory category = refusal.category();
        if (category != ErrorCategory.INVALID_REQUEST && category != ErrorCategory.NOT_SUPPORTED) {
            return Optional.empty();
        }
        String text = refusal.getMessage().toLowerCase(Locale.ROOT);
        if (tags && text.contains("query_tags")) {
            return Optional.of(new Dialect(false, compression, disposition));
        }
        if (compression && text.contains("compression")) {
            return Optional.of(new Dialect(tags, false, disposition));
        }
        boolean aboutDisposition =
                text.contains("disposition") || text.contains("external_links") || text.contains("externallinks");
        if (aboutDisposition && disposition != Disposition.INLINE) {
            Disposition next = Disposition.values()[disposition.ordinal() + 1];
            return Optional.of(new Dialect(tags, compression, next));
        }
        return Optional.empty();
    }
}
