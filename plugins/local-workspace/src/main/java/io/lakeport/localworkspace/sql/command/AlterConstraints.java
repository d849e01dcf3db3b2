package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.TableFacts;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.catalog.TableInfo.ColumnInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.version.Operation;
import io.lakeport.localworkspace.version.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;

/** ALTER TABLE: adding and dropping constraints. */
final class AlterConstraints {
    private final CommandContext context;

    AlterConstraints(CommandContext context) {
        this.context = context;
    }

    /** Carries the statement out if it is one of these; returns whether it is. */
    boolean run(StatementContext ctx) {
        if (ctx instanceof SqlBaseParser.AddTableConstraintContext add) {
            List<String> name = context.tables().writable(context.name(add.identifierReference()));
            context.metastore().versions().change(context, name, change -> {
                add(add.tableConstraintDefinition(), change);
                return true;
            });
            return true;
        }
        if (ctx instanceof SqlBaseParser.DropTableConstraintContext drop) {
            List<String> name = context.tables().writable(context.name(drop.identifierReference()));
            String constraint = Identifiers.unquote(drop.name.getText());
            boolean lenient = drop.EXISTS() != null;
            context.metastore().versions().change(context, name, change -> drop(constraint, lenient, change));
            return true;
        }
        return false;
    }

    private void add(SqlBaseParser.TableConstraintDefinitionContext ctx, TableChange change) {
        TableInfo table = change.info();
        if (ctx.tableConstraint().checkConstraint() == null) {
            TableFacts.Key key = new TableClauses(context).key(table.fullName(), ctx);
            requireUnused(table, key.name());
            key.columns().forEach(c -> requireKeyColumn(table, key, c));
            List<TableFacts.Key> keys = new ArrayList<>(table.facts().keys());
            keys.add(key);
            change.describe(table.with(table.facts().withKeys(keys)));
            change.log(Operation.of("ADD CONSTRAINT", Map.of("name", key.name())));
            return;
        }
        if (ctx.name == null) {
            throw SqlErrors.unsupported("CHECK constraints without a name");
        }
        String name = Identifiers.unquote(ctx.name.getText()).toLowerCase(Locale.ROOT);
        SqlBaseParser.BooleanExpressionContext expression =
                ctx.tableConstraint().checkConstraint().expr;
        requireUnused(table, name);
        requireMet(table, expression, change);
        Map<String, String> properties = new TreeMap<>(table.facts().properties());
        properties.put(RowWriter.CHECKS + name, SourceText.of(expression));
        change.describe(table.with(table.facts().withProperties(properties)));
        change.log(Operation.of("ADD CONSTRAINT", Map.of("name", name, "expr", SourceText.of(expression))));
    }

    private static void requireKeyColumn(TableInfo table, TableFacts.Key key, String column) {
        ColumnInfo found = RowCommands.column(table, column);
        if (key.primary() && found.nullable()) {
            throw SqlErrors.of(
                    "PRIMARY_KEY_COLUMN_NULLABLE",
                    "42831",
                    "Cannot create the primary key " + Identifiers.backticked(key.name())
                            + " because its child column(s) "
                            + Identifiers.backticked(column)
                            + " is nullable. Please change the column nullability and retry.");
        }
    }

    private static void requireUnused(TableInfo table, String name) {
        String old = table.facts().properties().get(RowWriter.CHECKS + name.toLowerCase(Locale.ROOT));
        boolean key = table.facts().keys().stream().anyMatch(k -> k.name().equalsIgnoreCase(name));
        if (old != null || key) {
            throw SqlErrors.of(
                    "DELTA_CONSTRAINT_ALREADY_EXISTS",
                    "42710",
                    "Constraint '" + name
                            + "' already exists. Please delete the old constraint first.\nOld constraint:\n"
                            + (old == null ? name : old));
        }
    }

    private void requireMet(TableInfo table, SqlBaseParser.BooleanExpressionContext ctx, TableChange change) {
        Expr condition =
                context.expressions(RowCommands.scope(table, "t", null)).condition(ctx);
        String broken = String.valueOf(context.rows("SELECT count(*) FROM " + change.table()
                        + " AS t WHERE NOT coalesce(" + condition.sql() + ", false)")
                .get(0)
                .get(0));
        if (!broken.equals("0")) {
            throw SqlErrors.of(
                    "DELTA_NEW_CHECK_CONSTRAINT_VIOLATION",
                    "23512",
                    broken + " rows in " + String.join(".", table.fullName()) + " violate the new CHECK constraint ("
                            + SourceText.of(ctx) + ")");
        }
    }

    /** Drops a constraint by its name. */
    boolean drop(String name, boolean lenient, TableChange change) {
        TableInfo table = change.info();
        String property = RowWriter.CHECKS + name.toLowerCase(Locale.ROOT);
        String expression = table.facts().properties().get(property);
        if (expression != null) {
            Map<String, String> properties = new TreeMap<>(table.facts().properties());
            properties.remove(property);
            change.describe(table.with(table.facts().withProperties(properties)));
            change.log(Operation.of("DROP CONSTRAINT", Map.of("name", name, "expr", expression, "existed", "true")));
            return true;
        }
        boolean found = dropKeys(k -> k.name().equalsIgnoreCase(name), change);
        if (!found && !lenient) {
            throw unknown(name, table.fullName());
        }
        return found;
    }

    static RuntimeException unknown(String constraint, List<String> table) {
        return SqlErrors.of(
                "DELTA_CONSTRAINT_DOES_NOT_EXIST",
                "42704",
                "Cannot drop nonexistent constraint " + constraint + " from table " + Identifiers.backticked(table)
                        + ". To avoid throwing an error, provide the parameter IF EXISTS or set the SQL session"
                        + " configuration spark.databricks.delta.constraints.assumesDropIfExists.enabled to true.");
    }

    /** Drops the keys that fit; returns whether there were any. */
    static boolean dropKeys(Predicate<TableFacts.Key> which, TableChange change) {
        TableInfo table = change.info();
        List<TableFacts.Key> keys = new ArrayList<>(table.facts().keys());
        if (!keys.removeIf(which)) {
            return false;
        }
        change.describe(table.with(table.facts().withKeys(keys)));
        change.log(Operation.of("DROP CONSTRAINT", Map.of("existed", "true")));
        return true;
    }

    /** Fails when a CHECK constraint or a generated column needs a column as it is. */
    static void requireIndependent(TableInfo table, ColumnInfo column) {
        Pattern word = Pattern.compile("(?i)(?<![\\w.])`?" + Pattern.quote(column.name()) + "`?(?!\\w)");
        for (Map.Entry<String, String> p : table.facts().properties().entrySet()) {
            if (p.getKey().startsWith(RowWriter.CHECKS)
                    && word.matcher(p.getValue()).find()) {
                throw SqlErrors.of(
                        "DELTA_CONSTRAINT_DEPENDENT_COLUMN_CHANGE",
                        "42K09",
                        "Cannot alter column " + column.name()
                                + " because this column is referenced by the following check constraint(s):\n"
                                + p.getKey().substring(RowWriter.CHECKS.length()) + " -> " + p.getValue());
            }
        }
        for (ColumnInfo c : table.columns()) {
            String generated = c.rule().generated();
            if (generated != null && word.matcher(generated).find()) {
                throw SqlErrors.of(
                        "DELTA_GENERATED_COLUMNS_DEPENDENT_COLUMN_CHANGE",
                        "42K09",
                        "Cannot alter column " + column.name()
                                + " because this column is referenced by the following generated column(s):\n"
                                + c.name() + " -> " + generated);
            }
        }
    }
}
