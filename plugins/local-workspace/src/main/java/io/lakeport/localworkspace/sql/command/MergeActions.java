package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.catalog.TableInfo.ColumnInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Coercion;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.query.Names;
import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/**
 * What the clauses of a MERGE make of rows, as queries: one row for each row to change, with its new values. The first
 * clause whose condition holds decides.
 */
final class MergeActions {
    private final CommandContext context;
    private final TableInfo table;
    private final boolean evolve;
    private final Query source;
    private final Assignments assignments;
    private final Set<ColumnInfo> inserted = new LinkedHashSet<>();

    MergeActions(CommandContext context, TableInfo table, SqlBaseParser.MergeIntoTableContext ctx, Query source) {
        this.context = context;
        this.table = table;
        this.evolve = ctx.EVOLUTION() != null;
        this.source = source;
        this.assignments = new Assignments(context, table, RowCommands.alias(ctx.targetAlias));
    }

    /** One clause: its condition, and the new value of each column; no values when it deletes. */
    private record Action(String condition, Map<ColumnInfo, String> values) {}

    /** Returns the columns of updated rows. */
    List<ColumnInfo> kept() {
        return table.columns().stream()
                .filter(c -> c.rule().generated() == null)
                .toList();
    }

    /** Returns the columns of inserted rows that some clause gives a value. */
    List<ColumnInfo> inserted() {
        return List.copyOf(inserted);
    }

    String matched(List<SqlBaseParser.MatchedClauseContext> clauses, Scope both, String target) {
        List<Action> actions = new ArrayList<>();
        for (SqlBaseParser.MatchedClauseContext c : clauses) {
            SqlBaseParser.MatchedActionContext action = c.matchedAction();
            Map<ColumnInfo, String> values = action.DELETE() != null
                    ? Map.of()
                    : action.assignmentList() != null ? assignments.all(action.assignmentList(), both) : updateAll();
            actions.add(new Action(condition(c.matchedCond, both), values));
        }
        return changes(
                actions,
                " FROM temp.lp_pairs AS p JOIN " + target + " AS t ON t.rowid = p.\"{row}\" JOIN temp.lp_source AS s"
                        + " ON s.\"{source}\" = p.\"{source}\"");
    }

    String notMatchedBySource(
            List<SqlBaseParser.NotMatchedBySourceClauseContext> clauses, Scope targetOnly, String target) {
        List<Action> actions = new ArrayList<>();
        for (SqlBaseParser.NotMatchedBySourceClauseContext c : clauses) {
            SqlBaseParser.NotMatchedBySourceActionContext action = c.notMatchedBySourceAction();
            Map<ColumnInfo, String> values =
                    action.DELETE() != null ? Map.of() : assignments.all(action.assignmentList(), targetOnly);
            actions.add(new Action(condition(c.notMatchedBySourceCond, targetOnly), values));
        }
        return changes(actions, " FROM " + target + " AS t ANTI JOIN temp.lp_pairs AS p ON t.rowid = p.\"{row}\"");
    }

    private String condition(SqlBaseParser.@Nullable BooleanExpressionContext ctx, Scope scope) {
        return ctx == null ? "true" : context.expressions(scope).condition(ctx).sql();
    }

    /** Returns rowid, whether the row goes, and the values of {@link #kept}. */
    private String changes(List<Action> actions, String from) {
        List<String> list = new ArrayList<>();
        list.add("t.rowid AS \"{row}\"");
        list.add(cases(actions, a -> String.valueOf(a.values().isEmpty()), "BOOLEAN") + " AS \"{delete}\"");
        for (ColumnInfo c : kept()) {
            list.add(cases(
                            actions,
                            a -> a.values().getOrDefault(c, "NULL"),
                            c.type().duck()) + " AS " + Identifiers.duck(c.name()));
        }
        String any = actions.stream().map(Action::condition).collect(Collectors.joining(") OR (", "(", ")"));
        return context.statement().with().clause() + "SELECT " + String.join(", ", list) + from + " WHERE "
                + (actions.isEmpty() ? "false" : any);
    }

