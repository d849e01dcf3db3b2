package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.Listing;
import io.lakeport.localworkspace.catalog.Metastore;
import io.lakeport.localworkspace.catalog.Patterns;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.catalog.TableTexts;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.query.Names;
import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;
import org.jspecify.annotations.Nullable;

/** DESCRIBE, SHOW and EXPLAIN as Spark's grammar has them. */
final class DescribeCommands {
    private final CommandContext context;

    DescribeCommands(CommandContext context) {
        this.context = context;
    }

    @Nullable
    Outcome run(StatementContext ctx) {
        if (ctx instanceof SqlBaseParser.DescribeQueryContext query) {
            return Outcome.rows("DESCRIBE", describe(context.query(query.query())));
        }
        if (ctx instanceof SqlBaseParser.DescribeRelationContext relation) {
            TableInfo info = context.tables().info(context.name(relation.identifierReference()));
            return Outcome.rows("DESCRIBE", TableTexts.describe(info, relation.option != null));
        }
        if (ctx instanceof SqlBaseParser.ExplainContext explain) {
            return explain(explain);
        }
        return show(ctx);
    }

    private @Nullable Outcome show(StatementContext ctx) {
        if (ctx instanceof SqlBaseParser.ShowCatalogsContext catalogs) {
            Listing listing = new Listing().strings("catalog");
            names(context.metastore().catalogs(), pattern(catalogs.pattern)).forEach(c -> listing.row(List.of(c)));
            return Outcome.rows("SHOW", listing);
        }
        if (ctx instanceof SqlBaseParser.ShowNamespacesContext schemas) {
            String catalog = schemas.multipartIdentifier() == null
                    ? context.catalog()
                    : Names.of(schemas.multipartIdentifier()).get(0);
            Listing listing = new Listing().strings("databaseName");
            names(context.metastore().schemas(catalog), pattern(schemas.pattern))
                    .forEach(s -> listing.row(List.of(s)));
            return Outcome.rows("SHOW", listing);
        }
        if (ctx instanceof SqlBaseParser.ShowTablesContext tables) {
            return tables(tables.identifierReference(), pattern(tables.pattern), false);
        }
        if (ctx instanceof SqlBaseParser.ShowViewsContext views) {
            return tables(views.identifierReference(), pattern(views.pattern), true);
        }
        if (ctx instanceof SqlBaseParser.ShowColumnsContext columns) {
            Listing listing = new Listing().strings("col_name");
            context.tables().info(context.name(columns.table)).columns().forEach(c -> listing.row(List.of(c.name())));
            return Outcome.rows("SHOW", listing);
        }
        if (ctx instanceof SqlBaseParser.ShowCreateTableContext create) {
            TableInfo info = context.tables().info(context.name(create.identifierReference()));
            return Outcome.rows("SHOW", new Listing().strings("createtab_stmt").row(List.of(TableTexts.create(info))));
        }
        if (ctx instanceof SqlBaseParser.ShowTblPropertiesContext properties && properties.key == null) {
            Listing listing = new Listing().strings("key", "value");
            context.tables()
                    .info(context.name(properties.table))
                    .facts()
                    .properties()
                    .forEach((name, value) -> listing.row(List.of(name, value)));
            return Outcome.rows("SHOW", listing);
        }
        if (ctx instanceof SqlBaseParser.ShowCurrentNamespaceContext) {
            Listing listing = new Listing().strings("catalog", "namespace");
            return Outcome.rows("SHOW", listing.row(List.of(context.catalog(), context.schema())));
        }
        return null;
    }

    private @Nullable String pattern(SqlBaseParser.@Nullable StringLitContext ctx) {
        return ctx == null
                ? null
                : context.expressions(Scope.empty()).literals().string(ctx);
    }

    private static List<String> names(List<String> all, @Nullable String pattern) {
        return all.stream().filter(n -> Patterns.matches(pattern, n)).toList();
    }

    private Outcome tables(
            SqlBaseParser.@Nullable IdentifierReferenceContext in, @Nullable String pattern, boolean viewsOnly) {
        List<String> at = in == null ? List.of(context.schema()) : context.name(in);
        String catalog = at.size() > 1 ? at.get(0) : context.catalog();
        String schema = at.get(at.size() - 1);
        context.metastore().requireSchema(catalog, schema);
        Listing listing = new Listing()
                .strings(viewsOnly ? "namespace" : "database", viewsOnly ? "viewName" : "tableName")
                .column("isTemporary", SqlType.BOOLEAN);
        if (!schema.equals(Metastore.INFORMATION_SCHEMA)) {
            context.metastore().tables(catalog, schema).stream()
                    .filter(t -> (t.view() || !viewsOnly) && Patterns.matches(pattern, t.name()))
                    .forEach(t -> listing.row(Arrays.asList(t.schema(), t.name(), false)));
        }
        return Outcome.rows("SHOW", listing);
    }

    private static Listing describe(Query query) {
        Listing listing = new Listing().strings("col_name", "data_type", "comment");
        query.columns()
                .forEach(c -> listing.row(Arrays.asList(c.name(), c.type().catalogText(), null)));
        return listing;
    }

    private Outcome explain(SqlBaseParser.ExplainContext ctx) {
        if (!(ctx.statement() instanceof SqlBaseParser.StatementDefaultContext query)) {
            return Outcome.rows("EXPLAIN", new Listing().strings("plan").row(List.of("== Physical Plan ==\nCommand")));
        }
        Query plan = context.query(query.query());
        String text = "== Physical Plan ==\nDuckDB\n" + plan.sql();
        return Outcome.rows("EXPLAIN", new Listing().strings("plan").row(List.of(text)));
    }
}
