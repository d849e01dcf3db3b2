package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns an expression may name: those of its relations, then aliases of its select list, then an outer query. */
public final class Scope {
    private final List<Column> columns;
    private final @Nullable Scope outer;
    private final Map<String, Expr> aliases = new HashMap<>();

    public Scope(List<Column> columns, @Nullable Scope outer) {
        this.columns = List.copyOf(columns);
        this.outer = outer;
    }

    /** A scope without columns. */
    public static Scope empty() {
        return new Scope(List.of(), null);
    }

    /** Returns the columns of this scope's own relations. */
    public List<Column> columns() {
        return columns;
    }

    /** Returns how many scopes lie around this one. */
    int depth() {
        return outer == null ? 0 : outer.depth() + 1;
    }

    /** Makes an alias of the select list known to what follows it. */
    public void alias(String name, Expr expr) {
        aliases.putIfAbsent(name.toLowerCase(Locale.ROOT), expr);
    }

    /** Returns the expression behind an alias of the select list. */
    public @Nullable Expr aliased(String name) {
        return aliases.get(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Returns what a dotted name means: a column with or without qualifiers, then fields of it.
     *
     * @throws io.lakeport.localworkspace.engine.EngineException UNRESOLVED_COLUMN or AMBIGUOUS_REFERENCE
     */
    public Expr resolve(List<String> parts) {
        Expr found = find(parts);
        if (found == null && parts.get(0).equalsIgnoreCase("window")) {
            throw SqlErrors.unsupported("time windows");
        }
        if (found == null) {
            throw SqlErrors.columnNotFound(parts, suggestions(parts));
        }
        return found;
    }

    /** Returns what a dotted name means, or {@code null}. */
    public @Nullable Expr find(List<String> parts) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Expr own = scope.findOwn(parts);
            if (own != null) {
                return own;
            }
        }
        return null;
    }

    /** Returns what a dotted name means among this scope's own columns and aliases, or {@code null}. */
    public @Nullable Expr findOwn(List<String> parts) {
        for (int at = parts.size() - 1; at >= 0; at--) {
            Column column = column(parts, at);
            if (column != null) {
                // A column is shown as it was written.
                Expr named = column.toExpr().named(parts.get(at));
                return fields(named, parts.subList(at + 1, parts.size()));
            }
        }
        Expr alias = aliased(parts.get(0));
        return alias == null ? null : fields(alias.named(parts.get(0)), parts.subList(1, parts.size()));
    }

    private @Nullable Column column(List<String> parts, int at) {
        List<String> qualifier = parts.subList(0, at);
        String name = parts.get(at);
        List<Column> found = new ArrayList<>();
        for (Column c : columns) {
            if (c.name().equalsIgnoreCase(name) && c.matches(qualifier) && (!c.hidden() || at > 0 || c.isMetadata())) {
                found.add(c);
            }
        }
        if (found.size() > 1 && found.stream().map(Column::sql).distinct().count() > 1) {
            throw ambiguous(parts.subList(0, at + 1), found);
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private static RuntimeException ambiguous(List<String> parts, List<Column> found) {
        String options = found.stream()
                .map(c -> Identifiers.backticked(c.qualifier().isEmpty() ? "" : String.join("`.`", c.qualifier())) + "."
                        + Identifiers.backticked(c.name()))
                .sorted()
                .collect(Collectors.joining(", ", "[", "]"));
        return SqlErrors.of(
                "AMBIGUOUS_REFERENCE",
                "42704",
                "Reference " + Identifiers.backticked(parts) + " is ambiguous, could be: " + options + ".");
    }

    /** Returns a field of a struct, or of each struct of an array, one name after the other. */
    static Expr fields(Expr base, List<String> names) {
        Expr at = base;
        for (String name : names) {
            at = field(at, name);
        }
        return at;
    }

    private static Expr field(Expr base, String name) {
        SqlType type = base.type();
        if (type.is(Kind.STRUCT)) {
            SqlType.Field f = structField(base, type, name);
            String sql = "struct_extract(" + base.sql() + ", " + Identifiers.literal(f.name()) + ")";
            return new Expr(sql, f.type(), base.nullable(), base.pretty() + "." + f.name(), name, null);
        }
        if (type.is(Kind.ARRAY) && type.element().is(Kind.STRUCT)) {
            SqlType.Field f = structField(base, type.element(), name);
            String sql = "list_transform(" + base.sql() + ", lambda lp_f: struct_extract(lp_f, "
                    + Identifiers.literal(f.name()) + "))";
            return new Expr(sql, SqlType.array(f.type()), base.nullable(), base.pretty() + "." + f.name(), name, null);
        }
        if (type.is(Kind.MAP)) {
            String sql = base.sql() + "[" + Identifiers.literal(name) + "]";
            return new Expr(sql, type.value(), true, base.pretty() + "." + name, name, null);
        }
        throw SqlErrors.of(
                "INVALID_EXTRACT_BASE_FIELD_TYPE",
                "42000",
                "Can't extract a value from \"" + base.pretty()
                        + "\". Need a complex type [STRUCT, ARRAY, MAP] but got \"" + type.text() + "\".");
    }

    private static SqlType.Field structField(Expr base, SqlType struct, String name) {
        for (SqlType.Field f : struct.fields()) {
            if (f.name().equalsIgnoreCase(name)) {
                return f;
            }
        }
        String fields = struct.fields().stream()
                .map(f -> Identifiers.backticked(f.name()))
                .collect(Collectors.joining(", "));
        throw SqlErrors.of(
                "FIELD_NOT_FOUND",
                "42704",
                "No such struct field " + Identifiers.backticked(name) + " in " + fields + ".");
    }

    private List<String> suggestions(List<String> parts) {
        List<String> known = new ArrayList<>();
        for (Scope scope = this; scope != null; scope = scope.outer) {
            scope.columns.stream().filter(c -> !c.hidden()).map(Column::name).forEach(known::add);
        }
        return known;
    }
}
