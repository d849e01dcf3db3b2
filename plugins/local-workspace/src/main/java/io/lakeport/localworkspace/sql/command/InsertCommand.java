package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.catalog.TableInfo.ColumnInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Coercion;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.version.TableChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/** INSERT into tables in all its forms. */
final class InsertCommand {
    private static final List<String> INSERTED = List.of("num_affected_rows", "num_inserted_rows");

    private final CommandContext context;

    InsertCommand(CommandContext context) {
        this.context = context;
    }

    /** Where the rows go, and which rows of the table they replace. */
    private record Target(
            SqlBaseParser.IdentifierReferenceContext table,
            SqlBaseParser.@Nullable PartitionSpecContext partition,
            SqlBaseParser.@Nullable IdentifierListContext columns,
            boolean byName,
            boolean evolve,
            @Nullable Replacement replacement) {}

    /** Finds the rows that an INSERT replaces: a query for their rowids, {@code null} for all rows. */
    private interface Replacement {
        @Nullable
        String rowids(TableInfo table, TableChange change, Map<String, String> parameters);
    }

    Outcome run(SqlBaseParser.InsertIntoContext into, SqlBaseParser.QueryContext query) {
        if (into instanceof SqlBaseParser.InsertOverwriteDirContext directory) {
            return new DirectoryExport(context).run(directory, query);
        }
        Target target = target(into);
        List<String> name = context.tables().writable(context.name(target.table()));
        return context.metastore().versions().change(context, name, change -> insert(target, query, change));
    }

    private Target target(SqlBaseParser.InsertIntoContext into) {
        if (into instanceof SqlBaseParser.InsertIntoTableContext c) {
            return new Target(
                    c.identifierReference(),
                    c.partitionSpec(),
                    c.identifierList(),
                    c.NAME() != null,
                    c.EVOLUTION() != null,
                    null);
        }
        if (into instanceof SqlBaseParser.InsertOverwriteTableContext c) {
            return new Target(
                    c.identifierReference(),
                    c.partitionSpec(),
                    c.identifierList(),
                    c.NAME() != null,
                    c.EVOLUTION() != null,
                    (table, change, parameters) -> partition(table, c.partitionSpec()));
        }
        if (into instanceof SqlBaseParser.InsertIntoReplaceBooleanCondContext c) {
            Replacement replacement = c.WHERE() != null
                    ? (table, change, parameters) -> where(table, c.booleanExpression(), change, parameters)
                    : (table, change, parameters) -> on(table, c, change, parameters);
            return new Target(
                    c.identifierReference(), null, null, c.NAME() != null, c.EVOLUTION() != null, replacement);
        }
        if (into instanceof SqlBaseParser.InsertIntoReplaceUsingContext c) {
            return new Target(
                    c.identifierReference(),
                    null,
                    null,
                    c.NAME() != null,
                    c.EVOLUTION() != null,
                    (table, change, parameters) -> using(table, c, change, parameters));
        }
        throw SqlErrors.unsupported("INSERT OVERWRITE DIRECTORY with STORED AS or ROW FORMAT; write USING");
    }

    private Outcome insert(Target target, SqlBaseParser.QueryContext source, TableChange change) {
        Query query = context.query(source);
        TableInfo table = change.info();
        if (target.evolve()) {
            evolve(table, query, change);
            table = change.info();
        }
        Map<ColumnInfo, String> values = values(target, table, query);
        String list = values.entrySet().stream()
                .map(e -> e.getValue() + " AS " + Identifiers.duck(e.getKey().name()))
                .collect(Collectors.joining(", "));
        String select = context.statement().with().clause() + "SELECT " + list + " FROM (" + query.sql() + ") AS q";
        List<ColumnInfo> given = List.copyOf(values.keySet());
        Replacement replacement = target.replacement();
        long rows = replacement == null
                ? append(table, given, select, change)
                : replace(table, given, select, replacement, change);
        change.metric("numFiles", rows == 0 ? 0 : 1);
        change.metric("numOutputRows", rows);
        change.metric("numOutputBytes", Sizes.bytes(table, rows));
        return Outcome.counts("INSERT", INSERTED, rows, rows);
    }

    private long append(TableInfo table, List<ColumnInfo> given, String select, TableChange change) {
        long rows = new RowWriter(context, change, table).append(given, select, false);
        change.files(change.files() + (rows == 0 ? 0 : 1));
        change.log(Logged.write(
                false, Map.of("partitionBy", Logged.array(table.facts().partitioning()))));
        return rows;
    }

