package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.catalog.TableFacts;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.query.Names;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.version.Operation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;
import org.jspecify.annotations.Nullable;

/** ALTER TABLE and ALTER VIEW: names, and what is said of a table. Columns are {@link AlterColumns}' matter. */
final class AlterCommands {
    private final CommandContext context;

    AlterCommands(CommandContext context) {
        this.context = context;
    }

    @Nullable
    Outcome run(StatementContext ctx) {
        if (ctx instanceof SqlBaseParser.RenameTableContext rename) {
            rename(rename);
            return Outcome.none("ALTER");
        }
        boolean done = new AlterColumns(context).run(ctx) || new AlterConstraints(context).run(ctx) || facts(ctx);
        return done ? Outcome.none("ALTER") : null;
    }

    private void rename(SqlBaseParser.RenameTableContext ctx) {
        TableInfo info = context.tables().info(context.name(ctx.from));
        List<String> from = info.fullName();
        List<String> to = context.tables().complete(Names.of(ctx.to));
        if (!to.subList(0, 2).equals(from.subList(0, 2))) {
            throw SqlErrors.unsupported("ALTER ... RENAME TO another schema");
        }
        if (context.metastore().find(to).isPresent()) {
            throw SqlErrors.tableExists(to);
        }
        String sql = "ALTER " + (info.view() ? "VIEW " : "TABLE ") + DuckNames.qualified(from) + " RENAME TO "
                + Identifiers.duck(to.get(2));
        if (info.view()) {
            context.run(sql);
            context.metastore().changed();
        } else {
            context.metastore().versions().rename(context, from, to, () -> {
                context.run(sql);
                context.run("UPDATE " + DuckNames.log(from.get(0), "tables") + " AS t SET table_name = "
                        + Identifiers.literal(to.get(2)) + " WHERE t.schema_name = " + Identifiers.literal(from.get(1))
                        + " AND t.table_name = " + Identifiers.literal(from.get(2)) + " AND t.dropped_at IS NULL");
            });
        }
    }

    /** Changes what is said of a table; returns whether the statement does that. */
    private boolean facts(StatementContext ctx) {
        TableClauses clauses = new TableClauses(context);
        if (ctx instanceof SqlBaseParser.SetTablePropertiesContext set) {
            Map<String, String> given = clauses.properties(set.propertyList());
            set(context.name(set.identifierReference()), given);
        } else if (ctx instanceof SqlBaseParser.UnsetTablePropertiesContext unset) {
            Set<String> keys = clauses.properties(unset.propertyList()).keySet();
            unset(context.name(unset.identifierReference()), keys, unset.EXISTS() != null);
        } else if (ctx instanceof SqlBaseParser.AlterClusterByContext cluster) {
            boolean none = cluster.clusterBySpec() == null;
            cluster(
                    context.name(cluster.identifierReference()),
                    none ? List.of() : clauses.clustering(cluster.clusterBySpec()));
        } else if (ctx instanceof SqlBaseParser.CommentTableContext comment) {
            boolean none = comment.comment().stringLit() == null;
            String text = none ? null : clauses.text(comment.comment().stringLit());
            Map<String, String> logged = Map.of("properties", Logged.object(Map.of("comment", none ? "" : text + "")));
            keep(
                    context.name(comment.identifierReference()),
                    Operation.of("SET TBLPROPERTIES", logged),
                    f -> f.withComment(text));
        } else {
            return false;
        }
        return true;
    }

    private void set(List<String> name, Map<String, String> given) {
        for (String key : given.keySet()) {
            if (key.toLowerCase(Locale.ROOT).startsWith(RowWriter.CHECKS)) {
                throw SqlErrors.of(
                        "DELTA_ADD_CONSTRAINTS",
                        "0A000",
                        "Please use ALTER TABLE ADD CONSTRAINT to add CHECK constraints.");
            }
        }
        keep(name, Operation.of("SET TBLPROPERTIES", Map.of("properties", Logged.object(given))), f -> {
            Map<String, String> properties = new TreeMap<>(f.properties());
            properties.putAll(given);
            return f.withProperties(properties);
        });
    }

    private void unset(List<String> name, Set<String> keys, boolean lenient) {
        Map<String, String> logged =
                Map.of("properties", Logged.array(List.copyOf(keys)), "ifExists", String.valueOf(lenient));
        keep(name, Operation.of("UNSET TBLPROPERTIES", logged), f -> {
            Map<String, String> properties = new TreeMap<>(f.properties());
            for (String key : keys) {
                if (properties.remove(key) == null && !lenient) {
                    throw SqlErrors.of(
                            "DELTA_UNSET_NON_EXISTENT_PROPERTY",
                            "42616",
                            "Attempted to unset non-existent property '" + key + "' in table "
                                    + String.join(".", name));
                }
            }
            return f.withProperties(properties);
        });
    }

    private void cluster(List<String> name, List<String> columns) {
        TableInfo table = context.tables().info(name);
        columns.forEach(c -> RowCommands.column(table, c));
        if (!table.facts().partitioning().isEmpty()) {
            throw SqlErrors.of(
                    "DELTA_ALTER_TABLE_CLUSTER_BY_ON_PARTITIONED_TABLE_NOT_ALLOWED",
                    "42000",
                    "ALTER TABLE CLUSTER BY cannot be applied to a partitioned table.");
        }
        Map<String, String> logged = Map.of(
                "oldClusteringColumns",
                String.join(",", table.facts().clustering()),
                "newClusteringColumns",
                String.join(",", columns));
        keep(name, Operation.of("CLUSTER BY", logged), f -> f.withClustering(columns));
    }

    private void keep(List<String> name, Operation operation, UnaryOperator<TableFacts> next) {
        TableInfo info = context.tables().info(name);
        if (info.view()) {
            context.run("COMMENT ON VIEW " + DuckNames.qualified(info.fullName()) + " IS "
                    + Identifiers.literal(next.apply(info.facts()).json()));
            context.metastore().changed();
            return;
        }
        context.metastore().versions().change(context, info.fullName(), change -> {
            TableInfo table = change.info();
            change.describe(table.with(next.apply(table.facts())));
            change.log(operation);
            return true;
        });
    }
}
