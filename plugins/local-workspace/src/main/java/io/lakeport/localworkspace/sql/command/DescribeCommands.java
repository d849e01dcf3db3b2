package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.Listing;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.catalog.TableJson;
import io.lakeport.localworkspace.catalog.TableTexts;
import io.lakeport.localworkspace.catalog.ViewOwners;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;
import org.jspecify.annotations.Nullable;

/** DESCRIBE and EXPLAIN as Spark's grammar has them. */
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
            return Outcome.rows("DESCRIBE", relation(relation, info));
        }
        if (ctx instanceof SqlBaseParser.ExplainContext explain) {
            return explain(explain);
        }
        return new ShowCommands(context).run(ctx);
    }

    private Listing relation(SqlBaseParser.DescribeRelationContext ctx, TableInfo info) {
        boolean extended = ctx.option != null;
        if (ctx.partitionSpec() != null) {
            throw SqlErrors.unsupported("DESCRIBE TABLE with PARTITION");
        }
        if (ctx.JSON() != null) {
            if (!extended) {
                throw SqlErrors.of(
                        "DESCRIBE_JSON_NOT_EXTENDED",
                        "0A000",
                        "DESCRIBE TABLE ... AS JSON only supported when [EXTENDED|FORMATTED] is specified.\nFor example: "
                                + "DESCRIBE EXTENDED " + Identifiers.backticked(info.name()) + " AS JSON is supported "
                                + "but DESCRIBE " + Identifiers.backticked(info.name()) + " AS JSON is not.");
            }
            return new Listing().strings("json_metadata").row(List.of(TableJson.of(info)));
        }
        return ctx.describeColName() == null
                ? TableTexts.describe(info, extended, view(info))
                : TableTexts.describeColumn(
                        info,
                        ctx.describeColName().errorCapturingIdentifier().stream()
                                .map(n -> Identifiers.unquote(n.getText()))
                                .toList(),
                        extended);
    }

    /** Returns what a view was made from, in the order in which it is shown. */
    private Map<String, String> view(TableInfo info) {
        Map<String, String> details = new LinkedHashMap<>();
        context.visible()
                .governance()
                .flatMap(g -> g.securables().find(Securable.table(info.fullName())))
                .ifPresent(view -> {
                    put(details, "View Text", view.detail(ViewOwners.DEFINITION));
                    put(details, "View Catalog and Namespace", view.detail(ViewOwners.NAMESPACE));
                });
        return details;
    }

    private static void put(Map<String, String> details, String name, @Nullable String text) {
        if (text != null) {
            details.put(name, text);
        }
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
