package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.catalog.TableInfo.ColumnInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Column;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.version.TableChange;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.MergeIntoTableContext;

/**
 * MERGE INTO: finds the pairs of rows that the condition matches once, then what each clause makes of them, and then
 * changes the table.
 */
final class MergeCommand {
    private static final List<String> COUNTS =
            List.of("num_affected_rows", "num_updated_rows", "num_deleted_rows", "num_inserted_rows");
    private static final String N = "\"{source}\"";

    private final CommandContext context;

    MergeCommand(CommandContext context) {
        this.context = context;
    }

    Outcome run(MergeIntoTableContext ctx) {
        MergeChecks.check(ctx);
        List<String> name = context.tables().writable(context.name(ctx.target));
        return context.metastore().versions().change(context, name, change -> merge(ctx, change));
    }

    private Outcome merge(MergeIntoTableContext ctx, TableChange change) {
        Query source = source(ctx);
        if (ctx.EVOLUTION() != null && hasStar(ctx)) {
            evolve(source, change);
        }
        TableInfo table = change.info();
        List<Column> left = RowCommands.columns(table, "t", RowCommands.alias(ctx.targetAlias));
        List<Column> right = source.columns().stream()
                .map(c -> column(sourceQualifier(ctx), c))
                .toList();
        Scope both = new Scope(Stream.concat(left.stream(), right.stream()).toList(), null);
        MergeActions actions = new MergeActions(context, table, ctx, source);
        long sourceRows = pair(ctx, change, source, both);
        context.run("CREATE OR REPLACE TEMP TABLE lp_matched AS "
                + actions.matched(ctx.matchedClause(), both, change.table()));
        requireUnambiguous(ctx);
        context.run("CREATE OR REPLACE TEMP TABLE lp_rest AS "
                + actions.notMatchedBySource(ctx.notMatchedBySourceClause(), new Scope(left, null), change.table()));
        context.run("CREATE OR REPLACE TEMP TABLE lp_new AS "
                + actions.notMatched(ctx.notMatchedClause(), new Scope(right, null)));
        long[] counts = apply(table, change, actions);
        if (counts[0] + counts[1] + counts[2] > 0) {
            log(ctx, change, counts, sourceRows, both);
        }
        for (String temporary : List.of("lp_source", "lp_pairs", "lp_matched", "lp_rest", "lp_new")) {
            context.run("DROP TABLE temp." + temporary);
        }
        return Outcome.counts("MERGE", COUNTS, counts[0] + counts[1] + counts[2], counts[0], counts[1], counts[2]);
    }

    private Query source(MergeIntoTableContext ctx) {
        if (ctx.sourceQuery != null) {
            return context.query(ctx.sourceQuery);
        }
        return context.statement().star(ctx.source);
    }

    private List<String> sourceQualifier(MergeIntoTableContext ctx) {
        String alias = RowCommands.alias(ctx.sourceAlias);
        if (alias != null) {
            return List.of(alias);
        }
        return ctx.source == null ? List.of() : context.tables().complete(context.name(ctx.source));
    }

    private static Column column(List<String> qualifier, Query.Output c) {
        return new Column(qualifier, c.name(), "s." + Identifiers.duck(c.label()), c.type(), c.nullable(), false);
    }

    private static boolean hasStar(MergeIntoTableContext ctx) {
        return ctx.matchedClause().stream().anyMatch(c -> c.matchedAction().ASTERISK() != null)
                || ctx.notMatchedClause().stream()
                        .anyMatch(c -> c.notMatchedAction().ASTERISK() != null);
    }

    private static void evolve(Query source, TableChange change) {
        TableInfo table = change.info();
        for (Query.Output c : source.columns()) {
            if (table.columns().stream().noneMatch(t -> t.name().equalsIgnoreCase(c.name()))) {
                change.addColumn(c.name(), c.type());
            }
        }
    }

    /** Keeps the source's rows and which of them match which rows of the table; returns how many the source has. */
    private long pair(MergeIntoTableContext ctx, TableChange change, Query source, Scope both) {
        String with = context.statement().with().clause();
        String typed = source.columns().stream()
                .map(c -> "CAST(q." + Identifiers.duck(c.label()) + " AS "
                        + c.type().duck() + ") AS " + Identifiers.duck(c.label()))
                .collect(Collectors.joining(", "));
        context.run("CREATE OR REPLACE TEMP TABLE lp_source AS " + with + "SELECT " + typed
                + ", row_number() OVER () AS " + N + " FROM (" + source.sql() + ") AS q");
        String condition =
                context.expressions(both).condition(ctx.mergeCondition).sql();
        context.run("CREATE OR REPLACE TEMP TABLE lp_pairs AS " + with + "SELECT t.rowid AS \"{row}\", s." + N
                + " FROM " + change.table() + " AS t JOIN temp.lp_source AS s ON " + condition);
        return count("SELECT count(*) FROM temp.lp_source");
    }

