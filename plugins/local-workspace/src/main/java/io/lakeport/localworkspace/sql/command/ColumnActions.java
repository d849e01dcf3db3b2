package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.catalog.TableInfo.ColumnInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.query.Names;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.TypeTexts;
import io.lakeport.localworkspace.version.Operation;
import io.lakeport.localworkspace.version.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.AlterColumnActionContext;

/** ALTER TABLE … ALTER COLUMN. */
final class ColumnActions {
    private final CommandContext context;
    private final TableChange change;

    ColumnActions(CommandContext context, TableChange change) {
        this.context = context;
        this.change = change;
    }

    void run(List<SqlBaseParser.AlterColumnSpecContext> specs) {
        List<String> logged = new ArrayList<>();
        for (SqlBaseParser.AlterColumnSpecContext spec : specs) {
            List<String> path = Names.of(spec.column);
            if (path.size() != 1) {
                throw SqlErrors.unsupported("ALTER COLUMN of fields within a column");
            }
            TableInfo table = change.info();
            ColumnInfo column = RowCommands.column(table, path.get(0));
            ColumnInfo after = act(table, column, spec.alterColumnAction());
            logged.add("{\"name\":\"" + after.name() + "\",\"type\":\""
                    + after.type().catalogText() + "\",\"nullable\":" + after.nullable() + ",\"metadata\":{}}");
        }
        change.log(
                logged.size() == 1
                        ? Operation.of("CHANGE COLUMN", Map.of("column", logged.get(0)))
                        : Operation.of("CHANGE COLUMNS", Map.of("columns", "[" + String.join(",", logged) + "]")));
    }

    private ColumnInfo act(TableInfo table, ColumnInfo column, AlterColumnActionContext action) {
        if (action.commentSpec() != null) {
            String text =
                    new ColumnDefinitions(context).text(action.commentSpec().stringLit());
            return describe(table, column, column.commented(text));
        }
        if (action.dataType() != null) {
            return retype(table, column, TypeTexts.of(action.dataType()));
        }
        if (action.colPosition() != null) {
            return move(table, column, action.colPosition());
        }
        if (action.dropDefault != null) {
            return defaulted(table, column, null);
        }
        if (action.defaultExpression() != null) {
            ColumnDefinitions.requireDefaults("ALTER TABLE", table.facts().properties());
            return defaulted(
                    table, column, SourceText.of(action.defaultExpression().expression()));
        }
        return nullable(table, column, action.setOrDrop.getText().equalsIgnoreCase("DROP"));
    }

    private ColumnInfo describe(TableInfo table, ColumnInfo column, ColumnInfo after) {
        change.describe(table.with(replaced(table, column, after)));
        return after;
    }

    private static List<ColumnInfo> replaced(TableInfo table, ColumnInfo column, ColumnInfo after) {
        return table.columns().stream().map(c -> c == column ? after : c).toList();
    }

    private ColumnInfo retype(TableInfo table, ColumnInfo column, SqlType type) {
        boolean allowed = "true".equalsIgnoreCase(table.facts().properties().get("delta.enableTypeWidening"));
        if (!column.type().equals(type) && !(allowed && AlterColumns.widens(column.type(), type))) {
            throw SqlErrors.of(
                    "DELTA_UNSUPPORTED_ALTER_TABLE_CHANGE_COL_OP",
                    "0AKDC",
                    "ALTER TABLE CHANGE COLUMN is not supported for changing column " + column.name() + " from "
                            + column.type().text() + " to " + type.text());
        }
        AlterConstraints.requireIndependent(table, column);
        ColumnInfo after = column.with(type);
        List<String> values = table.columns().stream()
                .map(c -> c == column
                        ? "CAST(" + Identifiers.duck(c.name()) + " AS " + type.duck() + ")"
                        : Identifiers.duck(c.name()))
                .toList();
        change.reform(table.with(replaced(table, column, after)), values);
        return after;
    }

    private ColumnInfo move(TableInfo table, ColumnInfo column, SqlBaseParser.ColPositionContext position) {
        List<ColumnInfo> columns = new ArrayList<>(table.columns());
        columns.remove(column);
        columns.add(index(columns, position), column);
        change.reform(
                table.with(columns),
                columns.stream().map(c -> Identifiers.duck(c.name())).toList());
        return column;
    }

    /** Returns where FIRST or AFTER says a column is to stand among others. */
    static int index(List<ColumnInfo> columns, SqlBaseParser.ColPositionContext position) {
        if (position.afterCol == null) {
            return 0;
        }
        String after = Identifiers.unquote(position.afterCol.getText());
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(after)) {
                return i + 1;
            }
        }
        throw SqlErrors.columnNotFound(
                List.of(after), columns.stream().map(ColumnInfo::name).toList());
    }

    private ColumnInfo defaulted(TableInfo table, ColumnInfo column, @org.jspecify.annotations.Nullable String text) {
        String sql = text == null ? null : new ColumnDefinitions(context).defaultSql(text, column.type());
        context.run("ALTER TABLE " + change.table() + " ALTER COLUMN " + Identifiers.duck(column.name())
                + (sql == null ? " DROP DEFAULT" : " SET DEFAULT " + sql));
        return describe(table, column, column.defaulting(sql, text));
    }

    private ColumnInfo nullable(TableInfo table, ColumnInfo column, boolean nullable) {
        String name = Identifiers.duck(column.name());
        if (!nullable) {
            String nulls = String.valueOf(
                    context.rows("SELECT count(*) FROM " + change.table() + " WHERE " + name + " IS NULL")
                            .get(0)
                            .get(0));
            if (!nulls.equals("0")) {
                throw SqlErrors.of(
                        "DELTA_NEW_NOT_NULL_VIOLATION",
                        "23512",
                        nulls + " rows in " + String.join(".", table.fullName())
                                + " violate the new NOT NULL constraint on " + column.name());
            }
        }
        context.run("ALTER TABLE " + change.table() + " ALTER COLUMN " + name + (nullable ? " DROP" : " SET")
                + " NOT NULL");
        change.redefined();
        return column.nullable(nullable);
    }
}
