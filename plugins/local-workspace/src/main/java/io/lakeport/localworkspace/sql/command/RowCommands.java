package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.catalog.TableInfo.ColumnInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Column;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.version.TableChange;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/** UPDATE and DELETE. */
final class RowCommands {
    private static final List<String> AFFECTED = List.of("num_affected_rows");

    private final CommandContext context;

    RowCommands(CommandContext context) {
        this.context = context;
    }

    @Nullable
    Outcome run(SqlBaseParser.DmlStatementNoWithContext ctx) {
        if (ctx instanceof SqlBaseParser.UpdateTableContext update) {
            List<String> name = context.tables().writable(context.name(update.identifierReference()));
            return context.metastore().versions().change(context, name, change -> update(update, change));
        }
        if (ctx instanceof SqlBaseParser.DeleteFromTableContext delete) {
            List<String> name = context.tables().writable(context.name(delete.identifierReference()));
            return context.metastore().versions().change(context, name, change -> delete(delete, change));
        }
        return null;
    }

    static ColumnInfo column(TableInfo table, String name) {
        return table.columns().stream()
                .filter(c -> c.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> SqlErrors.columnNotFound(
                        List.of(name),
                        table.columns().stream().map(ColumnInfo::name).toList()));
    }

    /** Returns the scope of a target table under a DuckDB alias. */
    static Scope scope(TableInfo table, String label, @Nullable String alias) {
        return new Scope(columns(table, label, alias), null);
    }

    static List<Column> columns(TableInfo table, String label, @Nullable String alias) {
        List<String> qualifier = alias == null ? table.fullName() : List.of(alias);
        return table.columns().stream()
                .map(c -> new Column(
                        qualifier, c.name(), label + "." + Identifiers.duck(c.name()), c.type(), c.nullable(), false))
                .toList();
    }

    static @Nullable String alias(SqlBaseParser.TableAliasContext ctx) {
        return ctx.strictIdentifier() == null
                ? null
                : Identifiers.unquote(ctx.strictIdentifier().getText());
    }

    private Outcome update(SqlBaseParser.UpdateTableContext ctx, TableChange change) {
        TableInfo table = change.info();
        String alias = alias(ctx.tableAlias());
        Scope scope = scope(table, "t", alias);
        Map<ColumnInfo, String> values =
                new Assignments(context, table, alias).all(ctx.setClause().assignmentList(), scope);
        String list = values.entrySet().stream()
                .map(e -> e.getValue() + " AS " + Identifiers.duck(e.getKey().name()))
                .collect(Collectors.joining(", "));
        Expr where = where(ctx.whereClause(), scope);
        context.run("CREATE OR REPLACE TEMP TABLE lp_changes AS "
                + context.statement().with().clause()
                + "SELECT t.rowid AS \"{row}\", " + list + " FROM " + change.table() + " AS t"
                + (where == null ? "" : " WHERE " + where.sql()));
        long rows = count("lp_changes");
        if (rows > 0) {
            appendOnly(table);
            change.remove("SELECT \"{row}\" FROM temp.lp_changes", true);
            new RowWriter(context, change, table)
                    .append(List.copyOf(values.keySet()), "SELECT * EXCLUDE (\"{row}\") FROM temp.lp_changes", true);
            change.metric("numUpdatedRows", rows);
            change.metric("numCopiedRows", 0);
            rewritten(change);
            change.files(change.files() + 1);
            change.log(Logged.where("UPDATE", where == null ? null : where.pretty()));
        }
        context.run("DROP TABLE temp.lp_changes");
        return Outcome.counts("UPDATE", AFFECTED, rows);
    }

    private static void rewritten(TableChange change) {
        change.metric("numAddedFiles", 1);
        change.metric("numRemovedFiles", 0);
        change.metric("numDeletionVectorsAdded", 1);
        change.metric("numDeletionVectorsRemoved", 0);
        change.metric("numAddedChangeFiles", 0);
    }

    /** Counts the rows of a temporary table. */
    private long count(String table) {
        return Long.parseLong(String.valueOf(
                context.rows("SELECT count(*) FROM temp." + table).get(0).get(0)));
    }

    private @Nullable Expr where(SqlBaseParser.@Nullable WhereClauseContext ctx, Scope scope) {
        return ctx == null ? null : context.expressions(scope).condition(ctx.booleanExpression());
    }

    private Outcome delete(SqlBaseParser.DeleteFromTableContext ctx, TableChange change) {
        TableInfo table = change.info();
        Expr where = where(ctx.whereClause(), scope(table, "t", alias(ctx.tableAlias())));
        long rows = where == null ? change.removeAll() : delete(where, change);
        if (rows > 0) {
            appendOnly(table);
            boolean all = where == null;
            change.metric("numDeletedRows", rows);
            change.metric("numCopiedRows", 0);
            change.metric("numAddedFiles", 0);
            change.metric("numRemovedFiles", all ? change.files() : 0);
            change.metric("numDeletionVectorsAdded", all ? 0 : 1);
            change.metric("numDeletionVectorsRemoved", 0);
            change.metric("numAddedChangeFiles", 0);
            change.files(all ? 0 : change.files());
            change.log(Logged.where("DELETE", where == null ? "true" : where.pretty()));
        }
        return Outcome.counts("DELETE", AFFECTED, rows);
    }

    private long delete(Expr where, TableChange change) {
        context.run("CREATE OR REPLACE TEMP TABLE lp_changes AS "
                + context.statement().with().clause() + "SELECT t.rowid AS \"{row}\" FROM " + change.table()
                + " AS t WHERE " + where.sql());
        long rows = count("lp_changes") == 0 ? 0 : change.remove("SELECT \"{row}\" FROM temp.lp_changes", false);
        context.run("DROP TABLE temp.lp_changes");
        return rows;
    }

    /** Fails when the table's properties let rows be added only. */
    static void appendOnly(TableInfo table) {
        if ("true".equalsIgnoreCase(table.facts().properties().get("delta.appendOnly"))) {
            throw SqlErrors.of(
                    "DELTA_CANNOT_MODIFY_APPEND_ONLY",
                    "42809",
                    "This table is configured to only allow appends. If you would like to permit updates or deletes,"
                            + " use 'ALTER TABLE <table_name> SET TBLPROPERTIES (delta.appendOnly=false)'.");
        }
    }
}
