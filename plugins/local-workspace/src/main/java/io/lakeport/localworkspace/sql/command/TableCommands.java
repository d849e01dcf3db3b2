package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.catalog.Metastore;
import io.lakeport.localworkspace.catalog.Remarks;
import io.lakeport.localworkspace.catalog.TableFacts;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.TypeTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;
import org.jspecify.annotations.Nullable;

/** CREATE, DROP and TRUNCATE of tables and views. */
final class TableCommands {
    private final CommandContext context;

    TableCommands(CommandContext context) {
        this.context = context;
    }

    @Nullable
    Outcome run(StatementContext ctx) {
        if (ctx instanceof SqlBaseParser.CreateTableContext create) {
            if (create.createTableHeader().TEMPORARY() != null) {
                throw SqlErrors.unsupported("temporary tables");
            }
            boolean lenient = create.createTableHeader().EXISTS() != null;
            List<String> name = context.table(create.createTableHeader().identifierReference());
            Supplier<TableFacts> facts = () -> new TableClauses(context)
                    .facts(name, create.createTableClauses(), create.tableProvider(), create.tableElementList());
            create(name, false, lenient, create.tableElementList(), facts, create.query());
            return Outcome.none("CREATE");
        }
        if (ctx instanceof SqlBaseParser.ReplaceTableContext replace) {
            List<String> name = context.table(replace.replaceTableHeader().identifierReference());
            Supplier<TableFacts> facts = () -> new TableClauses(context)
                    .facts(name, replace.createTableClauses(), replace.tableProvider(), replace.tableElementList());
            create(name, true, false, replace.tableElementList(), facts, replace.query());
            return Outcome.none("REPLACE");
        }
        if (ctx instanceof SqlBaseParser.CreateViewContext view) {
            createView(view);
            return Outcome.none("CREATE");
        }
        if (ctx instanceof SqlBaseParser.DropTableContext drop) {
            drop(context.name(drop.identifierReference()), drop.EXISTS() != null, false);
            return Outcome.none("DROP");
        }
        if (ctx instanceof SqlBaseParser.DropViewContext drop) {
            drop(context.name(drop.identifierReference()), drop.EXISTS() != null, true);
            return Outcome.none("DROP");
        }
        if (ctx instanceof SqlBaseParser.TruncateTableContext truncate) {
            TableInfo info = context.tables().info(context.name(truncate.identifierReference()));
            context.run("TRUNCATE " + DuckNames.qualified(info.fullName()));
            return Outcome.none("TRUNCATE");
        }
        return null;
    }

    private void create(
            List<String> name,
            boolean replace,
            boolean lenient,
            SqlBaseParser.@Nullable TableElementListContext elements,
            Supplier<TableFacts> clauses,
            SqlBaseParser.@Nullable QueryContext query) {
        if (!mayCreate(name, replace, lenient)) {
            return;
        }
        TableFacts facts = clauses.get();
        if (query != null) {
            createAs(name, context.query(query), facts);
            return;
        }
        if (elements == null) {
            throw SqlErrors.unsupported("tables without columns");
        }
        List<SqlBaseParser.ColDefinitionContext> columns = new ArrayList<>();
        for (SqlBaseParser.TableElementContext e : elements.tableElement()) {
            if (e.colDefinition() != null) {
                columns.add(e.colDefinition());
            }
        }
        String list = columns.stream().map(this::column).collect(Collectors.joining(", "));
        context.run("CREATE OR REPLACE TABLE " + DuckNames.qualified(name) + " (" + list + ")");
        for (SqlBaseParser.ColDefinitionContext c : columns) {
            remark(name, Identifiers.unquote(c.colName.getText()), TypeTexts.of(c.dataType()), comment(c));
        }
        remark(name, facts);
        context.metastore().changed();
    }

    private boolean mayCreate(List<String> name, boolean replace, boolean lenient) {
        requireWritable(name);
        context.metastore().requireSchema(name.get(0), name.get(1));
        if (context.metastore().find(name).isPresent() && !replace) {
            if (lenient) {
                return false;
            }
            throw SqlErrors.tableExists(name);
        }
        return true;
    }

    private static void requireWritable(List<String> name) {
        if (name.get(0).equals("system") || name.get(1).equals(Metastore.INFORMATION_SCHEMA)) {
            throw SqlErrors.of(
                    "INSUFFICIENT_PERMISSIONS",
                    "42501",
                    "Insufficient privileges: User does not have permission MODIFY on schema '" + name.get(0) + "."
                            + name.get(1) + "'.");
        }
    }

    private void createAs(List<String> name, Query query, TableFacts facts) {
        for (Query.Output c : query.columns()) {
            if (c.type().is(Kind.VOID)) {
                throw SqlErrors.unsupported("the column " + c.name() + " of type VOID in a table");
            }
            if (!c.name().equals(c.label())) {
                throw SqlErrors.of(
                        "COLUMN_ALREADY_EXISTS",
                        "42711",
                        "The column " + Identifiers.backticked(c.name())
                                + " already exists. Choose another name or rename " + "the existing column.");
            }
        }
        context.run("CREATE OR REPLACE TABLE " + DuckNames.qualified(name) + " AS " + query.sql());
        query.columns().forEach(c -> remark(name, c.name(), c.type(), null));
        remark(name, facts);
        context.metastore().changed();
    }