    private long replace(
            TableInfo table, List<ColumnInfo> given, String select, Replacement replacement, TableChange change) {
        RowCommands.appendOnly(table);
        // The rows may come from the table itself, so they are kept apart until it has lost the others.
        context.run("CREATE OR REPLACE TEMP TABLE lp_rows AS " + select);
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("partitionBy", Logged.array(table.facts().partitioning()));
        String rowids = replacement.rowids(table, change, parameters);
        long removed = rowids == null ? change.removeAll() : change.remove(rowids, false);
        long rows = new RowWriter(context, change, table).append(given, "SELECT * FROM temp.lp_rows", false);
        context.run("DROP TABLE temp.lp_rows");
        if (rowids == null) {
            change.metric("numRemovedFiles", change.files());
        } else {
            change.metric("numDeletedRows", removed);
            change.metric("numAddedFiles", rows == 0 ? 0 : 1);
        }
        change.files((rowids == null ? 0 : change.files()) + (rows == 0 ? 0 : 1));
        change.log(Logged.write(true, parameters));
        return rows;
    }

    /** Adds columns that the rows have and the table has not. */
    private static void evolve(TableInfo table, Query query, TableChange change) {
        for (Query.Output c : query.columns()) {
            if (table.columns().stream().noneMatch(t -> t.name().equalsIgnoreCase(c.name()))) {
                change.addColumn(c.name(), c.type());
            }
        }
    }

    private Map<ColumnInfo, String> values(Target target, TableInfo table, Query query) {
        Map<ColumnInfo, String> fixed = new LinkedHashMap<>();
        if (target.partition() != null) {
            target.partition().partitionVal().stream()
                    .filter(v -> v.constant() != null || v.DEFAULT() != null)
                    .forEach(v -> fixed.put(partitionColumn(table, v), constant(table, v)));
        }
        List<ColumnInfo> targets = targets(target, table, query).stream()
                .filter(c -> !fixed.containsKey(c))
                .toList();
        if (targets.size() != query.columns().size()) {
            throw arity(table, targets, query);
        }
        Map<ColumnInfo, String> values = new LinkedHashMap<>();
        for (int i = 0; i < targets.size(); i++) {
            ColumnInfo column = targets.get(i);
            requireGivable(column);
            Query.Output c = query.columns().get(i);
            Expr e = Expr.of("q." + Identifiers.duck(c.label()), c.type(), c.nullable(), c.name());
            values.put(column, Coercion.to(e, column.type()).sql());
        }
        values.putAll(fixed);
        return values;
    }

    private static void requireGivable(ColumnInfo column) {
        io.lakeport.localworkspace.catalog.ColumnRule.Identity identity =
                column.rule().identity();
        if (identity != null && identity.always()) {
            throw SqlErrors.of(
                    "DELTA_IDENTITY_COLUMNS_EXPLICIT_INSERT_NOT_SUPPORTED",
                    "42808",
                    "Providing values for GENERATED ALWAYS AS IDENTITY column " + column.name() + " is not supported.");
        }
    }

    private ColumnInfo partitionColumn(TableInfo table, SqlBaseParser.PartitionValContext value) {
        ColumnInfo column =
                RowCommands.column(table, Identifiers.unquote(value.identifier().getText()));
        if (table.facts().partitioning().stream().noneMatch(column.name()::equalsIgnoreCase)) {
            throw SqlErrors.of(
                    "NON_PARTITION_COLUMN",
                    "42000",
                    "PARTITION clause cannot contain the non-partition column: " + Identifiers.backticked(column.name())
                            + ".");
        }
        return column;
    }

    private String constant(TableInfo table, SqlBaseParser.PartitionValContext value) {
        ColumnInfo column = partitionColumn(table, value);
        if (value.constant() == null) {
            return Assignments.defaultOf(context, column);
        }
        Expr e = context.expressions(Scope.empty())
                .translate(io.lakeport.localworkspace.sql.parse.StatementParser.parseExpression(
                        SourceText.of(value.constant())));
        return Coercion.to(e, column.type()).sql();
    }

    private List<ColumnInfo> targets(Target target, TableInfo table, Query query) {
        if (target.byName()) {
            return query.columns().stream().map(c -> byName(table, c.name())).toList();
        }
        if (target.columns() != null) {
            return target.columns().identifierSeq().ident.stream()
                    .map(i -> RowCommands.column(table, Identifiers.unquote(i.getText())))
                    .toList();
        }
        // A query that is as wide as the columns that take values leaves the generated ones out.
        List<ColumnInfo> plain = table.columns().stream()
                .filter(c -> c.rule().generated() == null && c.rule().identity() == null)
                .toList();
        return query.columns().size() == plain.size() ? plain : ordered(target, table);
    }

