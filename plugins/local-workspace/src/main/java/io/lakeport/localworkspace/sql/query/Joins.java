package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Column;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/** Joins; USING and NATURAL become conditions and one visible key column. */
final class Joins {
    private final StatementScope statement;
    private final Ctes ctes;
    private final @Nullable Scope outer;

    Joins(StatementScope statement, Ctes ctes, @Nullable Scope outer) {
        this.statement = statement;
        this.ctes = ctes;
        this.outer = outer;
    }

    static Relation cross(Relation left, Relation right) {
        return new Relation(left.sql() + " CROSS JOIN " + right.sql(), concat(left.columns(), right.columns()));
    }

    private static List<Column> concat(List<Column> left, List<Column> right) {
        return Stream.concat(left.stream(), right.stream()).toList();
    }

    Relation join(Relation left, Relation right, SqlBaseParser.JoinRelationContext ctx) {
        String type = type(ctx.joinType());
        List<String> keys = keys(left, right, ctx);
        if (keys != null) {
            return using(left, right, type, keys);
        }
        if (ctx.joinCriteria() == null) {
            boolean plain = type.equals("INNER") || type.equals("CROSS");
            String join = plain ? " CROSS JOIN " : " " + type + " JOIN ";
            String on = plain ? "" : " ON true";
            return new Relation(left.sql() + join + right.sql() + on, columns(left, right, type));
        }
        Scope scope = new Scope(concat(left.columns(), right.columns()), outer);
        Expr on =
                statement.expressions(scope, ctes).condition(ctx.joinCriteria().booleanExpression());
        String join = " " + (type.equals("CROSS") ? "INNER" : type) + " JOIN ";
        return new Relation(left.sql() + join + right.sql() + " ON " + on.sql(), columns(left, right, type));
    }

    private static String type(SqlBaseParser.JoinTypeContext ctx) {
        String text = ctx.getText().toUpperCase(Locale.ROOT).replace("OUTER", "");
        return switch (text) {
            case "" -> "INNER";
            case "LEFTSEMI" -> "SEMI";
            case "LEFTANTI" -> "ANTI";
            default -> text;
        };
    }

    private static @Nullable List<String> keys(Relation left, Relation right, SqlBaseParser.JoinRelationContext ctx) {
        if (ctx.NATURAL() != null) {
            return left.columns().stream()
                    .filter(c -> !c.hidden() && find(right, c.name()) != null)
                    .map(Column::name)
                    .toList();
        }
        if (ctx.joinCriteria() == null || ctx.joinCriteria().identifierList() == null) {
            return null;
        }
        return Aliases.names(ctx.joinCriteria().identifierList());
    }

    private static @Nullable Column find(Relation relation, String name) {
        return relation.columns().stream()
                .filter(c -> !c.hidden() && c.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    private static List<Column> columns(Relation left, Relation right, String type) {
        return switch (type) {
            case "SEMI", "ANTI" -> left.columns();
            case "LEFT" -> concat(left.columns(), right.asNullable().columns());
            case "RIGHT" -> concat(left.asNullable().columns(), right.columns());
            case "FULL" ->
                concat(left.asNullable().columns(), right.asNullable().columns());
            default -> concat(left.columns(), right.columns());
        };
    }

    private static Relation using(Relation left, Relation right, String type, List<String> keys) {
        List<String> conditions = new ArrayList<>();
        List<Column> merged = new ArrayList<>();
        for (String key : keys) {
            Column l = required(left, key);
            Column r = required(right, key);
            List<Expr> pair = Relations.pair(l, r);
            conditions.add(pair.get(0).sql() + " = " + pair.get(1).sql());
            merged.add(merge(l, r, pair, type));
        }
        String on = conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
        String sql = left.sql() + " " + type + " JOIN " + right.sql() + " ON (" + on + ")";
        if (type.equals("SEMI") || type.equals("ANTI")) {
            return new Relation(sql, left.columns());
        }
        List<Column> rest = columns(left, right, type).stream()
                .map(c -> keys.stream().anyMatch(k -> k.equalsIgnoreCase(c.name())) ? c.asHidden() : c)
                .collect(Collectors.toList());
        return new Relation(sql, concat(merged, rest));
    }

    private static Column merge(Column l, Column r, List<Expr> pair, String type) {
        Expr left = pair.get(0);
        Expr right = pair.get(1);
        String sql = switch (type) {
            case "RIGHT" -> right.sql();
            case "FULL" -> "coalesce(" + left.sql() + ", " + right.sql() + ")";
            default -> left.sql();
        };
        return new Column(List.of(), l.name(), sql, left.type(), l.nullable() || r.nullable(), false);
    }

    private static Column required(Relation relation, String name) {
        Column found = find(relation, name);
        if (found == null) {
            throw SqlErrors.of(
                    "UNRESOLVED_USING_COLUMN_FOR_JOIN",
                    "42703",
                    "USING column " + Identifiers.backticked(name) + " cannot be resolved on one side of the join. The "
                            + "columns of that side: ["
                            + relation.columns().stream()
                                    .map(c -> Identifiers.backticked(c.name()))
                                    .collect(Collectors.joining(", "))
                            + "].");
        }
        return found;
    }
}
