package io.lakeport.storage.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Numbers fields in the order in which Apache Iceberg numbers those of a new table: the fields of a level first, then
 * what is inside each of them.
 */
final class FieldIds {
    private int last;

    private FieldIds() {}

    static MessageType number(MessageType schema) {
        return new MessageType(schema.getName(), new FieldIds().number(schema.getFields()));
    }

    private List<Type> number(List<Type> fields) {
        int first = last + 1;
        last += fields.size();
        List<Type> numbered = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            numbered.add(inside(fields.get(i)).withId(first + i));
        }
        return numbered;
    }

    private Type inside(Type type) {
        if (type.isPrimitive()) {
            return type;
        }
        GroupType group = type.asGroupType();
        LogicalTypeAnnotation logical = group.getLogicalTypeAnnotation();
        if (logical instanceof ListLogicalTypeAnnotation || logical instanceof MapLogicalTypeAnnotation) {
            // The repeated group between has no number.
            GroupType repeated = group.getType(0).asGroupType();
            return group.withNewFields(List.of(repeated.withNewFields(number(repeated.getFields()))));
        }
        return group.withNewFields(number(group.getFields()));
    }
}
