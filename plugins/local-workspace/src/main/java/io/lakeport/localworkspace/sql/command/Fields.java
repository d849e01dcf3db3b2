package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Changes of fields within a column's type. */
final class Fields {
    private Fields() {}

    /** Returns a type with one more field at a path; {@code element} steps into an array, {@code value} into a map. */
    static SqlType add(SqlType type, List<String> path, SqlType field) {
        if (type.is(Kind.ARRAY) && path.size() > 1 && path.get(0).equalsIgnoreCase("element")) {
            return SqlType.array(add(type.element(), path.subList(1, path.size()), field));
        }
        if (type.is(Kind.MAP) && path.size() > 1 && path.get(0).equalsIgnoreCase("value")) {
            return SqlType.map(type.key(), add(type.value(), path.subList(1, path.size()), field));
        }
        if (!type.is(Kind.STRUCT)) {
            throw SqlErrors.of(
                    "DELTA_ADD_COLUMN_PARENT_NOT_STRUCT",
                    "42KD3",
                    "Cannot add " + path.get(path.size() - 1) + " because its parent is not a StructType. Found "
                            + type.text());
        }
        List<SqlType.Field> fields = new ArrayList<>();
        boolean found = false;
        for (SqlType.Field f : type.fields()) {
            boolean here = f.name().equalsIgnoreCase(path.get(0));
            found |= here;
            if (here && path.size() == 1) {
                throw SqlErrors.of(
                        "FIELD_ALREADY_EXISTS",
                        "42710",
                        "Cannot add column, because " + Identifiers.backticked(path) + " already exists in \""
                                + type.text() + "\".");
            }
            fields.add(here ? new SqlType.Field(f.name(), add(f.type(), path.subList(1, path.size()), field)) : f);
        }
        if (!found && path.size() > 1) {
            throw SqlErrors.columnNotFound(
                    path, type.fields().stream().map(SqlType.Field::name).toList());
        }
        if (!found) {
            fields.add(new SqlType.Field(path.get(0), field));
        }
        return SqlType.struct(fields);
    }

    /** Returns a value of one type as the other, which has the same fields and more; those are NULL. */
    static String convert(String value, SqlType from, SqlType to) {
        if (from.equals(to)) {
            return value;
        }
        return switch (from.kind()) {
            case ARRAY ->
                "list_transform(" + value + ", lambda lp_e: " + convert("lp_e", from.element(), to.element()) + ")";
            case MAP ->
                "map_from_entries(list_transform(map_entries(" + value
                        + "), lambda lp_e: struct_pack(k := lp_e.key, v := "
                        + convert("lp_e.value", from.value(), to.value()) + ")))";
            case STRUCT -> "CASE WHEN " + value + " IS NULL THEN NULL ELSE " + struct(value, from, to) + " END";
            default -> "CAST(" + value + " AS " + to.duck() + ")";
        };
    }

    private static String struct(String value, SqlType from, SqlType to) {
        return to.fields().stream()
                .map(f -> Identifiers.duck(f.name()) + " := " + field(value, from, f))
                .collect(Collectors.joining(", ", "struct_pack(", ")"));
    }

    private static String field(String value, SqlType from, SqlType.Field to) {
        for (SqlType.Field f : from.fields()) {
            if (f.name().equalsIgnoreCase(to.name())) {
                return convert(
                        "struct_extract(" + value + ", " + Identifiers.literal(f.name()) + ")", f.type(), to.type());
            }
        }
        return "CAST(NULL AS " + to.type().duck() + ")";
    }
}
