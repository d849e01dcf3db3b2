package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.query.Routine;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.TypeTexts;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;
import org.jspecify.annotations.Nullable;

/** CREATE FUNCTION with a body in SQL, and DROP FUNCTION. */
final class FunctionCommands {
    private final CommandContext context;

    FunctionCommands(CommandContext context) {
        this.context = context;
    }

    @Nullable
    Outcome run(StatementContext ctx) {
        if (ctx instanceof SqlBaseParser.CreateUserDefinedFunctionContext create) {
            create(create);
            return Outcome.none("CREATE");
        }
        if (ctx instanceof SqlBaseParser.DropFunctionContext drop) {
            drop(drop);
            return Outcome.none("DROP");
        }
        return null;
    }

    private void create(SqlBaseParser.CreateUserDefinedFunctionContext ctx) {
        if (ctx.TEMPORARY() != null) {
            throw SqlErrors.unsupported("temporary functions");
        }
        if (!ctx.routineCharacteristics().routineLanguage().isEmpty()
                && !ctx.routineCharacteristics().routineLanguage(0).getText().equalsIgnoreCase("LANGUAGESQL")) {
            throw SqlErrors.unsupported("functions in other languages than SQL");
        }
        List<String> name = context.table(ctx.identifierReference());
        context.metastore().requireSchema(name.get(0), name.get(1));
        context.visible().require(Privilege.CREATE_FUNCTION, Securable.schema(name.get(0), name.get(1)));
        boolean there = context.tables().definition(name).isPresent();
        if (there && ctx.REPLACE() == null) {
            if (ctx.EXISTS() != null) {
                return;
            }
            throw SqlErrors.of(
                    "ROUTINE_ALREADY_EXISTS",
                    "42723",
                    "Cannot create the routine " + Identifiers.backticked(name) + " because a routine of that name"
                            + " already exists. Choose a different name, drop or replace the existing routine, or add"
                            + " the IF NOT EXISTS clause to tolerate a pre-existing routine.");
        }
        String text = SourceText.of(ctx);
        check(Routine.parse(name, text), ctx);
        context.atomically(() -> {
            remove(name);
            return context.run("INSERT INTO " + DuckNames.log(name.get(0), "functions") + " VALUES ("
                    + Identifiers.literal(name.get(1)) + ", " + Identifiers.literal(name.get(2)) + ", "
                    + Identifiers.literal(text) + ")");
        });
    }

    /** Fails when the body cannot be translated: Databricks, too, looks at it when the function is made. */
    private void check(Routine routine, SqlBaseParser.CreateUserDefinedFunctionContext ctx) {
        List<SqlBaseParser.ColDefinitionContext> parameters =
                ctx.parameters == null ? List.of() : ctx.parameters.colDefinition();
        List<Expr> args = parameters.stream().map(FunctionCommands::any).toList();
        Scope scope = routine.scope(args, Map.of(), context.statement());
        if (routine.isTable()) {
            routine.rows(scope, context.statement());
        } else {
            routine.value(scope, "", context.statement());
        }
    }

    private static Expr any(SqlBaseParser.ColDefinitionContext parameter) {
        SqlType type = TypeTexts.of(parameter.dataType());
        return Expr.of("CAST(NULL AS " + type.duck() + ")", type, true, "");
    }

    private void remove(List<String> name) {
        context.run("DELETE FROM " + DuckNames.log(name.get(0), "functions") + " WHERE schema_name = "
                + Identifiers.literal(name.get(1)) + " AND function_name = " + Identifiers.literal(name.get(2)));
    }

    private void drop(SqlBaseParser.DropFunctionContext ctx) {
        List<String> written = context.name(ctx.identifierReference());
        List<String> name = context.tables().complete(written);
        if (context.tables().definition(name).isEmpty()) {
            if (ctx.EXISTS() != null) {
                return;
            }
            throw SqlErrors.of(
                    "ROUTINE_NOT_FOUND",
                    "42883",
                    "The routine " + Identifiers.backticked(name) + " cannot be found. Verify the spelling and"
                            + " correctness of the schema and catalog.\nIf you did not qualify the name with a schema,"
                            + " verify the current_schema() output, or qualify the name with the correct schema and"
                            + " catalog.\nTo tolerate the error on drop use DROP FUNCTION IF EXISTS.");
        }
        remove(name);
    }
}
