package io.lakeport.storage.parquet.page;

import io.lakeport.core.arrow.ArrowField;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Builds the shredders of a field. Leaves come in depth-first order, which is that of a Parquet schema. */
public final class ShredderTree {
    private ShredderTree() {}

    /** Returns the fields that hold values themselves. */
    public static List<ArrowField> leaves(List<ArrowField> fields) {
        List<ArrowField> leaves = new ArrayList<>();
        for (ArrowField field : fields) {
            if (field.children().isEmpty()) {
                leaves.add(field);
            } else {
                leaves.addAll(leaves(field.children()));
            }
        }
        return leaves;
    }

    /** Returns the shredder of a top-level field; {@code sinks} gives one sink for each leaf. */
    public static Shredder of(ArrowField field, Iterator<? extends LeafSink> sinks) {
        return of(field, true, 0, sinks);
    }

    private static Shredder of(ArrowField field, boolean optional, int level, Iterator<? extends LeafSink> sinks) {
        return switch (field.type().kind()) {
            case LIST, LARGE_LIST -> {
                Shredder element = of(field.children().get(0), true, level + 1, sinks);
                yield new ListShredder(List.of(element), false, level + 1, optional);
            }
            case MAP -> {
                List<ArrowField> entry = field.children().get(0).children();
                Shredder key = of(entry.get(0), false, level + 1, sinks);
                Shredder value = of(entry.get(1), true, level + 1, sinks);
                yield new ListShredder(List.of(key, value), true, level + 1, optional);
            }
            case STRUCT -> {
                List<Shredder> children = new ArrayList<>();
                field.children().forEach(child -> children.add(of(child, true, level, sinks)));
                yield new StructShredder(children, optional);
            }
            default -> new LeafShredder(sinks.next(), optional);
        };
    }
}
