package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Coercion;
import io.lakeport.localworkspace.sql.expression.Column;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.ExpressionTranslator;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.TypeTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/** A function that somebody wrote in SQL; a call stands for its body. */
public final class Routine {
    private final List<String> name;
    private final SqlBaseParser.CreateUserDefinedFunctionContext definition;

    private Routine(List<String> name, SqlBaseParser.CreateUserDefinedFunctionContext definition) {
        this.name = List.copyOf(name);
        this.definition = definition;
    }

    /** Reads the CREATE FUNCTION statement of the function of that name. */
    public static Routine parse(List<String> name, String statement) {
        if (StatementParser.parse(statement).statement()
                instanceof SqlBaseParser.CreateUserDefinedFunctionContext definition) {
            return new Routine(name, definition);
        }
        throw new IllegalArgumentException("This is no CREATE FUNCTION: " + statement);
    }

    /** Returns the name of three levels. */
    public List<String> name() {
        return name;
    }

    /** Whether the function returns rows. */
    public boolean isTable() {
        return definition.TABLE() != null;
    }

    /** Returns the scope of a call's body: the parameters with the values that the call gives. */
    public Scope scope(List<Expr> args, Map<String, Expr> named, StatementScope statement) {
        List<SqlBaseParser.ColDefinitionContext> parameters =
                definition.parameters == null ? List.of() : definition.parameters.colDefinition();
        if (args.size() > parameters.size()) {
            throw wrongCount(args.size(), parameters.size());
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            SqlBaseParser.ColDefinitionContext p = parameters.get(i);
            String parameter = Identifiers.unquote(p.colName.getText());
            SqlType type = TypeTexts.of(p.dataType());
            Expr given = i < args.size() ? args.get(i) : named.get(parameter.toLowerCase(java.util.Locale.ROOT));
            Expr value = given == null ? defaultOf(p, args.size(), parameters.size(), statement) : given;
            String sql = "(" + Coercion.to(value, type).sql() + ")";
            columns.add(new Column(List.of(name.get(2)), parameter, sql, type, true, false));
        }
        return new Scope(columns, null);
    }

    private Expr defaultOf(
            SqlBaseParser.ColDefinitionContext parameter, int given, int expected, StatementScope statement) {
        return parameter.colDefinitionOption().stream()
                .filter(o -> o.defaultExpression() != null)
                .findFirst()
                .map(o -> statement
                        .expressions(Scope.empty(), Ctes.none())
                        .translate(o.defaultExpression().expression()))
                .orElseThrow(() -> wrongCount(given, expected));
    }

    private RuntimeException wrongCount(int given, int expected) {
        return SqlErrors.of(
                "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                "42605",
                "The " + Identifiers.backticked(name) + " requires " + expected
                        + " parameters but the actual number is " + given + ".");
    }

    /** Returns the value of a call. */
    public Expr value(Scope scope, String pretty, StatementScope statement) {
        ExpressionTranslator body = statement.expressions(scope, Ctes.none());
        Expr e = definition.expression() != null
                ? body.translate(definition.expression())
                : body.translate(StatementParser.parseExpression("(" + text(definition.query()) + ")"));
        SqlType type = definition.dataType() == null ? e.type() : TypeTexts.of(definition.dataType());
        return Expr.of("(" + Coercion.to(e, type).sql() + ")", type, true, pretty);
    }

    /** Returns the rows of a call. */
    public Query rows(Scope scope, StatementScope statement) {
        Query query = statement.query(definition.query(), Ctes.none(), scope);
        if (definition.returnParams == null) {
            return query;
        }
        List<SqlBaseParser.ColTypeContext> declared = definition.returnParams.colType();
        if (declared.size() != query.columns().size()) {
            throw wrongCount(query.columns().size(), declared.size());
        }
        List<String> list = new ArrayList<>();
        List<Query.Output> columns = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            Query.Output c = query.columns().get(i);
            String column = Identifiers.unquote(declared.get(i).colName.getText());
            SqlType type = TypeTexts.of(declared.get(i).dataType());
            Expr e = Expr.of("q." + Identifiers.duck(c.label()), c.type(), c.nullable(), c.name());
            list.add(Coercion.to(e, type).sql() + " AS " + Identifiers.duck(column));
            columns.add(new Query.Output(column, column, type, true));
        }
        return new Query("SELECT " + String.join(", ", list) + " FROM (" + query.sql() + ") AS q", columns);
    }

    private static @Nullable String text(org.antlr.v4.runtime.ParserRuleContext ctx) {
        return ctx.getStart()
                .getInputStream()
                .getText(org.antlr.v4.runtime.misc.Interval.of(
                        ctx.getStart().getStartIndex(), ctx.getStop().getStopIndex()));
    }
}
