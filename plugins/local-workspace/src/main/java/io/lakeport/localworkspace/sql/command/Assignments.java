package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.catalog.TableInfo.ColumnInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Coercion;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.query.Names;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/** The right sides of SET in UPDATE and MERGE, as DuckDB SQL by column. */
final class Assignments {
    private final CommandContext context;
    private final TableInfo table;
    private final @Nullable String alias;

    Assignments(CommandContext context, TableInfo table, @Nullable String alias) {
        this.context = context;
        this.table = table;
        this.alias = alias;
    }

    /** Returns what each column becomes; columns that are not assigned keep the value they have under {@code t}. */
    Map<ColumnInfo, String> all(SqlBaseParser.AssignmentListContext list, Scope scope) {
        Map<ColumnInfo, String> values = new LinkedHashMap<>();
        for (SqlBaseParser.AssignmentContext a : list.assignment()) {
            List<String> key = unqualified(Names.of(a.key));
            ColumnInfo column = RowCommands.column(table, key.get(0));
            if (column.rule().identity() != null) {
                throw SqlErrors.of(
                        "DELTA_IDENTITY_COLUMNS_UPDATE_NOT_SUPPORTED",
                        "42808",
                        "UPDATE on IDENTITY column " + column.name() + " is not supported.");
            }
            List<String> path = key.subList(1, key.size());
            String before = values.getOrDefault(column, "t." + Identifiers.duck(column.name()));
            if (values.containsKey(column) && path.isEmpty()) {
                throw SqlErrors.of(
                        "DELTA_CONFLICT_SET_COLUMN",
                        "42701",
                        "There is a conflict from these SET columns: [`" + column.name() + "`, `" + column.name()
                                + "`].");
            }
            values.put(column, within(before, column.type(), path, a.value, scope, column));
        }
        for (ColumnInfo c : table.columns()) {
            if (c.rule().generated() == null) {
                values.putIfAbsent(c, "t." + Identifiers.duck(c.name()));
            }
        }
        return values;
    }

    /** Takes the table's name or alias off a column's name. */
    private List<String> unqualified(List<String> key) {
        List<String> qualifier = alias == null ? table.fullName() : List.of(alias);
        for (int n = Math.min(qualifier.size(), key.size() - 1); n > 0; n--) {
            List<String> last = qualifier.subList(qualifier.size() - n, qualifier.size());
            if (lower(key.subList(0, n)).equals(lower(last))) {
                return key.subList(n, key.size());
            }
        }
        return key;
    }

    private static List<String> lower(List<String> names) {
        return names.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
    }

    /** Returns a value in which the field at a path is another one. */
    private String within(
            String base,
            SqlType type,
            List<String> path,
            SqlBaseParser.ExpressionContext value,
            Scope scope,
            ColumnInfo column) {
        if (path.isEmpty()) {
            return value(value, column, type, scope);
        }
        if (!type.is(Kind.STRUCT)) {
            throw SqlErrors.of(
                    "DELTA_UNSUPPORTED_FIELD_UPDATE_NON_STRUCT",
                    "0AKDC",
                    "Updating nested fields is only supported for StructType, but you are trying to update a field of "
                            + Identifiers.backticked(column.name()) + ", which is of type: " + type.text() + ".");
        }
        List<String> fields = new ArrayList<>();
        boolean found = false;
        for (SqlType.Field f : type.fields()) {
            String at = "struct_extract(" + base + ", " + Identifiers.literal(f.name()) + ")";
            boolean here = f.name().equalsIgnoreCase(path.get(0));
            found |= here;
            String part = here ? within(at, f.type(), path.subList(1, path.size()), value, scope, column) : at;
            fields.add(Identifiers.duck(f.name()) + " := " + part);
        }
        if (!found) {
            throw SqlErrors.columnNotFound(
                    path, type.fields().stream().map(SqlType.Field::name).toList());
        }
        return "struct_pack(" + String.join(", ", fields) + ")";
    }

    /** Returns an expression in a column's type; the word DEFAULT is the column's default. */
    String value(SqlBaseParser.ExpressionContext ctx, ColumnInfo column, SqlType type, Scope scope) {
        if (ctx.getText().equalsIgnoreCase("DEFAULT")) {
            return defaultOf(context, column);
        }
        return Coercion.to(context.expressions(scope).translate(ctx), type).sql();
    }

    /** Returns a column's default. */
    static String defaultOf(CommandContext context, ColumnInfo column) {
        String text = column.rule().defaultText();
        if (text == null) {
            return "CAST(" + (column.defaultSql() == null ? "NULL" : column.defaultSql()) + " AS "
                    + column.type().duck() + ")";
        }
        Expr e = context.expressions(Scope.empty()).translate(StatementParser.parseExpression(text));
        return Coercion.to(e, column.type()).sql();
    }
}
