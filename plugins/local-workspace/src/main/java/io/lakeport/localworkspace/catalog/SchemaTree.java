package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.sql.type.SqlType;

/** The columns of a table as the indented tree that Spark prints, which SHOW TABLE EXTENDED holds and dbt reads. */
final class SchemaTree {
    private final StringBuilder text = new StringBuilder("root\n");

    private SchemaTree() {}

    static String of(TableInfo info) {
        SchemaTree tree = new SchemaTree();
        info.columns().forEach(c -> tree.field(" |-- ", c.name(), c.type(), "nullable = " + c.nullable()));
        return tree.text.toString();
    }

    private void field(String indent, String name, SqlType type, String nullability) {
        text.append(indent + name + ": " + name(type) + " (" + nullability + ")\n");
        String deeper = indent.replace("-- ", "   ") + " |-- ";
        switch (type.kind()) {
            case ARRAY -> field(deeper, "element", type.element(), "containsNull = true");
            case MAP -> {
                // A key has no nullability of its own.
                text.append(deeper + "key: " + name(type.key()) + "\n");
                field(deeper, "value", type.value(), "valueContainsNull = true");
            }
            case STRUCT -> type.fields().forEach(f -> field(deeper, f.name(), f.type(), "nullable = true"));
            default -> {
                // has no parts
            }
        }
    }

    private static String name(SqlType type) {
        return switch (type.kind()) {
            case INT -> "integer";
            case LONG -> "long";
            case SHORT -> "short";
            case BYTE -> "byte";
            case ARRAY -> "array";
            case MAP -> "map";
            case STRUCT -> "struct";
            default -> type.catalogText();
        };
    }
}
