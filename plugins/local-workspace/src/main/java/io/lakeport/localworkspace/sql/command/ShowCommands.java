package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.Listing;
import io.lakeport.localworkspace.catalog.Metastore;
import io.lakeport.localworkspace.catalog.Patterns;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.catalog.TableTexts;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.FunctionTable;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.query.Names;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;
import org.jspecify.annotations.Nullable;

/** SHOW as Spark's grammar has it. */
final class ShowCommands {
    private static final Set<String> SCOPES = Set.of("ALL", "SYSTEM", "USER");

    private final CommandContext context;

    ShowCommands(CommandContext context) {
        this.context = context;
    }

    @Nullable
    Outcome run(StatementContext ctx) {
        if (ctx instanceof SqlBaseParser.ShowCatalogsContext catalogs) {
            Listing listing = new Listing().strings("catalog");
            names(context.visible().catalogs(), pattern(catalogs.pattern)).forEach(c -> listing.row(List.of(c)));
            return Outcome.rows("SHOW", listing);
        }
        if (ctx instanceof SqlBaseParser.ShowNamespacesContext schemas) {
            String catalog = schemas.multipartIdentifier() == null
                    ? context.catalog()
                    : Names.of(schemas.multipartIdentifier()).get(0);
            Listing listing = new Listing().strings("databaseName");
            names(context.visible().schemas(catalog), pattern(schemas.pattern)).forEach(s -> listing.row(List.of(s)));
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
        return table(ctx);
    }

    /** What is shown of one table. */
    private @Nullable Outcome table(StatementContext ctx) {
        if (ctx instanceof SqlBaseParser.ShowPartitionsContext partitions) {
            return new PartitionCommands(context).show(partitions);
        }
        if (ctx instanceof SqlBaseParser.ShowCreateTableContext create) {
            TableInfo info = context.tables().info(context.name(create.identifierReference()));
            return Outcome.rows("SHOW", new Listing().strings("createtab_stmt").row(List.of(TableTexts.create(info))));
        }
        if (ctx instanceof SqlBaseParser.ShowTblPropertiesContext properties) {
            return Outcome.rows("SHOW", properties(properties));
        }
        if (ctx instanceof SqlBaseParser.ShowTableExtendedContext extended && extended.partitionSpec() == null) {
            return extended(extended.identifierReference(), pattern(extended.pattern));
        }
        if (ctx instanceof SqlBaseParser.ShowFunctionsContext functions) {
            return Outcome.rows("SHOW", functions(functions));
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
        Listing listing = new Listing()
                .strings(viewsOnly ? "namespace" : "database", viewsOnly ? "viewName" : "tableName")
                .column("isTemporary", SqlType.BOOLEAN);
        matching(in, pattern).stream()
                .filter(t -> t.view() || !viewsOnly)
                .forEach(t -> listing.row(Arrays.asList(t.schema(), t.name(), false)));
        context.tempViews().all().stream()
                .filter(v -> Patterns.matches(pattern, v.name()))
                .forEach(v -> listing.row(Arrays.asList("", v.name(), true)));
        return Outcome.rows("SHOW", listing);
    }

    private List<TableInfo> matching(SqlBaseParser.@Nullable IdentifierReferenceContext in, @Nullable String pattern) {
        List<String> at = in == null ? List.of(context.schema()) : context.name(in);
        String catalog = at.size() > 1 ? at.get(0) : context.catalog();
        String schema = at.get(at.size() - 1);
        context.visible().requireSchema(catalog, schema);
        return schema.equals(Metastore.INFORMATION_SCHEMA)
                ? List.of()
                : context.visible().tables(catalog, schema).stream()
                        .filter(t -> Patterns.matches(pattern, t.name()))
                        .toList();
    }

    private Outcome extended(SqlBaseParser.@Nullable IdentifierReferenceContext in, @Nullable String pattern) {
        Listing listing = new Listing()
                .strings("database", "tableName")
                .column("isTemporary", SqlType.BOOLEAN)
                .strings("information");
        matching(in, pattern)
                .forEach(t -> listing.row(Arrays.asList(t.schema(), t.name(), false, TableTexts.information(t))));
        return Outcome.rows("SHOW", listing);
    }

    private Listing properties(SqlBaseParser.ShowTblPropertiesContext ctx) {
        TableInfo info = context.tables().info(context.name(ctx.table));
        Listing listing = new Listing().strings("key", "value");
        if (ctx.key == null) {
            info.facts().shownProperties().forEach((name, value) -> listing.row(List.of(name, value)));
            return listing;
        }
        String key = ctx.key.stringLit() == null ? ctx.key.getText() : String.valueOf(pattern(ctx.key.stringLit()));
        String value = info.facts().shownProperties().get(key);
        String none = "Table " + String.join(".", info.fullName()) + " does not have property: " + key;
        return listing.row(List.of(key, value == null ? none : value));
    }

    private Listing functions(SqlBaseParser.ShowFunctionsContext ctx) {
        String scope =
                ctx.functionScope == null ? "ALL" : ctx.functionScope.getText().toUpperCase(Locale.ROOT);
        if (!SCOPES.contains(scope)) {
            throw SqlErrors.of(
                    "INVALID_STATEMENT_OR_CLAUSE",
                    "42601",
                    "The statement or clause: SHOW " + scope + " FUNCTIONS is not valid.");
        }
        String pattern = ctx.legacy == null
                ? pattern(ctx.pattern)
                : Names.of(ctx.legacy).get(Names.of(ctx.legacy).size() - 1);
        Listing listing = new Listing().strings("function");
        if (!scope.equals("USER")) {
            FunctionTable.names().stream()
                    .filter(f -> Patterns.matches(pattern, f))
                    .forEach(f -> listing.row(List.of(f)));
        }
        return listing;
    }
}
