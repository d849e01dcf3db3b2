package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.ColumnRule;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.catalog.TableInfo.ColumnInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.query.Names;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.TypeTexts;
import io.lakeport.localworkspace.version.Operation;
import io.lakeport.localworkspace.version.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;
import org.jspecify.annotations.Nullable;

/** ALTER TABLE: adding, renaming, dropping and moving columns. */
final class AlterColumns {
    private final CommandContext context;

    AlterColumns(CommandContext context) {
        this.context = context;
    }

    /** Carries the statement out if it is one of these; returns whether it is. */
    boolean run(StatementContext ctx) {
        if (ctx instanceof SqlBaseParser.AddTableColumnsContext add) {
            change(add.identifierReference(), change -> add(add, change));
        } else if (ctx instanceof SqlBaseParser.RenameTableColumnContext rename) {
            change(rename.table, change -> rename(rename, change));
        } else if (ctx instanceof SqlBaseParser.DropTableColumnsContext drop) {
            change(drop.identifierReference(), change -> drop(drop, change));
        } else if (ctx instanceof SqlBaseParser.AlterTableAlterColumnContext alter) {
            change(alter.table, change -> new ColumnActions(context, change).run(alter.columns.alterColumnSpec()));
        } else {
            return false;
        }
        return true;
    }

    private void change(SqlBaseParser.IdentifierReferenceContext table, Consumer<TableChange> work) {
        List<String> name = context.tables().writable(context.name(table));
        context.metastore().versions().change(context, name, change -> {
            work.accept(change);
            return true;
        });
    }

    private void add(SqlBaseParser.AddTableColumnsContext ctx, TableChange change) {
        List<String> logged = new ArrayList<>();
        for (SqlBaseParser.QualifiedColTypeWithPositionContext c : ctx.columns.qualifiedColTypeWithPosition()) {
            List<String> path = Names.of(c.name);
            TableInfo table = change.info();
            ColumnInfo column = column(path.get(path.size() - 1), c);
            SqlBaseParser.ColPositionContext position = position(c);
            if (path.size() > 1) {
                addField(table, path, column, change);
            } else {
                requireNew(table, column);
                if (position == null) {
                    change.addColumn(column);
                } else {
                    reorder(table, column, position, change);
                }
            }
            logged.add("{\"column\":{\"name\":\"" + column.name() + "\",\"type\":\""
                    + column.type().catalogText() + "\",\"nullable\":true,\"metadata\":{}}}");
        }
        change.log(Operation.of("ADD COLUMNS", Map.of("columns", "[" + String.join(",", logged) + "]")));
    }

    private ColumnInfo column(String name, SqlBaseParser.QualifiedColTypeWithPositionContext ctx) {
        SqlType type = TypeTexts.of(ctx.dataType());
        String comment = null;
        for (SqlBaseParser.ColDefinitionDescriptorWithPositionContext d : ctx.colDefinitionDescriptorWithPosition()) {
            if (d.errorCapturingNot() != null) {
                throw SqlErrors.of(
                        "DELTA_OPERATION_NOT_ALLOWED",
                        "0AKDC",
                        "Operation not allowed: `NOT NULL in ALTER TABLE ADD COLUMNS` is not supported for Delta tables");
            }
            if (d.defaultExpression() != null) {
                throw SqlErrors.of(
                        "WRONG_COLUMN_DEFAULTS_FOR_DELTA_ALTER_TABLE_ADD_COLUMN_NOT_SUPPORTED",
                        "0AKDC",
                        "Failed to execute the command because DEFAULT values are not supported when adding new\ncolumns"
                                + " to previously existing Delta tables; please add the column without a default\nvalue"
                                + " first, then run a second ALTER TABLE ALTER COLUMN SET DEFAULT command to apply\nfor"
                                + " future inserted rows instead.");
            }
            if (d.commentSpec() != null) {
                comment = new ColumnDefinitions(context).text(d.commentSpec().stringLit());
            }
        }
        return new ColumnInfo(name, type, type.duck(), true, null, comment, ColumnRule.NONE);
    }

    private static SqlBaseParser.@Nullable ColPositionContext position(
            SqlBaseParser.QualifiedColTypeWithPositionContext ctx) {
        return ctx.colDefinitionDescriptorWithPosition().stream()
                .map(SqlBaseParser.ColDefinitionDescriptorWithPositionContext::colPosition)
                .filter(p -> p != null)
                .findFirst()
                .orElse(null);
    }

    private static void requireNew(TableInfo table, ColumnInfo column) {
        if (table.columns().stream().anyMatch(c -> c.name().equalsIgnoreCase(column.name()))) {
            throw SqlErrors.of(
                    "FIELD_ALREADY_EXISTS",
                    "42710",
                    "Cannot add column, because " + Identifiers.backticked(column.name()) + " already exists in \""
                            + struct(table) + "\".");
        }
    }

    static String struct(TableInfo table) {
        return SqlType.struct(table.columns().stream()
                        .map(c -> new SqlType.Field(c.name(), c.type()))
                        .toList())
                .text();
    }

    private static void reorder(
            TableInfo table, ColumnInfo column, SqlBaseParser.ColPositionContext position, TableChange change) {
        List<ColumnInfo> columns = new ArrayList<>(table.columns());
        columns.add(ColumnActions.index(columns, position), column);
        List<String> values = columns.stream()
                .map(c -> c == column ? "CAST(NULL AS " + c.type().duck() + ")" : Identifiers.duck(c.name()))
                .toList();
        change.reform(table.with(columns), values);
    }

