package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.catalog.Listing;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;
import org.jspecify.annotations.Nullable;

/** USE, SET, and creating and dropping schemas. CREATE CATALOG is Databricks' own and is read elsewhere. */
final class SessionCommands {
    private static final Pattern TAG = Pattern.compile("(?i)QUERY_TAGS\\s*\\[\\s*(['\"])(.+)\\1\\s*\\]");

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
        if (ctx instanceof SqlBaseParser.RefreshTableContext refresh) {
            // Nothing is cached; the table has to be there all the same.
            context.tables().info(context.name(refresh.identifierReference()));
            return Outcome.none("REFRESH");
        }
        if (ctx instanceof SqlBaseParser.CreateNamespaceContext create) {
            if (!create.locationSpec().isEmpty() || !create.propertyList().isEmpty()) {
                throw SqlErrors.unsupported("CREATE SCHEMA with LOCATION or DBPROPERTIES");
            }
            create(qualified(context.name(create.identifierReference())), create.EXISTS() != null);
            return Outcome.none("CREATE");
        }
        if (ctx instanceof SqlBaseParser.DropNamespaceContext drop) {
            drop(qualified(context.name(drop.identifierReference())), drop.EXISTS() != null, drop.CASCADE() != null);
            return Outcome.none("DROP");
        }
        return null;
    }

    /** SET and RESET. */
    Outcome set(SqlBaseParser.SetResetStatementContext ctx) {
        SessionConfiguration configuration = context.configuration();
        String text = ctx.getStart()
                .getInputStream()
                .getText(org.antlr.v4.runtime.misc.Interval.of(
                        ctx.getStart().getStartIndex(), ctx.getStop().getStopIndex()));
        if (ctx instanceof SqlBaseParser.SetVariableContext variable) {
            return new VariableCommands(context).set(variable);
        }
        if (ctx instanceof SqlBaseParser.SetTimeZoneContext zone) {
            return answer(configuration, "timezone", zone(zone));
        }
        if (ctx instanceof SqlBaseParser.ResetConfigurationContext
                || ctx instanceof SqlBaseParser.ResetQuotedConfigurationContext) {
            String name = text.substring("RESET".length()).trim();
            if (name.isEmpty()) {
                configuration.reset();
            } else {
                configuration.reset(Identifiers.unquote(name));
            }
            return Outcome.none("SET");
        }
        String said = text.substring("SET".length()).trim();
        int equals = said.indexOf('=');
        if (equals < 0) {
            return show(configuration, said);
        }
        String name = Identifiers.unquote(said.substring(0, equals).trim());
        Matcher tag = TAG.matcher(name);
        if (tag.matches()) {
            return tag(configuration, tag, said.substring(equals + 1).trim());
        }
        return answer(configuration, tagless(name), said.substring(equals + 1).trim());
    }

    /** {@code QUERY_TAGS['k']} is about query_tags. */
    private static String tagless(String name) {
        int bracket = name.indexOf('[');
        return bracket < 0 ? name : name.substring(0, bracket).trim();
    }

    private String zone(SqlBaseParser.SetTimeZoneContext ctx) {
        if (ctx.interval() != null) {
            throw SqlErrors.unsupported(
                    "SET TIME ZONE with an interval; write the offset as in SET TIME ZONE '+05:30'");
        }
        // LOCAL is the zone of the server, and a warehouse's is UTC wherever this workspace runs.
        return ctx.timezone().stringLit() == null
                ? "Etc/UTC"
                : context.expressions(Scope.empty())
                        .literals()
                        .string(ctx.timezone().stringLit());
    }

    /** {@code SET QUERY_TAGS['key'] = 'value'}, or {@code = UNSET}. */
    private static Outcome tag(SessionConfiguration configuration, Matcher tag, String value) {
        String key = tag.group(2);
        boolean unset = value.equalsIgnoreCase("UNSET");
        configuration.tag(key, unset ? null : unquoted(value));
        Listing listing = new Listing().strings("key", "value");
        configuration.queryTags().forEach((k, v) -> listing.row(List.of(k, v)));
        return Outcome.rows("SET", listing);
    }

    private static String unquoted(String value) {
        return value.replaceAll("(?s)^(['\"])(.*)\\1$", "$2");
    }

    private static Outcome answer(SessionConfiguration configuration, String name, String value) {
        configuration.set(name, unquoted(value));
        return Outcome.rows("SET", new Listing().strings("key", "value").row(List.of(name, configuration.get(name))));
    }

    private static Outcome show(SessionConfiguration configuration, String said) {
        Listing listing = new Listing().strings("key", "value");
        if (said.isEmpty() || said.equalsIgnoreCase("-v")) {
            configuration.all().forEach((name, value) -> listing.row(List.of(name, value)));
        } else {
            String name = tagless(Identifiers.unquote(said));
            listing.row(List.of(name, configuration.get(name)));
        }
        return Outcome.rows("SET", listing);
    }

    private List<String> qualified(List<String> name) {
        List<String> full = name.size() == 1 ? List.of(context.catalog(), name.get(0)) : name;
        return full.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
    }

    void catalog(String name) {
        context.visible().requireCatalog(name);
        context.visible().require(Privilege.USE_CATALOG, Securable.catalog(name));
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
        context.visible().requireUsable(name.get(0), name.get(1));
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
        if (!cascade && !context.visible().isEmpty(name.get(0), name.get(1))) {
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
