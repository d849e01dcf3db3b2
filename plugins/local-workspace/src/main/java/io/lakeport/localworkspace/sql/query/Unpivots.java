package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Coercion;
import io.lakeport.localworkspace.sql.expression.Column;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/** UNPIVOT: each named column of a row becomes a row of its own, with the column's name. */
final class Unpivots {
    private final StatementScope statement;

    Unpivots(StatementScope statement) {
        this.statement = statement;
    }

    /** The new rows: what stands in the name column, and the values beside it. */
    private record Set(String name, List<Expr> values) {}

    Relation unpivot(Relation from, SqlBaseParser.UnpivotClauseContext ctx) {
        Scope scope = new Scope(from.columns(), null);
        List<String> valueNames = new ArrayList<>();
        List<Set> sets = new ArrayList<>();
        String nameColumn;
        SqlBaseParser.UnpivotSingleValueColumnClauseContext single =
                ctx.unpivotOperator().unpivotSingleValueColumnClause();
        if (single != null) {
            valueNames.add(Identifiers.unquote(single.unpivotValueColumn().getText()));
            nameColumn = Identifiers.unquote(single.unpivotNameColumn().getText());
            single.unpivotColumns.forEach(c -> sets.add(set(List.of(c.unpivotColumn()), c.unpivotAlias(), scope)));
        } else {
            SqlBaseParser.UnpivotMultiValueColumnClauseContext many =
                    ctx.unpivotOperator().unpivotMultiValueColumnClause();
            many.unpivotValueColumns.forEach(c -> valueNames.add(Identifiers.unquote(c.getText())));
            nameColumn = Identifiers.unquote(many.unpivotNameColumn().getText());
            many.unpivotColumnSets.forEach(c -> sets.add(set(c.unpivotColumns, c.unpivotAlias(), scope)));
        }
        boolean nulls = ctx.nullOperator != null && ctx.nullOperator.INCLUDE() != null;
        Relation rows = rows(from, sets, nameColumn, valueNames, nulls);
        String alias = ctx.errorCapturingIdentifier() == null
                ? null
                : Identifiers.unquote(ctx.errorCapturingIdentifier().getText());
        return alias == null ? rows : requalified(rows, alias);
    }

    private static Relation requalified(Relation rows, String alias) {
        return new Relation(
                rows.sql(),
                rows.columns().stream()
                        .map(c -> new Column(List.of(alias), c.name(), c.sql(), c.type(), c.nullable(), c.hidden()))
                        .toList());
    }

    private static Set set(
            List<SqlBaseParser.UnpivotColumnContext> columns,
            SqlBaseParser.@Nullable UnpivotAliasContext alias,
            Scope scope) {
        List<Expr> values = columns.stream()
                .map(c -> scope.resolve(Names.of(c.multipartIdentifier())))
                .toList();
        String name = alias != null
                ? Identifiers.unquote(alias.errorCapturingIdentifier().getText())
                : values.stream().map(Expr::name).collect(Collectors.joining("_"));
        return new Set(name, values);
    }

    private Relation rows(Relation from, List<Set> sets, String nameColumn, List<String> valueNames, boolean nulls) {
        List<SqlType> types = new ArrayList<>();
        for (int i = 0; i < valueNames.size(); i++) {
            types.add(common(sets, i));
        }
        List<String> lines = new ArrayList<>();
        for (Set set : sets) {
            List<String> cells = new ArrayList<>(List.of(Identifiers.literal(set.name())));
            for (int i = 0; i < types.size(); i++) {
                cells.add(Coercion.to(set.values().get(i), types.get(i)).sql());
            }
            lines.add("(" + String.join(", ", cells) + ")");
        }
        String label = statement.freshName("u");
        List<Column> columns = new ArrayList<>(kept(from, sets));
        columns.add(new Column(List.of(), nameColumn, label + ".n", SqlType.STRING, false, false));
        List<String> labels = new ArrayList<>(List.of("n"));
        for (int i = 0; i < types.size(); i++) {
            labels.add("v" + i);
            columns.add(new Column(List.of(), valueNames.get(i), label + ".v" + i, types.get(i), true, false));
        }
        String table = "(VALUES " + String.join(", ", lines) + ") AS " + label + "(" + String.join(", ", labels) + ")";
        return derived(from.sql() + " CROSS JOIN LATERAL " + table, columns, label, types.size(), nulls);
    }

    private static SqlType common(List<Set> sets, int at) {
        List<Expr> values = sets.stream().map(s -> s.values().get(at)).toList();
        SqlType type = values.get(0).type();
        for (Expr value : values) {
            SqlType wider = Coercion.common(type, value.type());
            if (wider == null) {
                throw SqlErrors.of(
                        "UNPIVOT_VALUE_DATA_TYPE_MISMATCH",
                        "42K09",
                        "Unpivot value columns must share a least common type, some types do not: ["
                                + values.stream()
                                        .map(v -> "\"" + v.type().text() + "\" (" + Identifiers.backticked(v.name())
                                                + ")")
                                        .collect(Collectors.joining(", "))
                                + "].");
            }
            type = wider;
        }
        return type;
    }

    private static List<Column> kept(Relation from, List<Set> sets) {
        return from.columns().stream()
                .filter(c -> sets.stream()
                        .flatMap(s -> s.values().stream())
                        .noneMatch(v -> v.sql().equals(c.sql())))
                .toList();
    }

    private Relation derived(String sql, List<Column> columns, String label, int values, boolean nulls) {
        List<String> names = columns.stream().map(Column::name).toList();
        List<String> labels = Query.labels(names);
        List<String> list = new ArrayList<>();
        List<Query.Output> outputs = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column c = columns.get(i);
            list.add(c.sql() + " AS " + Identifiers.duck(labels.get(i)));
            outputs.add(new Query.Output(c.name(), labels.get(i), c.type(), c.nullable()));
        }
        List<String> present = new ArrayList<>();
        for (int i = 0; i < values; i++) {
            present.add(label + ".v" + i + " IS NOT NULL");
        }
        String where = nulls ? "" : " WHERE " + String.join(" OR ", present);
        Query query = new Query("SELECT " + String.join(", ", list) + " FROM " + sql + where, outputs);
        return new Relations(statement, Ctes.none(), null).derived(query, null, "");
    }
}