    private String column(SqlBaseParser.ColDefinitionContext ctx) {
        SqlType type = TypeTexts.of(ctx.dataType());
        StringBuilder sql = new StringBuilder(Identifiers.duck(Identifiers.unquote(ctx.colName.getText())));
        sql.append(' ').append(type.duck());
        for (SqlBaseParser.ColDefinitionOptionContext option : ctx.colDefinitionOption()) {
            if (option.errorCapturingNot() != null) {
                sql.append(" NOT NULL");
            } else if (option.defaultExpression() != null) {
                Expr e = context.expressions(Scope.empty())
                        .translate(option.defaultExpression().expression());
                sql.append(" DEFAULT ").append(e.sql());
            } else if (option.generationExpression() != null) {
                throw SqlErrors.unsupported("generated and identity columns");
            }
        }
        return sql.toString();
    }

    private @Nullable String comment(SqlBaseParser.ColDefinitionContext ctx) {
        return ctx.colDefinitionOption().stream()
                .filter(o -> o.commentSpec() != null)
                .map(o -> text(o.commentSpec().stringLit()))
                .findFirst()
                .orElse(null);
    }

    private String text(SqlBaseParser.StringLitContext ctx) {
        return context.expressions(Scope.empty()).literals().string(ctx);
    }

    private void remark(List<String> table, String column, SqlType type, @Nullable String comment) {
        Remarks remarks = Remarks.of(type, comment);
        if (!remarks.isEmpty()) {
            context.run("COMMENT ON COLUMN " + DuckNames.qualified(table) + "." + Identifiers.duck(column) + " IS "
                    + Identifiers.literal(remarks.json()));
        }
    }

    private void remark(List<String> table, TableFacts facts) {
        if (!facts.equals(TableFacts.NONE)) {
            context.run("COMMENT ON TABLE " + DuckNames.qualified(table) + " IS " + Identifiers.literal(facts.json()));
        }
    }

    private void createView(SqlBaseParser.CreateViewContext ctx) {
        if (ctx.TEMPORARY() != null) {
            throw SqlErrors.unsupported("temporary views");
        }
        if (!ctx.propertyList().isEmpty()
                || !ctx.PARTITIONED().isEmpty()
                || !ctx.collationSpec().isEmpty()) {
            throw SqlErrors.unsupported("views with TBLPROPERTIES, PARTITIONED ON or COLLATION");
        }
        List<String> name = context.table(ctx.identifierReference());
        if (!mayCreate(name, ctx.REPLACE() != null, ctx.EXISTS() != null)) {
            return;
        }
        Query query = context.query(ctx.query());
        String list = "";
        if (ctx.identifierCommentList() != null) {
            list = ctx.identifierCommentList().identifierComment().stream()
                    .map(c ->
                            Identifiers.duck(Identifiers.unquote(c.identifier().getText())))
                    .collect(Collectors.joining(", ", " (", ")"));
        }
        context.run("CREATE OR REPLACE VIEW " + DuckNames.qualified(name) + list + " AS " + query.sql());
        remarkView(name, query, ctx);
        context.metastore().changed();
    }

    private void remarkView(List<String> name, Query query, SqlBaseParser.CreateViewContext ctx) {
        for (int i = 0; i < query.columns().size(); i++) {
            Query.Output c = query.columns().get(i);
            SqlBaseParser.IdentifierCommentContext given = ctx.identifierCommentList() == null
                    ? null
                    : ctx.identifierCommentList().identifierComment(i);
            String comment = given == null || given.commentSpec() == null
                    ? null
                    : text(given.commentSpec().stringLit());
            String column = given == null
                    ? c.label()
                    : Identifiers.unquote(given.identifier().getText());
            remark(name, column, c.type(), comment);
        }
        if (!ctx.commentSpec().isEmpty()) {
            TableFacts facts =
                    TableFacts.NONE.withComment(text(ctx.commentSpec(0).stringLit()));
            context.run("COMMENT ON VIEW " + DuckNames.qualified(name) + " IS " + Identifiers.literal(facts.json()));
        }
    }

    private void drop(List<String> written, boolean lenient, boolean view) {
        List<String> name = context.tables().complete(written);
        requireWritable(name);
        TableInfo info = context.metastore().find(name).orElse(null);
        if (info == null) {
            if (lenient) {
                return;
            }
            throw SqlErrors.tableNotFound(written);
        }
        if (info.view() != view) {
            throw SqlErrors.of(
                    view ? "EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE" : "WRONG_COMMAND_FOR_OBJECT_TYPE",
                    view ? "42809" : "42809",
                    "The object " + Identifiers.backticked(name) + " is a " + (info.view() ? "view" : "table")
                            + ". Use DROP " + (info.view() ? "VIEW" : "TABLE") + " instead.");
        }
        context.run("DROP " + (view ? "VIEW " : "TABLE ") + DuckNames.qualified(name));
        context.metastore().changed();
    }
}
