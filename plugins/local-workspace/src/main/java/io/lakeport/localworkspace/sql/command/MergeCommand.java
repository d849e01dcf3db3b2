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
import io.lakeport.localworkspace.sql.query.Table;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/** MERGE INTO. */
final class MergeCommand {
    private static final List<String> COUNTS =
            List.of("num_affected_rows", "num_updated_rows", "num_deleted_rows", "num_inserted_rows");

    private final CommandContext context;
    private final RowCommands rows;

    MergeCommand(CommandContext context) {
        this.context = context;
        this.rows = new RowCommands(context);
    }

    Outcome run(SqlBaseParser.MergeIntoTableContext ctx) {
        TableInfo table = context.tables().info(context.name(ctx.target));
        List<Column> target = RowCommands.columns(table, "t", RowCommands.alias(ctx.targetAlias));
        List<Column> source = new ArrayList<>();
        String using = source(ctx, source);
        Scope both = new Scope(Stream.concat(target.stream(), source.stream()).toList(), null);
        StringBuilder sql = new StringBuilder("MERGE INTO " + DuckNames.qualified(table.fullName()) + " AS t USING ");
        sql.append(using)
                .append(" ON ")
                .append(context.expressions(both).condition(ctx.mergeCondition).sql());
        for (SqlBaseParser.MatchedClauseContext c : ctx.matchedClause()) {
            sql.append(" WHEN MATCHED").append(and(c.matchedCond, both)).append(" THEN ");
            sql.append(matched(c.matchedAction(), table, source, both));
        }
        Scope sourceOnly = new Scope(source, null);
        for (SqlBaseParser.NotMatchedClauseContext c : ctx.notMatchedClause()) {
            sql.append(" WHEN NOT MATCHED")
                    .append(and(c.notMatchedCond, sourceOnly))
                    .append(" THEN ");
            sql.append(insert(c.notMatchedAction(), table, source, sourceOnly));
        }
        Scope targetOnly = new Scope(target, null);
        for (SqlBaseParser.NotMatchedBySourceClauseContext c : ctx.notMatchedBySourceClause()) {
            sql.append(" WHEN NOT MATCHED BY SOURCE").append(and(c.notMatchedBySourceCond, targetOnly));
            SqlBaseParser.NotMatchedBySourceActionContext action = c.notMatchedBySourceAction();
            sql.append(" THEN ")
                    .append(
                            action.DELETE() != null
                                    ? "DELETE"
                                    : "UPDATE SET " + rows.assignments(table, action.assignmentList(), targetOnly));
        }
        Map<String, Long> counts = context.tally(sql + " RETURNING merge_action");
        long updated = counts.getOrDefault("UPDATE", 0L);
        long deleted = counts.getOrDefault("DELETE", 0L);
        long inserted = counts.getOrDefault("INSERT", 0L);
        return Outcome.counts("MERGE", COUNTS, updated + deleted + inserted, updated, deleted, inserted);
    }

    private String source(SqlBaseParser.MergeIntoTableContext ctx, List<Column> columns) {
        String alias = RowCommands.alias(ctx.sourceAlias);
        if (ctx.sourceQuery != null) {
            Query query = context.query(ctx.sourceQuery);
            for (Query.Output c : query.columns()) {
                columns.add(column(alias == null ? List.of() : List.of(alias), c.name(), c.label(), c));
            }
            return "(" + query.sql() + ") AS s";
        }
        List<String> name = context.name(ctx.source);
        Table table = context.tables().find(name).orElseThrow(() -> SqlErrors.tableNotFound(name));
        for (Table.TableColumn c : table.columns()) {
            Query.Output o = new Query.Output(c.name(), c.name(), c.type(), c.nullable());
            columns.add(column(alias == null ? table.name() : List.of(alias), c.name(), c.name(), o));
        }
        return table.sql() + " AS s";
    }

    private static Column column(List<String> qualifier, String name, String label, Query.Output o) {
        return new Column(qualifier, name, "s." + Identifiers.duck(label), o.type(), o.nullable(), false);
    }

    private String and(SqlBaseParser.@Nullable BooleanExpressionContext ctx, Scope scope) {
        return ctx == null
                ? ""
                : " AND " + context.expressions(scope).condition(ctx).sql();
    }

    private String matched(SqlBaseParser.MatchedActionContext ctx, TableInfo table, List<Column> source, Scope both) {
        if (ctx.DELETE() != null) {
            return "DELETE";
        }
        if (ctx.assignmentList() != null) {
            return "UPDATE SET " + rows.assignments(table, ctx.assignmentList(), both);
        }
        return table.columns().stream()
                .map(c -> Identifiers.duck(c.name()) + " = " + fromSource(c, source))
                .collect(Collectors.joining(", ", "UPDATE SET ", ""));
    }

    private static String fromSource(ColumnInfo target, List<Column> source) {
        Expr e = new Scope(source, null).resolve(List.of(target.name()));
        return Coercion.to(e, target.type()).sql();
    }

    private String insert(
            SqlBaseParser.NotMatchedActionContext ctx, TableInfo table, List<Column> source, Scope scope) {
        List<ColumnInfo> targets = new ArrayList<>();
        List<String> values = new ArrayList<>();
        if (ctx.columns == null) {
            for (ColumnInfo c : table.columns()) {
                targets.add(c);
                values.add(fromSource(c, source));
            }
        } else {
            for (int i = 0; i < ctx.columns.multipartIdentifier().size(); i++) {
                List<String> name = Names.of(ctx.columns.multipartIdentifier(i));
                targets.add(RowCommands.column(table, name.get(name.size() - 1)));
                values.add(rows.value(ctx.expression(i), targets.get(i), scope));
            }
        }
        String list = targets.stream().map(c -> Identifiers.duck(c.name())).collect(Collectors.joining(", "));
        return "INSERT (" + list + ") VALUES (" + String.join(", ", values) + ")";
    }
}
