package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.catalog.Listing;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;
import org.jspecify.annotations.Nullable;

/** USE, SET, and creating and dropping schemas. CREATE CATALOG is Databricks' own and is read elsewhere. */
final class SessionCommands {
    private final CommandContext context;

    SessionCommands(CommandContext context) {
        this.context = context;
    }

    @Nullable
    Outcome run(StatementContext ctx) {
        if (ctx instanceof SqlBaseParser.UseContext use) {
            schema(context.name(use.identifierReference()));
            return Outcome.none("USE");
        }
        if (ctx instanceof SqlBaseParser.UseNamespaceContext use) {
            schema(context.name(use.identifierReference()));
            return Outcome.none("USE");
        }
        if (ctx instanceof SqlBaseParser.SetCatalogContext set) {
            catalog(Identifiers.unquote(set.getStop().getText().replaceAll("^'(.*)'$", "$1")));
            return Outcome.none("USE");
        }
        if (ctx instanceof SqlBaseParser.CreateNamespaceContext create) {
            create(qualified(context.name(create.identifierReference())), create.EXISTS() != null);
            return Outcome.none("CREATE");
        }
        if (ctx instanceof SqlBaseParser.DropNamespaceContext drop) {
            drop(qualified(context.name(drop.identifierReference())), drop.EXISTS() != null, drop.CASCADE() != null);
            return Outcome.none("DROP");
        }
        return null;
    }

    /** SET and RESET: settings are accepted and answered, as they change nothing that this workspace has. */
    Outcome set(SqlBaseParser.SetResetStatementContext ctx) {
        String text = ctx.getStart()
                .getInputStream()
                .getText(org.antlr.v4.runtime.misc.Interval.of(
                        ctx.getStart().getStartIndex(), ctx.getStop().getStopIndex()));
        if (ctx instanceof SqlBaseParser.SetVariableContext) {
            throw SqlErrors.unsupported("SQL variables");
        }
        int equals = text.indexOf('=');
        if (ctx instanceof SqlBaseParser.SetTimeZoneContext
                && !text.toUpperCase(Locale.ROOT).contains("UTC")) {
            throw SqlErrors.unsupported("time zones other than UTC");
        }
        if (equals < 0) {
            return Outcome.none("SET");
        }
        String key = text.substring(3, equals).trim();
        return Outcome.rows(
                "SET",
                new Listing()
                        .strings("key", "value")
                        .row(List.of(key, text.substring(equals + 1).trim())));
    }

    private List<String> qualified(List<String> name) {
        List<String> full = name.size() == 1 ? List.of(context.catalog(), name.get(0)) : name;
        return full.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
    }

    void catalog(String name) {
        context.metastore().requireCatalog(name);
        context.use(name.toLowerCase(Locale.ROOT), "default");
    }

    private void schema(List<String> written) {
        // USE x means a schema first, and a catalog when there is no such schema.
        if (written.size() == 1
                && !context.metastore().hasSchema(context.catalog(), written.get(0))
                && context.metastore().hasCatalog(written.get(0))) {
            catalog(written.get(0));
            return;
        }
        List<String> name = qualified(written);
        context.metastore().requireSchema(name.get(0), name.get(1));
        context.use(name.get(0), name.get(1));
    }

    private void create(List<String> name, boolean lenient) {
        context.metastore().requireCatalog(name.get(0));
        if (context.metastore().hasSchema(name.get(0), name.get(1)) && !lenient) {
            throw SqlErrors.of(
                    "SCHEMA_ALREADY_EXISTS",
                    "42P06",
                    "Cannot create schema " + Identifiers.backticked(name) + " because it already exists.\nChoose a "
                            + "different name, drop the existing schema, or add the IF NOT EXISTS clause to tolerate "
                            + "pre-existing schema.");
        }
        context.metastore().createSchema(name.get(0), name.get(1));
    }

    private void drop(List<String> name, boolean lenient, boolean cascade) {
        context.metastore().requireCatalog(name.get(0));
        if (!context.metastore().hasSchema(name.get(0), name.get(1))) {
            if (lenient) {
                return;
            }
            throw SqlErrors.schemaNotFound(name);
        }
        if (!cascade && !context.metastore().tables(name.get(0), name.get(1)).isEmpty()) {
            throw SqlErrors.of(
                    "SCHEMA_NOT_EMPTY",
                    "2BP01",
                    "Cannot drop a schema " + Identifiers.backticked(name) + " because it contains objects.\nUse DROP "
                            + "SCHEMA ... CASCADE to drop the schema and all its objects.");
        }
        context.run("DROP SCHEMA " + DuckNames.qualified(name.get(0), name.get(1)) + " CASCADE");
        context.metastore().changed();
    }
}