    private interface Value {
        String of(Action action);
    }

    private static String cases(List<Action> actions, Value value, String type) {
        if (actions.isEmpty()) {
            return "CAST(NULL AS " + type + ")";
        }
        return actions.stream()
                .map(a -> "WHEN " + a.condition() + " THEN " + value.of(a))
                .collect(Collectors.joining(" ", "CAST(CASE ", " END AS " + type + ")"));
    }

    private Map<ColumnInfo, String> updateAll() {
        Map<ColumnInfo, String> values = new LinkedHashMap<>();
        for (ColumnInfo c : kept()) {
            String given = fromSource(c, "UPDATE");
            values.put(c, given == null ? "t." + Identifiers.duck(c.name()) : given);
        }
        return values;
    }

    /** Returns the source's column of that name; {@code null} when there is none and the table may keep its own. */
    private @Nullable String fromSource(ColumnInfo target, String clause) {
        for (Query.Output c : source.columns()) {
            if (c.name().equalsIgnoreCase(target.name())) {
                Expr e = Expr.of("s." + Identifiers.duck(c.label()), c.type(), c.nullable(), c.name());
                return Coercion.to(e, target.type()).sql();
            }
        }
        if (evolve || target.rule().identity() != null) {
            return null;
        }
        throw SqlErrors.of(
                "DELTA_MERGE_UNRESOLVED_EXPRESSION",
                "42601",
                "Cannot resolve " + target.name() + " in " + clause + " clause given columns "
                        + source.columns().stream().map(Query.Output::name).collect(Collectors.joining(", ")) + ".");
    }

    /** Returns the rows to insert. */
    String notMatched(List<SqlBaseParser.NotMatchedClauseContext> clauses, Scope sourceOnly) {
        List<Action> actions = new ArrayList<>();
        for (SqlBaseParser.NotMatchedClauseContext c : clauses) {
            Map<ColumnInfo, String> values = values(c.notMatchedAction(), sourceOnly);
            inserted.addAll(values.keySet());
            actions.add(new Action(condition(c.notMatchedCond, sourceOnly), values));
        }
        if (actions.isEmpty()) {
            return "SELECT 1 AS x WHERE false";
        }
        String list = inserted.stream()
                .map(c -> cases(
                                actions,
                                a -> a.values().getOrDefault(c, absent(c)),
                                c.type().duck()) + " AS " + Identifiers.duck(c.name()))
                .collect(Collectors.joining(", "));
        String any = actions.stream().map(Action::condition).collect(Collectors.joining(") OR (", "(", ")"));
        return context.statement().with().clause() + "SELECT " + list
                + " FROM temp.lp_source AS s ANTI JOIN temp.lp_pairs AS p ON s.\"{source}\" = p.\"{source}\" WHERE "
                + any;
    }

    private String absent(ColumnInfo column) {
        return Assignments.defaultOf(context, column);
    }

    private Map<ColumnInfo, String> values(SqlBaseParser.NotMatchedActionContext action, Scope sourceOnly) {
        Map<ColumnInfo, String> values = new LinkedHashMap<>();
        if (action.columns == null) {
            for (ColumnInfo c : kept()) {
                String given = fromSource(c, "INSERT");
                if (given != null) {
                    values.put(c, given);
                }
            }
            return values;
        }
        if (action.columns.multipartIdentifier().size() != action.expression().size()) {
            throw SqlErrors.of("PARSE_SYNTAX_ERROR", "42601", "The number of inserted values cannot match the fields.");
        }
        for (int i = 0; i < action.columns.multipartIdentifier().size(); i++) {
            List<String> name = Names.of(action.columns.multipartIdentifier(i));
            ColumnInfo column = RowCommands.column(table, name.get(name.size() - 1));
            values.put(column, assignments.value(action.expression(i), column, column.type(), sourceOnly));
        }
        return values;
    }
}
