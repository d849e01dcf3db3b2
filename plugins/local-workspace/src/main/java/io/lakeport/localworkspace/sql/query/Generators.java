package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Column;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.expression.Unwrap;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.NamedExpressionContext;
import org.jspecify.annotations.Nullable;

/** Functions that make rows: explode and its kin, in LATERAL VIEW, in FROM and in select lists. */
final class Generators {
    static final Set<String> NAMES =
            Set.of("explode", "explode_outer", "posexplode", "posexplode_outer", "inline", "inline_outer");

    private final StatementScope statement;
    private final Ctes ctes;
    private final @Nullable Scope outer;

    Generators(StatementScope statement, Ctes ctes, @Nullable Scope outer) {
        this.statement = statement;
        this.ctes = ctes;
        this.outer = outer;
    }

    /** What a select list becomes once its generators stand in FROM. */
    record Result(@Nullable Relation relation, Map<NamedExpressionContext, List<Expr>> items, List<Column> generated) {
        /** Returns the scope of a star: without the generated columns. */
        Scope visible(Scope scope) {
            return new Scope(
                    scope.columns().stream().filter(c -> !generated.contains(c)).toList(), null);
        }
    }

    Result extract(@Nullable Relation from, List<NamedExpressionContext> list) {
        Relation at = from;
        Map<NamedExpressionContext, List<Expr>> items = new HashMap<>();
        List<Column> generated = new ArrayList<>();
        for (NamedExpressionContext item : list) {
            SqlBaseParser.FunctionCallContext call =
                    Unwrap.find(item.expression(), SqlBaseParser.FunctionCallContext.class);
            if (call == null || !NAMES.contains(call.functionName().getText().toLowerCase(Locale.ROOT))) {
                continue;
            }
            String function = call.functionName().getText().toLowerCase(Locale.ROOT);
            Scope scope = new Scope(at == null ? List.of() : at.columns(), outer);
            List<Expr> args = call.argument.stream()
                    .map(a -> statement.expressions(scope, ctes).translate(a.expression()))
                    .toList();
            Relation rows = generate(function, args, "", names(item));
            at = attach(at, rows, function.endsWith("_outer"));
            generated.addAll(rows.columns());
            items.put(item, rows.columns().stream().map(Column::toExpr).toList());
        }
        return new Result(at, items, generated);
    }

    private static List<String> names(NamedExpressionContext item) {
        if (item.name != null) {
            return List.of(Identifiers.unquote(item.name.getText()));
        }
        return item.identifierList() == null ? List.of() : Aliases.names(item.identifierList());
    }

    static Relation attach(@Nullable Relation from, Relation rows, boolean keepEmpty) {
        if (from == null && !keepEmpty) {
            return rows;
        }
        // A select list without FROM has one row, which an outer generator keeps like any other.
        Relation left = from == null ? new Relation("(SELECT 1) AS lp_one", List.of()) : from;
        List<Column> columns = new ArrayList<>(left.columns());
        columns.addAll(keepEmpty ? rows.asNullable().columns() : rows.columns());
        String join = keepEmpty ? " LEFT JOIN LATERAL " : " CROSS JOIN LATERAL ";
        return new Relation(left.sql() + join + rows.sql() + (keepEmpty ? " ON true" : ""), columns);
    }

    /** Returns the rows of a generator as a FROM item. */
    Relation generate(String name, List<Expr> args, String alias, List<String> names) {
        String function = name.toLowerCase(Locale.ROOT).replace("_outer", "");
        if (args.size() != 1) {
            throw SqlErrors.of(
                    "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                    "42605",
                    "The `" + name + "` requires 1 parameters but the actual number is " + args.size() + ".");
        }
        Expr arg = args.get(0);
        String label = statement.freshName("g");
        List<Query.Output> outputs = new ArrayList<>();
        String sql = rows(function, arg, outputs);
        List<String> given =
                names.isEmpty() ? outputs.stream().map(Query.Output::name).toList() : names;
        Query query = new Query(sql, outputs);
        Relation rows = new Relation(
                "(" + sql + ") AS " + label, query.columnsOf(label, alias.isEmpty() ? List.of() : List.of(alias)));
        if (given.size() != outputs.size()) {
            throw SqlErrors.of(
                    "UDTF_ALIAS_NUMBER_MISMATCH",
                    "42802",
                    "The number of aliases supplied in the AS clause does not match the number of columns output by the "
                            + "UDTF. Expected " + outputs.size() + " aliases, but got " + String.join(",", given)
                            + ". Please ensure that the number of aliases provided matches the number of columns output by "
                            + "the UDTF.");
        }
        return Relations.withNames(rows, given);
    }

    private String rows(String function, Expr arg, List<Query.Output> outputs) {
        SqlType type = arg.type();
        if (function.startsWith("posexplode")) {
            outputs.add(new Query.Output("pos", "pos", SqlType.INT, false));
        }
        String pos = outputs.isEmpty() ? "" : "CAST(generate_subscripts(lp_l, 1) - 1 AS INTEGER) AS pos, ";
        if (type.is(Kind.MAP)) {
            outputs.add(new Query.Output("key", "key", type.key(), false));
            outputs.add(new Query.Output("value", "value", type.value(), true));
            return "SELECT " + (pos.isEmpty() ? "" : "pos, ") + "lp_e.key AS key, lp_e.value AS value FROM (SELECT "
                    + pos + "unnest(lp_l) AS lp_e FROM (SELECT map_entries(" + arg.sql() + ") AS lp_l))";
        }
        if (!type.is(Kind.ARRAY)) {
            throw SqlErrors.of(
                    "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                    "42K09",
                    "Cannot resolve \"" + function + "(" + arg.pretty() + ")\" due to data type mismatch: The first "
                            + "parameter requires the (\"ARRAY\" or \"MAP\") type, however \"" + arg.pretty()
                            + "\" has the type \"" + type.text() + "\".");
        }
        String list = "(SELECT " + arg.sql() + " AS lp_l)";
        if (function.equals("inline")) {
            List<String> fields = new ArrayList<>();
            for (SqlType.Field f : type.element().fields()) {
                fields.add("lp_e." + Identifiers.duck(f.name()) + " AS " + Identifiers.duck(f.name()));
                outputs.add(new Query.Output(f.name(), f.name(), f.type(), true));
            }
            return "SELECT " + String.join(", ", fields) + " FROM (SELECT unnest(lp_l) AS lp_e FROM " + list + ")";
        }
        outputs.add(new Query.Output("col", "col", type.element(), true));
        return "SELECT " + pos + "unnest(lp_l) AS col FROM " + list;
    }
}
