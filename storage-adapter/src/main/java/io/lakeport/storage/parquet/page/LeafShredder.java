package io.lakeport.storage.parquet.page;

import io.lakeport.core.arrow.ArrowColumn;

/** A column that holds values itself. */
public final class LeafShredder implements Shredder {
    private final LeafSink sink;
    private final boolean optional;
    private final Slots slots = new Slots();

    /** Creates one; only the key of a map is not {@code optional}. */
    public LeafShredder(LeafSink sink, boolean optional) {
        this.sink = sink;
        this.optional = optional;
    }

    @Override
    public void shred(Slots places, ArrowColumn column) {
        slots.mark(places, column, optional);
        sink.accept(slots, column);
    }
}
