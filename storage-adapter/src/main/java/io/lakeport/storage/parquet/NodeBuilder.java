package io.lakeport.storage.parquet;

import io.lakeport.core.arrow.ArrowField;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;

/**
 * Builds the nodes of a schema. The leaves of a Parquet schema come in depth-first order, which is the order in which
 * the fields are walked here.
 */
final class NodeBuilder {
    private final ColumnWriteStore store;
    private final Iterator<ColumnDescriptor> leaves;

    NodeBuilder(ColumnWriteStore store, List<ColumnDescriptor> leaves) {
        this.store = store;
        this.leaves = leaves.iterator();
    }

    List<Node> build(List<ArrowField> fields) {
        List<Node> nodes = new ArrayList<>(fields.size());
        fields.forEach(field -> nodes.add(node(field, true, 0)));
        return nodes;
    }

    private Node node(ArrowField field, boolean optional, int level) {
        return switch (field.type().kind()) {
            case LIST, LARGE_LIST ->
                new RepeatedNode(List.of(node(field.children().get(0), true, level + 1)), false, level + 1, optional);
            case MAP -> {
                List<ArrowField> entry = field.children().get(0).children();
                Node key = node(entry.get(0), false, level + 1);
                yield new RepeatedNode(List.of(key, node(entry.get(1), true, level + 1)), true, level + 1, optional);
            }
            case STRUCT -> {
                List<Node> children = new ArrayList<>();
                field.children().forEach(child -> children.add(node(child, true, level)));
                yield new StructNode(children, optional);
            }
            default -> {
                ColumnWriter writer = store.getColumnWriter(leaves.next());
                yield new LeafNode(writer, LeafValue.of(field.type()), optional);
            }
        };
    }
}
