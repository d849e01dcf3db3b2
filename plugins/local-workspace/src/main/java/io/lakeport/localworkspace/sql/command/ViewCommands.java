package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.ColumnRule;
import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.catalog.Remarks;
import io.lakeport.localworkspace.catalog.TableFacts;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.catalog.TempViews;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;
import org.jspecify.annotations.Nullable;

/** CREATE VIEW and ALTER VIEW … AS, of views in schemas and of temporary ones. */
final class ViewCommands {
    private final CommandContext context;

    ViewCommands(CommandContext context) {
        this.context = context;
    }

    @Nullable
    Outcome run(StatementContext ctx) {
        if (ctx instanceof SqlBaseParser.CreateViewContext view) {
            if (view.GLOBAL() != null) {
                throw SqlErrors.of(
                        "NOT_SUPPORTED_WITH_SERVERLESS",
                        "0A000",
                        "GLOBAL TEMPORARY VIEW is not supported on serverless compute.");
            }
            create(view);
            return Outcome.none("CREATE");
        }
        if (ctx instanceof SqlBaseParser.AlterViewQueryContext alter) {
            alter(alter);
            return Outcome.none("ALTER");
        }
        return null;
    }

    private void create(SqlBaseParser.CreateViewContext ctx) {
        boolean evolves = ctx.schemaBinding().stream().anyMatch(b -> b.EVOLUTION() != null);
        if (!ctx.PARTITIONED().isEmpty() || !ctx.collationSpec().isEmpty() || evolves) {
            throw SqlErrors.unsupported("views with PARTITIONED ON, COLLATION or WITH SCHEMA EVOLUTION");
        }
        if (ctx.TEMPORARY() != null) {
            temporary(ctx);
            return;
        }
        List<String> name = context.table(ctx.identifierReference());
        boolean replace = ctx.REPLACE() != null;
        if (!new TableCommands(context).mayCreate(name, replace, ctx.EXISTS() != null)) {
            return;
        }
        context.metastore().find(name).filter(t -> !t.view()).ifPresent(t -> {
            throw SqlErrors.of(
                    "EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE",
                    "42809",
                    "The operation expects a view but " + Identifiers.backticked(name) + " is a table.");
        });
        Query query = permanent(name, ctx.query());
        store(definition(name, query, ctx), query);
    }

    /** A view in a schema must not depend on what only one session has. */
    private Query permanent(List<String> name, SqlBaseParser.QueryContext ctx) {
        int before = context.tempViews().uses();
        Query query = context.query(ctx);
        if (context.tempViews().uses() != before) {
            throw SqlErrors.of(
                    "INVALID_TEMP_OBJ_REFERENCE",
                    "42K0F",
                    "Cannot create the persistent object " + Identifiers.backticked(name)
                            + " of the type VIEW because it references to a temporary object of the type VIEW. Please"
                            + " make the temporary object persistent, or make the persistent object temporary.");
        }
        return query;
    }

    private void store(TableInfo view, Query query) {
        String list = view.columns().stream()
                .map(c -> Identifiers.duck(c.name()))
                .collect(Collectors.joining(", ", " (", ")"));
        String name = DuckNames.qualified(view.fullName());
        context.atomically(() -> {
            context.run("CREATE OR REPLACE VIEW " + name + list + " AS " + query.sql());
            for (TableInfo.ColumnInfo c : view.columns()) {
                Remarks remarks = Remarks.of(c.type(), c.comment());
                if (!remarks.isEmpty()) {
                    context.run("COMMENT ON COLUMN " + name + "." + Identifiers.duck(c.name()) + " IS "
                            + Identifiers.literal(remarks.json()));
                }
            }
            if (!view.facts().equals(TableFacts.NONE)) {
                context.run("COMMENT ON VIEW " + name + " IS "
                        + Identifiers.literal(view.facts().json()));
            }
            return 0;
        });
        context.metastore().changed();
    }

