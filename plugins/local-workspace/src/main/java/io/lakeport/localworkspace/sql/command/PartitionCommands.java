package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.catalog.TableInfo.ColumnInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/** SHOW PARTITIONS: the distinct values of the columns that a table is partitioned by. */
final class PartitionCommands {
    private final CommandContext context;

    PartitionCommands(CommandContext context) {
        this.context = context;
    }

    Outcome show(SqlBaseParser.ShowPartitionsContext ctx) {
        if (ctx.partitionSpec() != null) {
            throw SqlErrors.unsupported("SHOW PARTITIONS with PARTITION");
        }
        TableInfo table = context.tables().info(context.tables().writable(context.name(ctx.identifierReference())));
        if (table.facts().partitioning().isEmpty()) {
            throw SqlErrors.of(
                    "DELTA_SHOW_PARTITION_IN_NON_PARTITIONED_TABLE",
                    "42809",
                    "SHOW PARTITIONS is not allowed on a table that is not partitioned: "
                            + Identifiers.backticked(table.fullName()));
        }
        List<ColumnInfo> columns = table.facts().partitioning().stream()
                .map(p -> RowCommands.column(table, p))
                .toList();
        String list = columns.stream().map(c -> Identifiers.duck(c.name())).collect(Collectors.joining(", "));
        List<Query.Output> outputs = columns.stream()
                .map(c -> new Query.Output(c.name(), c.name(), c.type(), true))
                .toList();
        String sql = "SELECT DISTINCT " + list + " FROM " + DuckNames.qualified(table.fullName()) + " ORDER BY " + list;
        return new Outcome("SHOW", new Query(sql, outputs));
    }
}