    /** Columns of a PARTITION clause without values come last, in the clause's order. */
    private List<ColumnInfo> ordered(Target target, TableInfo table) {
        List<ColumnInfo> columns = new ArrayList<>(table.columns());
        if (target.partition() != null) {
            for (SqlBaseParser.PartitionValContext v : target.partition().partitionVal()) {
                ColumnInfo column = partitionColumn(table, v);
                columns.remove(column);
                columns.add(column);
            }
        }
        return columns;
    }

    private static ColumnInfo byName(TableInfo table, String name) {
        return table.columns().stream()
                .filter(c -> c.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> SqlErrors.of(
                        "INCOMPATIBLE_DATA_FOR_TABLE.EXTRA_COLUMNS",
                        "KD000",
                        "Cannot write incompatible data for the table " + Identifiers.backticked(table.fullName())
                                + ": Cannot write extra columns " + Identifiers.backticked(name) + "."));
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

    private @Nullable String partition(TableInfo table, SqlBaseParser.@Nullable PartitionSpecContext ctx) {
        if (ctx == null) {
            return null;
        }
        String condition = ctx.partitionVal().stream()
                .filter(v -> v.constant() != null || v.DEFAULT() != null)
                .map(v -> "t." + Identifiers.duck(partitionColumn(table, v).name()) + " IS NOT DISTINCT FROM "
                        + constant(table, v))
                .collect(Collectors.joining(" AND "));
        return condition.isEmpty() ? null : rowids(table, condition);
    }

    private static String rowids(TableInfo table, String condition) {
        return "SELECT t.rowid FROM " + io.lakeport.localworkspace.catalog.DuckNames.qualified(table.fullName())
                + " AS t WHERE " + condition;
    }

    private String where(
            TableInfo table,
            SqlBaseParser.BooleanExpressionContext ctx,
            TableChange change,
            Map<String, String> parameters) {
        Expr condition =
                context.expressions(RowCommands.scope(table, "t", null)).condition(ctx);
        parameters.put("predicate", condition.pretty());
        List<List<@Nullable String>> outside = context.rows(
                "SELECT 1 FROM temp.lp_rows AS t WHERE NOT coalesce(" + condition.sql() + ", false) LIMIT 1");
        if (!outside.isEmpty()) {
            throw SqlErrors.of(
                    "DELTA_REPLACE_WHERE_MISMATCH",
                    "44000",
                    "Written data does not conform to partial table overwrite condition or constraint '"
                            + SourceText.of(ctx) + "'.");
        }
        return rowids(table, condition.sql());
    }

    private String on(
            TableInfo table,
            SqlBaseParser.InsertIntoReplaceBooleanCondContext ctx,
            TableChange change,
            Map<String, String> parameters) {
        String alias = RowCommands.alias(ctx.tableAlias());
        SqlBaseParser.TableAliasContext given =
                ctx.getParent() instanceof SqlBaseParser.SingleInsertQueryContext i ? i.queryAlias : null;
        String source = given == null ? null : RowCommands.alias(given);
        List<io.lakeport.localworkspace.sql.expression.Column> columns =
                new ArrayList<>(RowCommands.columns(table, "t", alias));
        for (ColumnInfo c : table.columns()) {
            columns.add(new io.lakeport.localworkspace.sql.expression.Column(
                    source == null ? List.of() : List.of(source),
                    c.name(),
                    "s." + Identifiers.duck(c.name()),
                    c.type(),
                    true,
                    false));
        }
        Expr condition = context.expressions(new Scope(columns, null)).condition(ctx.replaceCondition);
        parameters.put("replaceOnCond", SourceText.of(ctx.replaceCondition));
        return rowids(table, "EXISTS (SELECT 1 FROM temp.lp_rows AS s WHERE " + condition.sql() + ")");
    }

    private String using(
            TableInfo table,
            SqlBaseParser.InsertIntoReplaceUsingContext ctx,
            TableChange change,
            Map<String, String> parameters) {
        List<String> names = ctx.identifierList().identifierSeq().ident.stream()
                .map(i -> RowCommands.column(table, Identifiers.unquote(i.getText()))
                        .name())
                .toList();
        parameters.put("replaceUsingCols", "(" + String.join(", ", names).toLowerCase(Locale.ROOT) + ")");
        String same = names.stream()
                .map(Identifiers::duck)
                .map(c -> "t." + c + " IS NOT DISTINCT FROM s." + c)
                .collect(Collectors.joining(" AND "));
        return rowids(table, "EXISTS (SELECT 1 FROM temp.lp_rows AS s WHERE " + same + ")");
    }
}
