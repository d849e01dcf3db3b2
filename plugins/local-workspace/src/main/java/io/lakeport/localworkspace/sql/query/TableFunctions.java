package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Coercion;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.ExpressionTranslator;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/** Functions that stand in FROM: {@code range}, {@code read_files}, generators. */
final class TableFunctions {
    private final StatementScope statement;
    private final Ctes ctes;
    private final @Nullable Scope around;

    TableFunctions(StatementScope statement, Ctes ctes, @Nullable Scope around) {
        this.statement = statement;
        this.ctes = ctes;
        this.around = around;
    }

    Relation translate(SqlBaseParser.TableFunctionCallWithTrailingClausesContext ctx) {
        SqlBaseParser.TableFunctionCallContext call = ctx.tableFunctionCall();
        String name = Identifiers.unquote(call.funcName.getText()).toLowerCase(Locale.ROOT);
        List<String> parts = Names.of(StatementParser.parseName(call.funcName.getText()));
        ExpressionTranslator expressions = statement.expressions(new Scope(List.of(), around), ctes);
        List<Expr> args = new ArrayList<>();
        Map<String, Expr> named = new HashMap<>();
        for (SqlBaseParser.FunctionTableArgumentContext a : call.functionTableArgument()) {
            if (a.functionArgument() == null) {
                throw SqlErrors.unsupported("table arguments of functions");
            }
            SqlBaseParser.NamedArgumentExpressionContext pair =
                    a.functionArgument().namedArgumentExpression();
            if (pair == null) {
                args.add(expressions.translate(a.functionArgument().expression()));
            } else {
                named.put(pair.key.getText().toLowerCase(Locale.ROOT), expressions.translate(pair.value));
            }
        }
        String alias = Aliases.name(ctx.tableAlias());
        Relation relation = relation(parts, name, args, named, alias == null ? name : alias);
        return ctx.tableAlias().identifierList() == null
                ? relation
                : Relations.withNames(relation, Aliases.names(ctx.tableAlias().identifierList()));
    }

    private Relation relation(List<String> parts, String name, List<Expr> args, Map<String, Expr> named, String alias) {
        if (name.equals("range")) {
            return range(args, alias);
        }
        if (name.equals("table_changes")) {
            return changes(args, alias);
        }
        if (name.equals("read_files")) {
            return readFiles(args, named, alias);
        }
        if (Generators.NAMES.contains(name)) {
            Relation rows = new Generators(statement, ctes, null).generate(name, args, alias, List.of());
            return around == null ? rows : new Relation("LATERAL " + rows.sql(), rows.columns());
        }
        Optional<Routine> routine = statement.tables().routine(parts).filter(Routine::isTable);
        if (routine.isPresent()) {
            Query rows = routine.get().rows(routine.get().scope(args, named, statement), statement);
            return new Relations(statement, ctes, null).derived(rows, alias, around == null ? "" : "LATERAL ");
        }
        throw SqlErrors.of(
                "UNRESOLVABLE_TABLE_VALUED_FUNCTION",
                "42883",
                "Could not resolve " + Identifiers.backticked(name)
                        + " to a table-valued function. Please make sure that "
                        + Identifiers.backticked(name) + " is defined as a table-valued function and that all required "
                        + "parameters are provided correctly.");
    }

    private Relation range(List<Expr> args, String alias) {
        if (args.isEmpty() || args.size() > 4) {
            throw SqlErrors.of(
                    "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                    "42605",
                    "The `range` requires [1, 2, 3, 4] parameters but the actual number is " + args.size() + ".");
        }
        // The fourth argument is a number of partitions, which DuckDB does not need.
        String list = args.stream()
                .limit(3)
                .map(a -> Coercion.to(a, SqlType.LONG).sql())
                .collect(Collectors.joining(", "));
        String label = statement.freshName("r");
        Query query = new Query("", List.of(new Query.Output("id", "id", SqlType.LONG, false)));
        return new Relation("range(" + list + ") AS " + label + "(id)", query.columnsOf(label, List.of(alias)));
    }

    private Relation changes(List<Expr> args, String alias) {
        if (args.isEmpty() || args.size() > 3) {
            throw SqlErrors.of(
                    "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                    "42605",
                    "The `table_changes` requires [2, 3] parameters but the actual number is " + args.size() + ".");
        }
        if (!(args.get(0).constant() instanceof String table)) {
            throw Moments.notConstant("table name", 1, args.get(0));
        }
        if (args.size() == 1) {
            throw SqlErrors.of(
                    "DELTA_NO_START_FOR_CDC_READ",
                    "42601",
                    "No startingVersion or startingTimestamp provided for CDC read.");
        }
        Optional<Moment> to =
                args.size() == 3 ? Optional.of(Moments.ofArgument("end", 3, args.get(2))) : Optional.empty();
        Table feed = statement
                .tables()
                .changes(Names.of(StatementParser.parseName(table)), Moments.ofArgument("start", 2, args.get(1)), to);
        String label = statement.freshName("r");
        return new Relation(feed.sql() + " AS " + label, Relations.columns(feed, label, List.of(alias)));
    }

    private Relation readFiles(List<Expr> args, Map<String, Expr> named, String alias) {
        Table table = new ReadFiles(statement.tables()).read(args, named);
        String label = statement.freshName("r");
        return new Relation(table.sql() + " AS " + label, Relations.columns(table, label, List.of(alias)));
    }
}
