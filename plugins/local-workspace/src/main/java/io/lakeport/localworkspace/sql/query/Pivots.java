package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Coercion;
import io.lakeport.localworkspace.sql.expression.Column;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.ExpressionTranslator;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/**
 * PIVOT: groups by the columns that neither the aggregates nor FOR name, and by those of FOR; then each value of FOR
 * becomes columns.
 */
final class Pivots {
    private final StatementScope statement;
    private final Ctes ctes;
    private final @Nullable Scope outer;

    Pivots(StatementScope statement, Ctes ctes, @Nullable Scope outer) {
        this.statement = statement;
        this.ctes = ctes;
        this.outer = outer;
    }

    /** The parts of the inner query: columns that group, columns of FOR, aggregates; each under a label of its own. */
    private record Parts(List<Column> groups, List<Expr> keys, List<Expr> aggregates) {}

    Relation pivot(Relation from, SqlBaseParser.PivotClauseContext ctx) {
        Scope scope = new Scope(from.columns(), outer);
        ExpressionTranslator expressions = statement.expressions(scope, ctes);
        Parts parts = parts(from, ctx, expressions);
        List<String> list = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < parts.groups().size(); i++) {
            list.add(parts.groups().get(i).sql() + " AS g" + i);
            keys.add(parts.groups().get(i).sql());
        }
        for (int i = 0; i < parts.keys().size(); i++) {
            list.add(parts.keys().get(i).sql() + " AS p" + i);
            keys.add(parts.keys().get(i).sql());
        }
        for (int i = 0; i < parts.aggregates().size(); i++) {
            list.add(parts.aggregates().get(i).sql() + " AS a" + i);
        }
        String inner =
                "SELECT " + String.join(", ", list) + " FROM " + from.sql() + " GROUP BY " + String.join(", ", keys);
        return outer(parts, ctx, inner, expressions);
    }

    private static Parts parts(Relation from, SqlBaseParser.PivotClauseContext ctx, ExpressionTranslator expressions) {
        Set<String> named = new HashSet<>();
        collect(ctx.aggregates, named);
        List<Expr> keys = new ArrayList<>();
        for (SqlBaseParser.ErrorCapturingIdentifierContext key : ctx.pivotColumn().identifiers) {
            String name = Identifiers.unquote(key.getText());
            keys.add(expressions.scope().resolve(List.of(name)));
            named.add(name.toLowerCase(Locale.ROOT));
        }
        List<Expr> aggregates = ctx.aggregates.namedExpression().stream()
                .map(expressions::named)
                .toList();
        List<Column> groups = from.columns().stream()
                .filter(c -> !c.hidden() && !named.contains(c.name().toLowerCase(Locale.ROOT)))
                .toList();
        return new Parts(groups, keys, aggregates);
    }

    private static void collect(ParseTree node, Set<String> names) {
        if (node instanceof SqlBaseParser.ColumnReferenceContext column) {
            names.add(Identifiers.unquote(column.getText()).toLowerCase(Locale.ROOT));
        }
        if (node instanceof SqlBaseParser.DereferenceContext field) {
            names.add(Identifiers.unquote(field.fieldName.getText()).toLowerCase(Locale.ROOT));
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            collect(node.getChild(i), names);
        }
    }

    private Relation outer(
            Parts parts, SqlBaseParser.PivotClauseContext ctx, String inner, ExpressionTranslator expressions) {
        List<String> list = new ArrayList<>();
        List<Query.Output> outputs = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < parts.groups().size(); i++) {
            Column c = parts.groups().get(i);
            list.add("g" + i);
            names.add(c.name());
            outputs.add(new Query.Output(c.name(), c.name(), c.type(), c.nullable()));
        }
        for (SqlBaseParser.PivotValueContext value : ctx.pivotValues) {
            List<Expr> cells = Rows.cells(value.expression(), expressions);
            requireWidth(cells, parts);
            String condition = condition(cells, parts);
            for (int i = 0; i < parts.aggregates().size(); i++) {
                Expr aggregate = parts.aggregates().get(i);
                list.add("any_value(a" + i + ") FILTER (WHERE " + condition + ")");
                names.add(name(value, cells, aggregate, parts.aggregates().size()));
                outputs.add(new Query.Output("", "", aggregate.type(), true));
            }
        }
        List<String> labels = Query.labels(names);
        List<Query.Output> columns = new ArrayList<>();
        List<String> labelled = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Query.Output o = outputs.get(i);
            columns.add(new Query.Output(names.get(i), labels.get(i), o.type(), o.nullable()));
            labelled.add(list.get(i) + " AS " + Identifiers.duck(labels.get(i)));
        }
        String groups = parts.groups().isEmpty()
                ? ""
                : " GROUP BY "
                        + String.join(", ", list.subList(0, parts.groups().size()));
        Query query =
                new Query("SELECT " + String.join(", ", labelled) + " FROM (" + inner + ") AS pv" + groups, columns);
        return new Relations(statement, ctes, outer).derived(query, null, "");
    }

    private static void requireWidth(List<Expr> cells, Parts parts) {
        if (cells.size() != parts.keys().size()) {
            throw SqlErrors.of(
                    "PIVOT_VALUE_DATA_TYPE_MISMATCH",
                    "42K09",
                    "Invalid pivot value: a value has " + cells.size() + " parts, and FOR names "
                            + parts.keys().size() + " columns.");
        }
    }

    private static String condition(List<Expr> cells, Parts parts) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            SqlType type = parts.keys().get(i).type();
            all.add("p" + i + " IS NOT DISTINCT FROM "
                    + Coercion.to(cells.get(i), type).sql());
        }
        return String.join(" AND ", all);
    }

    private static String name(SqlBaseParser.PivotValueContext value, List<Expr> cells, Expr aggregate, int count) {
        String text = value.errorCapturingIdentifier() != null
                ? Identifiers.unquote(value.errorCapturingIdentifier().getText())
                : cells.size() == 1
                        ? cells.get(0).pretty()
                        : cells.stream().map(Expr::pretty).collect(Collectors.joining(", ", "{", "}"));
        return count == 1 ? text : text + "_" + aggregate.name();
    }
}