    private static void addField(TableInfo table, List<String> path, ColumnInfo field, TableChange change) {
        List<ColumnInfo> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        boolean found = false;
        for (ColumnInfo c : table.columns()) {
            boolean here = c.name().equalsIgnoreCase(path.get(0));
            found |= here;
            String old = Identifiers.duck(c.name());
            SqlType type = here ? Fields.add(c.type(), path.subList(1, path.size()), field.type()) : c.type();
            columns.add(c.with(type));
            values.add(here ? Fields.convert(old, c.type(), type) : old);
        }
        if (!found) {
            RowCommands.column(table, path.get(0));
        }
        change.reform(table.with(columns), values);
    }

    private void rename(SqlBaseParser.RenameTableColumnContext ctx, TableChange change) {
        TableInfo table = change.info();
        requireMapping(table, "DELTA_UNSUPPORTED_RENAME_COLUMN", "Column rename");
        List<String> from = Names.of(ctx.from);
        String to = Identifiers.unquote(ctx.to.getText());
        if (from.size() != 1) {
            throw SqlErrors.unsupported("RENAME COLUMN of fields within a column");
        }
        ColumnInfo old = RowCommands.column(table, from.get(0));
        AlterConstraints.requireIndependent(table, old);
        if (!old.name().equalsIgnoreCase(to)) {
            requireNew(table, old.named(to));
        }
        List<ColumnInfo> columns =
                table.columns().stream().map(c -> c == old ? c.named(to) : c).toList();
        List<String> values =
                table.columns().stream().map(c -> Identifiers.duck(c.name())).toList();
        change.reform(table.with(columns).with(table.facts().renamed(old.name(), to)), values);
        change.log(Operation.of("RENAME COLUMN", Map.of("oldColumnPath", old.name(), "newColumnPath", to)));
    }

    private void drop(SqlBaseParser.DropTableColumnsContext ctx, TableChange change) {
        TableInfo table = change.info();
        requireMapping(table, "DELTA_UNSUPPORTED_DROP_COLUMN", "DROP COLUMN");
        List<ColumnInfo> columns = new ArrayList<>(table.columns());
        List<String> logged = new ArrayList<>();
        for (SqlBaseParser.MultipartIdentifierContext c : ctx.columns.multipartIdentifier()) {
            List<String> path = Names.of(c);
            if (path.size() != 1) {
                throw SqlErrors.unsupported("DROP COLUMN of fields within a column");
            }
            boolean known = table.columns().stream().anyMatch(o -> o.name().equalsIgnoreCase(path.get(0)));
            if (known || ctx.EXISTS() == null) {
                ColumnInfo gone = RowCommands.column(table, path.get(0));
                requireDroppable(table, gone);
                columns.remove(gone);
                logged.add(gone.name());
            }
        }
        if (columns.isEmpty()) {
            throw SqlErrors.of(
                    "DELTA_DROP_COLUMN_ON_SINGLE_FIELD_SCHEMA",
                    "0AKDC",
                    "Cannot drop column from a schema with a single column. Schema:\n" + struct(table));
        }
        if (!logged.isEmpty()) {
            change.reform(
                    table.with(columns),
                    columns.stream().map(c -> Identifiers.duck(c.name())).toList());
            change.log(Operation.of("DROP COLUMNS", Map.of("columns", Logged.array(logged))));
        }
    }

    private static void requireDroppable(TableInfo table, ColumnInfo gone) {
        AlterConstraints.requireIndependent(table, gone);
        if (table.facts().partitioning().stream().anyMatch(gone.name()::equalsIgnoreCase)) {
            throw SqlErrors.of(
                    "DELTA_UNSUPPORTED_DROP_PARTITION_COLUMN",
                    "0AKDC",
                    "Dropping partition columns (" + gone.name() + ") is not allowed.");
        }
    }

    /** Delta renames and drops columns only when files need not be rewritten for that. */
    private static void requireMapping(TableInfo table, String errorClass, String what) {
        String mode = table.facts().properties().getOrDefault("delta.columnMapping.mode", "none");
        if (!mode.equalsIgnoreCase("name") && !mode.equalsIgnoreCase("id")) {
            throw SqlErrors.of(
                    errorClass,
                    "0AKDC",
                    what + " is not supported for your Delta table. Please enable Column Mapping on your Delta table"
                            + " with mapping mode 'name'.\nYou can use one of the following commands.\n\nIf your table is"
                            + " already on the required protocol version:\nALTER TABLE table_name SET TBLPROPERTIES"
                            + " ('delta.columnMapping.mode' = 'name')");
        }
    }

    static boolean widens(SqlType from, SqlType to) {
        if (from.equals(to)) {
            return true;
        }
        if (from.kind().isIntegral() && to.kind().isIntegral()) {
            return to.kind().ordinal() > from.kind().ordinal();
        }
        if (from.is(Kind.DECIMAL) && to.is(Kind.DECIMAL)) {
            return to.scale() >= from.scale() && to.precision() - to.scale() >= from.precision() - from.scale();
        }
        boolean small = from.kind().isIntegral() && !from.is(Kind.LONG);
        return from.is(Kind.FLOAT) && to.is(Kind.DOUBLE)
                || small && to.is(Kind.DOUBLE)
                || from.kind().isIntegral() && to.is(Kind.DECIMAL) && to.precision() - to.scale() >= (small ? 10 : 20)
                || from.is(Kind.DATE) && to.is(Kind.TIMESTAMP_NTZ);
    }
}
