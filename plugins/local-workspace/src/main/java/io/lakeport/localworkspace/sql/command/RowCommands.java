package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.catalog.TableInfo.ColumnInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Coercion;
import io.lakeport.localworkspace.sql.expression.Column;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.query.Names;
import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/** INSERT, UPDATE and DELETE. */
final class RowCommands {
    private static final List<String> INSERTED = List.of("num_affected_rows", "num_inserted_rows");
    private static final List<String> AFFECTED = List.of("num_affected_rows");

    private final CommandContext context;

    RowCommands(CommandContext context) {
        this.context = context;
    }

    @Nullable
    Outcome run(SqlBaseParser.DmlStatementNoWithContext ctx) {
        if (ctx instanceof SqlBaseParser.SingleInsertQueryContext insert) {
            return insert(insert.insertInto(), insert.query());
        }
        if (ctx instanceof SqlBaseParser.UpdateTableContext update) {
            return update(update);
        }
        return ctx instanceof SqlBaseParser.DeleteFromTableContext delete ? delete(delete) : null;
    }

    private Outcome insert(SqlBaseParser.InsertIntoContext into, SqlBaseParser.QueryContext query) {
        if (into instanceof SqlBaseParser.InsertOverwriteDirContext directory) {
            return new DirectoryExport(context).run(directory, query);
        }
        if (into instanceof SqlBaseParser.InsertIntoTableContext plain && plain.partitionSpec() == null) {
            TableInfo table = context.tables().info(context.name(plain.identifierReference()));
            return insert(table, plain.identifierList(), plain.NAME() != null, query, false);
        }
        if (into instanceof SqlBaseParser.InsertOverwriteTableContext overwrite && overwrite.partitionSpec() == null) {
            TableInfo table = context.tables().info(context.name(overwrite.identifierReference()));
            return insert(table, overwrite.identifierList(), overwrite.NAME() != null, query, true);
        }
        throw SqlErrors.unsupported("INSERT with PARTITION, REPLACE or DIRECTORY");
    }

    private Outcome insert(
            TableInfo table,
            SqlBaseParser.@Nullable IdentifierListContext list,
            boolean byName,
            SqlBaseParser.QueryContext source,
            boolean overwrite) {
        Query query = context.query(source);
        List<ColumnInfo> targets = targets(table, list, byName ? query : null);
        if (targets.size() != query.columns().size()) {
            throw arity(table, targets, query);
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Query.Output c = query.columns().get(i);
            Expr e = Expr.of("q." + Identifiers.duck(c.label()), c.type(), c.nullable(), c.name());
            values.add(Coercion.to(e, targets.get(i).type()).sql());
        }
        String columns = targets.stream().map(c -> Identifiers.duck(c.name())).collect(Collectors.joining(", "));
        String name = DuckNames.qualified(table.fullName());
        String into = "INSERT INTO " + name + " (" + columns + ") ";
        String select = "SELECT " + String.join(", ", values) + " FROM (" + query.sql() + ") AS q";
        long rows = overwrite ? overwrite(name, into, select) : context.run(into + select);
        return Outcome.counts("INSERT", INSERTED, rows, rows);
    }

    private long overwrite(String name, String into, String select) {
        return context.atomically(() -> {
            // The rows may come from the table itself, so they are kept apart until it is empty.
            context.run("CREATE OR REPLACE TEMP TABLE lp_overwrite" + " AS " + select);
            context.run("DELETE FROM " + name);
            long rows = context.run(into + "SELECT * FROM temp.lp_overwrite");
            context.run("DROP TABLE temp.lp_overwrite");
            return rows;
        });
    }

    private static List<ColumnInfo> targets(
            TableInfo table, SqlBaseParser.@Nullable IdentifierListContext list, @Nullable Query byName) {
        List<String> names = byName != null
                ? byName.columns().stream().map(Query.Output::name).toList()
                : list == null
                        ? table.columns().stream().map(ColumnInfo::name).toList()
                        : list.identifierSeq().ident.stream()
                                .map(i -> Identifiers.unquote(i.getText()))
                                .toList();
        return names.stream().map(n -> column(table, n)).toList();
    }

    static ColumnInfo column(TableInfo table, String name) {
        return table.columns().stream()
                .filter(c -> c.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> SqlErrors.columnNotFound(
                        List.of(name),
                        table.columns().stream().map(ColumnInfo::name).toList()));
    }

    private static RuntimeException arity(TableInfo table, List<ColumnInfo> targets, Query query) {
        boolean few = query.columns().size() < targets.size();
        return SqlErrors.of(
                "INSERT_COLUMN_ARITY_MISMATCH." + (few ? "NOT_ENOUGH_DATA_COLUMNS" : "TOO_MANY_DATA_COLUMNS"),
                "21S01",
                "Cannot write to " + Identifiers.backticked(table.fullName()) + ", the reason is "
                        + (few ? "not enough data columns" : "too many data columns") + ":\nTable columns: "
                        + targets.stream()
                                .map(c -> Identifiers.backticked(c.name()))
                                .collect(Collectors.joining(", "))
                        + ".\nData columns: "
                        + query.columns().stream()
                                .map(c -> Identifiers.backticked(c.name()))
                                .collect(Collectors.joining(", "))
                        + ".");
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

    private Outcome update(SqlBaseParser.UpdateTableContext ctx) {
        TableInfo table = context.tables().info(context.name(ctx.identifierReference()));
        Scope scope = scope(table, "t", alias(ctx.tableAlias()));
        String set = assignments(table, ctx.setClause().assignmentList(), scope);
        String where = where(ctx.whereClause(), scope);
        long rows = context.run("UPDATE " + DuckNames.qualified(table.fullName()) + " AS t SET " + set + where);
        return Outcome.counts("UPDATE", AFFECTED, rows);
    }

    String assignments(TableInfo table, SqlBaseParser.AssignmentListContext list, Scope scope) {
        List<String> parts = new ArrayList<>();
        for (SqlBaseParser.AssignmentContext a : list.assignment()) {
            List<String> key = Names.of(a.key);
            ColumnInfo column = column(table, key.get(key.size() - 1));
            parts.add(Identifiers.duck(column.name()) + " = " + value(a.value, column, scope));
        }
        return String.join(", ", parts);
    }

    String value(SqlBaseParser.ExpressionContext ctx, ColumnInfo column, Scope scope) {
        if (ctx.getText().equalsIgnoreCase("DEFAULT")) {
            return "DEFAULT";
        }
        return Coercion.to(context.expressions(scope).translate(ctx), column.type())
                .sql();
    }

    private String where(SqlBaseParser.@Nullable WhereClauseContext ctx, Scope scope) {
        return ctx == null
                ? ""
                : " WHERE "
                        + context.expressions(scope)
                                .condition(ctx.booleanExpression())
                                .sql();
    }

    private Outcome delete(SqlBaseParser.DeleteFromTableContext ctx) {
        TableInfo table = context.tables().info(context.name(ctx.identifierReference()));
        String where = where(ctx.whereClause(), scope(table, "t", alias(ctx.tableAlias())));
        long rows = context.run("DELETE FROM " + DuckNames.qualified(table.fullName()) + " AS t" + where);
        return Outcome.counts("DELETE", AFFECTED, rows);
    }
}
