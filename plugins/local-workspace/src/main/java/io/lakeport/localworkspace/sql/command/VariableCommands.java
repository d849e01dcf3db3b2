package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.engine.EngineParameter;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Coercion;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.query.Names;
import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.TypeTexts;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;
import org.jspecify.annotations.Nullable;

/** DECLARE, SET and DROP of session variables, and EXECUTE IMMEDIATE. */
final class VariableCommands {
    private final CommandContext context;

    VariableCommands(CommandContext context) {
        this.context = context;
    }

    @Nullable
    Outcome run(StatementContext ctx) {
        if (ctx instanceof SqlBaseParser.CreateVariableContext create) {
            create(create);
            return Outcome.none("DECLARE");
        }
        if (ctx instanceof SqlBaseParser.DropVariableContext drop) {
            context.variables().drop(context.name(drop.identifierReference()), drop.EXISTS() != null);
            return Outcome.none("DROP");
        }
        return ctx instanceof SqlBaseParser.VisitExecuteImmediateContext execute
                ? execute(execute.executeImmediate())
                : null;
    }

    private void create(SqlBaseParser.CreateVariableContext ctx) {
        SqlBaseParser.VariableDefaultExpressionContext given = ctx.variableDefaultExpression();
        if (ctx.dataType() == null && given == null) {
            throw SqlErrors.of(
                    "INVALID_VARIABLE_DECLARATION", "42K0M", "A variable needs a type or a DEFAULT expression.");
        }
        Expr value = given == null ? null : context.expressions(Scope.empty()).translate(given.expression());
        SqlType type = ctx.dataType() != null
                ? TypeTexts.of(ctx.dataType())
                : String.valueOf(value).isEmpty() ? SqlType.VOID : requireType(value);
        String text = value == null ? null : text(Coercion.to(value, type).sql());
        for (SqlBaseParser.IdentifierReferenceContext name : ctx.identifierReferences) {
            context.variables().declare(context.name(name), type, text, ctx.REPLACE() != null);
        }
    }

    private static SqlType requireType(@Nullable Expr value) {
        return value == null ? SqlType.VOID : value.type();
    }

    private @Nullable String text(String sql) {
        return context.rows("SELECT CAST(" + sql + " AS VARCHAR)").get(0).get(0);
    }

    /** SET VARIABLE. */
    Outcome set(SqlBaseParser.SetVariableContext ctx) {
        if (ctx.assignmentList() != null) {
            List<Runnable> all = new ArrayList<>();
            for (SqlBaseParser.AssignmentContext a : ctx.assignmentList().assignment()) {
                List<String> name = Names.of(a.key);
                SqlType type = context.variables().type(name);
                boolean reset = a.value.getText().equalsIgnoreCase("DEFAULT");
                String text = reset
                        ? null
                        : text(Coercion.to(context.expressions(Scope.empty()).translate(a.value), type)
                                .sql());
                all.add(() -> {
                    if (reset) {
                        context.variables().reset(name);
                    } else {
                        context.variables().set(name, text);
                    }
                });
            }
            all.forEach(Runnable::run);
        } else {
            into(ctx.multipartIdentifierList(), context.query(ctx.query()));
        }
        return Outcome.none("SET");
    }

    /** Gives variables the values of a query's only row; NULL when it has none. */
    private void into(SqlBaseParser.MultipartIdentifierListContext names, Query query) {
        List<List<String>> variables =
                names.multipartIdentifier().stream().map(Names::of).toList();
        if (variables.size() != query.columns().size()) {
            throw SqlErrors.of(
                    "ASSIGNMENT_ARITY_MISMATCH",
                    "42802",
                    "The number of columns or variables assigned or aliased: " + variables.size()
                            + " does not match the number of source expressions: "
                            + query.columns().size() + ".");
        }
        List<String> list = new ArrayList<>();
        for (int i = 0; i < variables.size(); i++) {
            Query.Output c = query.columns().get(i);
            Expr e = Expr.of("q." + Identifiers.duck(c.label()), c.type(), c.nullable(), c.name());
            list.add("CAST("
                    + Coercion.to(e, context.variables().type(variables.get(i))).sql() + " AS VARCHAR)");
        }
        List<List<@Nullable String>> rows =
                context.rows("SELECT " + String.join(", ", list) + " FROM (" + query.sql() + ") AS q LIMIT 2");
        if (rows.size() > 1) {
            throw SqlErrors.of(
                    "ROW_SUBQUERY_TOO_MANY_ROWS", "21000", "More than one row returned by a subquery used as a row.");
        }
        for (int i = 0; i < variables.size(); i++) {
            context.variables()
                    .set(variables.get(i), rows.isEmpty() ? null : rows.get(0).get(i));
        }
    }

    private Outcome execute(SqlBaseParser.ExecuteImmediateContext ctx) {
        Expr statement = context.expressions(Scope.empty()).translate(ctx.queryParam);
        String sql = text(statement.sql());
        if (sql == null) {
            throw SqlErrors.of(
                    "NULL_QUERY_STRING_EXECUTE_IMMEDIATE",
                    "22004",
                    "Execute immediate requires a non-null variable as the query string, but the provided variable "
                            + statement.pretty() + " is null.");
        }
        List<EngineParameter> parameters = new ArrayList<>();
        if (ctx.executeImmediateUsing() != null) {
            for (SqlBaseParser.NamedExpressionContext p :
                    ctx.executeImmediateUsing().params.namedExpression()) {
                Expr e = context.expressions(Scope.empty()).translate(p.expression());
                String name = p.name == null ? null : Identifiers.unquote(p.name.getText());
                parameters.add(new EngineParameter(
                        name, name == null ? parameters.size() + 1 : 0, e.type().text(), text(e.sql())));
            }
        }
        Outcome outcome = context.execute(sql, parameters);
        Query answer = outcome.answer();
        if (ctx.targetVariable != null) {
            if (answer == null || !outcome.type().equals("SELECT")) {
                throw SqlErrors.of(
                        "INVALID_STATEMENT_FOR_EXECUTE_INTO",
                        "07501",
                        "The INTO clause of EXECUTE IMMEDIATE is only valid for queries but the given statement is not a"
                                + " query: " + sql + ".");
            }
            into(ctx.targetVariable, answer);
            return Outcome.none("EXECUTE");
        }
        return outcome;
    }
}