    private long count(String query) {
        return Long.parseLong(String.valueOf(context.rows(query).get(0).get(0)));
    }

    private void requireUnambiguous(MergeIntoTableContext ctx) {
        List<SqlBaseParser.MatchedClauseContext> clauses = ctx.matchedClause();
        boolean onlyDelete = clauses.size() == 1
                && clauses.get(0).matchedAction().DELETE() != null
                && clauses.get(0).matchedCond == null;
        if (onlyDelete || clauses.isEmpty()) {
            return;
        }
        if (!context.rows("SELECT 1 FROM temp.lp_matched GROUP BY \"{row}\" HAVING count(*) > 1 LIMIT 1")
                .isEmpty()) {
            throw SqlErrors.of(
                    "DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE",
                    "21506",
                    "Cannot perform Merge as multiple source rows matched and attempted to modify the same\ntarget row"
                            + " in the Delta table in possibly conflicting ways. By SQL semantics of Merge,\nwhen"
                            + " multiple source rows match on the same target row, the result may be ambiguous\nas it is"
                            + " unclear which source row should be used to update or delete the matching\ntarget row."
                            + " You can preprocess the source table to eliminate the possibility of\nmultiple matches."
                            + " Please refer to\nhttps://docs.databricks.com/delta/merge.html#merge-error");
        }
    }

    /** Returns how many rows were updated, deleted and inserted. */
    private long[] apply(TableInfo table, TableChange change, MergeActions actions) {
        String both = "(SELECT * FROM temp.lp_matched UNION ALL SELECT * FROM temp.lp_rest) AS m";
        long updated = count("SELECT count(*) FROM " + both + " WHERE \"{delete}\" IS FALSE");
        long deleted = count("SELECT count(DISTINCT \"{row}\") FROM " + both + " WHERE \"{delete}\"");
        long inserted = count("SELECT count(*) FROM temp.lp_new");
        if (updated + deleted > 0) {
            RowCommands.appendOnly(table);
        }
        RowWriter writer = new RowWriter(context, change, table);
        if (deleted > 0) {
            change.remove("SELECT \"{row}\" FROM " + both + " WHERE \"{delete}\"", false);
        }
        if (updated > 0) {
            change.remove("SELECT \"{row}\" FROM " + both + " WHERE \"{delete}\" IS FALSE", true);
            List<ColumnInfo> kept = actions.kept();
            writer.append(kept, "SELECT " + list(kept) + " FROM " + both + " WHERE \"{delete}\" IS FALSE", true);
        }
        if (inserted > 0) {
            List<ColumnInfo> given = actions.inserted();
            writer.append(given, "SELECT " + list(given) + " FROM temp.lp_new", false);
        }
        return new long[] {updated, deleted, inserted};
    }

    private static String list(List<ColumnInfo> columns) {
        return columns.stream().map(c -> Identifiers.duck(c.name())).collect(Collectors.joining(", "));
    }

    private void log(MergeIntoTableContext ctx, TableChange change, long[] counts, long sourceRows, Scope both) {
        Expr condition = context.expressions(both).condition(ctx.mergeCondition);
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("predicate", Logged.array(List.of(condition.pretty())));
        parameters.put("matchedPredicates", MergeChecks.predicates(ctx.matchedClause()));
        parameters.put("notMatchedPredicates", MergeChecks.predicates(ctx.notMatchedClause()));
        parameters.put("notMatchedBySourcePredicates", MergeChecks.predicates(ctx.notMatchedBySourceClause()));
        change.metric("numSourceRows", sourceRows);
        change.metric("numTargetRowsUpdated", counts[0]);
        change.metric("numTargetRowsDeleted", counts[1]);
        change.metric("numTargetRowsInserted", counts[2]);
        change.metric("numTargetRowsCopied", 0);
        change.metric("numOutputRows", counts[0] + counts[2]);
        change.metric("numTargetFilesAdded", counts[0] + counts[2] > 0 ? 1 : 0);
        change.metric("numTargetFilesRemoved", 0);
        change.metric("numTargetDeletionVectorsAdded", counts[0] + counts[1] > 0 ? 1 : 0);
        change.metric("numTargetDeletionVectorsRemoved", 0);
        change.metric("numTargetChangeFilesAdded", 0);
        change.files(change.files() + (counts[0] + counts[2] > 0 ? 1 : 0));
        change.log(io.lakeport.localworkspace.version.Operation.of("MERGE", parameters));
    }
}