    private TableInfo definition(List<String> name, Query query, SqlBaseParser.CreateViewContext ctx) {
        List<SqlBaseParser.IdentifierCommentContext> given = ctx.identifierCommentList() == null
                ? List.of()
                : ctx.identifierCommentList().identifierComment();
        if (!given.isEmpty() && given.size() != query.columns().size()) {
            boolean few = query.columns().size() < given.size();
            throw SqlErrors.of(
                    "CREATE_VIEW_COLUMN_ARITY_MISMATCH." + (few ? "NOT_ENOUGH_DATA_COLUMNS" : "TOO_MANY_DATA_COLUMNS"),
                    "21S01",
                    "Cannot create view " + Identifiers.backticked(name) + ", the reason is "
                            + (few ? "not enough data columns" : "too many data columns") + ".");
        }
        List<TableInfo.ColumnInfo> columns = new ArrayList<>();
        for (int i = 0; i < query.columns().size(); i++) {
            Query.Output c = query.columns().get(i);
            String column = given.isEmpty()
                    ? c.label()
                    : Identifiers.unquote(given.get(i).identifier().getText());
            String comment = given.isEmpty() || given.get(i).commentSpec() == null
                    ? null
                    : text(given.get(i).commentSpec().stringLit());
            columns.add(new TableInfo.ColumnInfo(
                    column, c.type(), c.type().duck(), c.nullable(), null, comment, ColumnRule.NONE));
        }
        return new TableInfo(name.get(0), name.get(1), name.get(2), true, columns, facts(ctx));
    }

    private TableFacts facts(SqlBaseParser.CreateViewContext ctx) {
        Map<String, String> properties = new TreeMap<>();
        ctx.propertyList().forEach(p -> properties.putAll(new TableClauses(context).properties(p)));
        String comment =
                ctx.commentSpec().isEmpty() ? null : text(ctx.commentSpec(0).stringLit());
        return TableFacts.NONE.withProperties(properties).withComment(comment);
    }

    private String text(SqlBaseParser.StringLitContext ctx) {
        return context.expressions(Scope.empty()).literals().string(ctx);
    }

    private void temporary(SqlBaseParser.CreateViewContext ctx) {
        List<String> written = context.name(ctx.identifierReference());
        if (written.size() > 1) {
            throw SqlErrors.of(
                    "TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS",
                    "428EK",
                    "CREATE TEMPORARY VIEW or the corresponding Dataset APIs only accept single-part view names, but got: "
                            + Identifiers.backticked(written) + ".");
        }
        TempViews views = context.tempViews();
        if (views.find(written).isPresent() && ctx.REPLACE() == null) {
            throw SqlErrors.of(
                    "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS",
                    "42P07",
                    "Cannot create the temporary view " + Identifiers.backticked(written)
                            + " because it already exists.\nChoose a different name, drop or replace the existing view,"
                            + "  or add the IF NOT EXISTS clause to tolerate pre-existing views.");
        }
        Query query = context.query(ctx.query());
        TableInfo info = definition(List.of("", "", written.get(0).toLowerCase(Locale.ROOT)), query, ctx);
        String list = info.columns().stream()
                .map(c -> Identifiers.duck(c.name()))
                .collect(Collectors.joining(", ", "(", ")"));
        String typed = query.columns().stream()
                .map(c -> "CAST(q." + Identifiers.duck(c.label()) + " AS "
                        + c.type().duck() + ")")
                .collect(Collectors.joining(", "));
        String inner = "SELECT " + typed + " FROM (" + query.sql() + ") AS q";
        views.put(info, new Query("SELECT * FROM (" + inner + ") AS v" + list, query.columns()));
    }

    private void alter(SqlBaseParser.AlterViewQueryContext ctx) {
        TableInfo old = context.tables().info(context.name(ctx.identifierReference()));
        if (!old.view() || old.catalog().isEmpty()) {
            throw SqlErrors.unsupported("ALTER VIEW ... AS of what is no view of a schema");
        }
        Query query = permanent(old.fullName(), ctx.query());
        List<TableInfo.ColumnInfo> columns = query.columns().stream()
                .map(c -> new TableInfo.ColumnInfo(
                        c.label(), c.type(), c.type().duck(), c.nullable(), null, null, ColumnRule.NONE))
                .toList();
        store(old.with(columns), query);
    }
}
