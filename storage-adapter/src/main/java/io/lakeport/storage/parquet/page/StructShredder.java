package io.lakeport.storage.parquet.page;

import io.lakeport.core.arrow.ArrowColumn;
import java.util.List;

/** A group of fields. */
public final class StructShredder implements Shredder {
    private final List<Shredder> fields;
    private final boolean optional;
    private final Slots slots = new Slots();

    /** Creates one; only the key of a map is not {@code optional}. */
    public StructShredder(List<Shredder> fields, boolean optional) {
        this.fields = List.copyOf(fields);
        this.optional = optional;
    }

    @Override
    public void shred(Slots places, ArrowColumn column) {
        slots.mark(places, column, optional);
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).shred(slots, column.children().get(i));
        }
    }
}
