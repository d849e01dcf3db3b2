package io.lakeport.storage.parquet.page;

import io.lakeport.core.arrow.ArrowColumn;
import java.util.List;

/** A list or map in Parquet's three-level form: the group, the repeated group, the element or entry. */
public final class ListShredder implements Shredder {
    private final List<Shredder> parts;
    private final boolean entries;
    private final int level;
    private final boolean optional;
    private final Slots lists = new Slots();
    private final Slots elements = new Slots();

    /**
     * Creates one.
     *
     * @param parts the element of a list, or key and value of a map
     * @param entries whether the parts lie in a struct below the list, as those of a map do
     * @param level repetition level of the repeated group
     * @param optional whether the group may be NULL
     */
    public ListShredder(List<Shredder> parts, boolean entries, int level, boolean optional) {
        this.parts = List.copyOf(parts);
        this.entries = entries;
        this.level = level;
        this.optional = optional;
    }

    @Override
    public void shred(Slots places, ArrowColumn column) {
        lists.mark(places, column, optional);
        elements.size = 0;
        for (int i = 0; i < lists.size; i++) {
            int position = lists.position[i];
            int start = position < 0 ? 0 : column.start(position);
            int end = position < 0 ? 0 : column.end(position);
            if (start == end) {
                elements.add(-1, lists.repetition[i], lists.definition(i));
                continue;
            }
            elements.room(end - start);
            elements.add(start, lists.repetition[i], lists.definition(i) + 1);
            for (int element = start + 1; element < end; element++) {
                elements.add(element, level, lists.definition(i) + 1);
            }
        }
        List<ArrowColumn> values = entries ? column.children().get(0).children() : column.children();
        for (int part = 0; part < parts.size(); part++) {
            parts.get(part).shred(elements, values.get(part));
        }
    }
}
