package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Building arrays, maps and structs, and taking parts of them. */
final class Nested {
    private Nested() {}

    static Expr struct(List<Expr> parts) {
        List<SqlType.Field> fields = new ArrayList<>();
        List<String> sql = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Expr part = parts.get(i);
            boolean hasName = !part.name().equals(part.pretty())
                    || part.constant() == null && part.sql().endsWith("\"");
            String name = hasName ? part.name() : "col" + (i + 1);
            fields.add(new SqlType.Field(name, part.type()));
            sql.add(Identifiers.duck(name) + " := " + typed(part));
        }
        String pretty = parts.stream()
                .map(p -> p.name().equals(p.pretty()) ? p.pretty() : p.pretty() + " AS " + p.name())
                .collect(Collectors.joining(", ", "struct(", ")"));
        SqlType type = SqlType.struct(fields);
        return Expr.of("struct_pack(" + String.join(", ", sql) + ")", type, false, pretty);
    }

    /** {@code (a, b)}: a struct whose name says what it is made of. */
    static Expr row(List<Expr> parts) {
        Expr struct = struct(parts);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            names.add(struct.type().fields().get(i).name() + ", " + parts.get(i).pretty());
        }
        return Expr.of(struct.sql(), struct.type(), false, "named_struct(" + String.join(", ", names) + ")");
    }

    private static void requirePairs(String name, List<Expr> args) {
        if (args.size() % 2 == 1) {
            throw SqlErrors.of(
                    "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                    "42605",
                    "The `" + name + "` requires 2n (n > 0) parameters but the actual number is " + args.size() + ".");
        }
    }

    static Expr namedStruct(List<Expr> args) {
        requirePairs("named_struct", args);
        List<SqlType.Field> fields = new ArrayList<>();
        List<String> sql = new ArrayList<>();
        for (int i = 0; i + 1 < args.size(); i += 2) {
            if (!(args.get(i).constant() instanceof String name)) {
                throw SqlErrors.mismatch("named_struct", "field names must be string literals");
            }
            fields.add(new SqlType.Field(name, args.get(i + 1).type()));
            sql.add(Identifiers.duck(name) + " := " + typed(args.get(i + 1)));
        }
        String pretty = args.stream().map(Expr::pretty).collect(Collectors.joining(", ", "named_struct(", ")"));
        return Expr.of("struct_pack(" + String.join(", ", sql) + ")", SqlType.struct(fields), false, pretty);
    }

    private static String typed(Expr e) {
        return e.type().is(Kind.VOID) ? "CAST(NULL AS INTEGER)" : e.sql();
    }

    static Expr array(List<Expr> args) {
        List<Expr> unified = Coercion.unify("array", args);
        SqlType type =
                SqlType.array(unified.isEmpty() ? SqlType.VOID : unified.get(0).type());
        String items = unified.stream().map(Expr::sql).collect(Collectors.joining(", ", "[", "]"));
        String pretty = args.stream().map(Expr::pretty).collect(Collectors.joining(", ", "array(", ")"));
        return Expr.of("CAST(" + items + " AS " + type.duck() + ")", type, false, pretty);
    }

    static Expr map(List<Expr> args) {
        requirePairs("map", args);
        List<Expr> keys = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        for (int i = 0; i + 1 < args.size(); i += 2) {
            keys.add(args.get(i));
            values.add(args.get(i + 1));
        }
        Expr k = array(keys);
        Expr v = array(values);
        SqlType type = SqlType.map(k.type().element(), v.type().element());
        String pretty = args.stream().map(Expr::pretty).collect(Collectors.joining(", ", "map(", ")"));
        return Expr.of("map(" + k.sql() + ", " + v.sql() + ")", type, false, pretty);
    }

    static Expr subscript(Expr base, Expr index) {
        String pretty = base.pretty() + "[" + index.pretty() + "]";
        if (base.type().is(Kind.ARRAY)) {
            Expr at = Coercion.to(index, SqlType.LONG);
            String sql = "lp_array_get(" + base.sql() + ", " + at.sql() + ")";
            return Expr.of(sql, base.type().element(), true, pretty);
        }
        if (base.type().is(Kind.MAP)) {
            String sql =
                    base.sql() + "[" + Coercion.to(index, base.type().key()).sql() + "]";
            return Expr.of(sql, base.type().value(), true, pretty);
        }
        if (base.type().is(Kind.STRUCT) && index.constant() instanceof String field) {
            return Scope.fields(base, List.of(field));
        }
        throw SqlErrors.of(
                "INVALID_EXTRACT_BASE_FIELD_TYPE",
                "42000",
                "Can't extract a value from \"" + base.pretty()
                        + "\". Need a complex type [STRUCT, ARRAY, MAP] but got \""
                        + base.type().text() + "\".");
    }

    /** {@code element_at}: arrays count from 1, or from the end when negative; a missing map key is NULL. */
    static Expr elementAt(Expr base, Expr index) {
        String pretty = "element_at(" + base.pretty() + ", " + index.pretty() + ")";
        if (base.type().is(Kind.ARRAY)) {
            String sql = "lp_element_at(" + base.sql() + ", "
                    + Coercion.to(index, SqlType.LONG).sql() + ")";
            return Expr.of(sql, base.type().element(), true, pretty);
        }
        return subscript(base, index).named(pretty);
    }

    /** {@code column:path}: a piece of JSON text, as text; of a VARIANT, as VARIANT. */
    static Expr jsonPath(Expr base, String path) {
        String json = "$." + path.replace("`", "\"");
        String sql = base.type().is(Kind.VARIANT)
                ? "CAST(json_extract(" + base.sql() + ", " + Identifiers.literal(json) + ") AS VARCHAR)"
                : "json_extract_string(" + base.sql() + ", " + Identifiers.literal(json) + ")";
        SqlType type = base.type().is(Kind.VARIANT) ? SqlType.VARIANT : SqlType.STRING;
        String last = path.substring(path.lastIndexOf('.') + 1)
                .replaceAll("\\[[^\\]]*\\]", "")
                .replace("`", "");
        return new Expr(sql, type, true, base.pretty() + ":" + path, last, null);
    }
}
