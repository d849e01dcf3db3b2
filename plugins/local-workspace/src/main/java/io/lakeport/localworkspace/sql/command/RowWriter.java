package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.ColumnRule;
import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.catalog.TableInfo.ColumnInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Coercion;
import io.lakeport.localworkspace.sql.expression.Column;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.version.HiddenNames;
import io.lakeport.localworkspace.version.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds rows to a table as its definition wants them: generated and identity columns computed, constraints checked. */
final class RowWriter {
    static final String CHECKS = "delta.constraints.";

    private final CommandContext context;
    private final TableChange change;
    private final TableInfo table;

    RowWriter(CommandContext context, TableChange change, TableInfo table) {
        this.context = context;
        this.change = change;
        this.table = table;
    }

    /**
     * Adds rows.
     *
     * @param given the columns that the query gives, under their names; the others get what their rules say
     * @param updated whether the rows take the place of removed ones
     */
    long append(List<ColumnInfo> given, String query, boolean updated) {
        List<String> names =
                new ArrayList<>(given.stream().map(ColumnInfo::name).toList());
        List<String> extra = new ArrayList<>();
        for (ColumnInfo c : table.columns()) {
            boolean missing = names.stream().noneMatch(c.name()::equalsIgnoreCase);
            ColumnRule.Identity identity = c.rule().identity();
            if (missing && c.rule().generated() != null) {
                extra.add(generated(c, scope(given, "g")) + " AS " + Identifiers.duck(c.name()));
                names.add(c.name());
            } else if (missing && identity != null) {
                extra.add("CAST(" + counter(c, identity) + " + " + identity.step() + " * (row_number() OVER () - 1) AS "
                        + c.type().duck() + ") AS " + Identifiers.duck(c.name()));
                names.add(c.name());
            }
        }
        String source =
                extra.isEmpty() ? query : "SELECT g.*, " + String.join(", ", extra) + " FROM (" + query + ") AS g";
        long rows = change.append(names, source, updated);
        advance(rows, names.subList(given.size(), names.size()));
        if (rows > 0) {
            verify(given);
        }
        return rows;
    }

    /** Returns the columns as a query under a label gives them; what it does not give is its default or NULL. */
    private Scope scope(List<ColumnInfo> given, String label) {
        List<Column> columns = new ArrayList<>();
        for (ColumnInfo c : table.columns()) {
            boolean there = given.stream().anyMatch(g -> g.name().equalsIgnoreCase(c.name()));
            String sql = there
                    ? label + "." + Identifiers.duck(c.name())
                    : "CAST(" + (c.defaultSql() == null ? "NULL" : c.defaultSql()) + " AS "
                            + c.type().duck() + ")";
            columns.add(new Column(table.fullName(), c.name(), sql, c.type(), true, false));
        }
        return new Scope(columns, null);
    }

    private String generated(ColumnInfo column, Scope scope) {
        Expr e = context.expressions(scope)
                .translate(StatementParser.parseExpression(
                        String.valueOf(column.rule().generated())));
        return Coercion.to(e, column.type()).sql();
    }

    private String counters() {
        return DuckNames.log(table.catalog(), "counters");
    }

    private String where(ColumnInfo column) {
        return " WHERE table_id = " + Identifiers.literal(change.id()) + " AND column_name = "
                + Identifiers.literal(column.name());
    }

    private long counter(ColumnInfo column, ColumnRule.Identity identity) {
        List<List<@Nullable String>> found = context.rows("SELECT next_value FROM " + counters() + where(column));
        if (!found.isEmpty()) {
            return Long.parseLong(String.valueOf(found.get(0).get(0)));
        }
        context.run("INSERT INTO " + counters() + " VALUES (" + Identifiers.literal(change.id()) + ", "
                + Identifiers.literal(column.name()) + ", " + identity.start() + ")");
        return identity.start();
    }

    private void advance(long rows, List<String> computed) {
        for (ColumnInfo c : table.columns()) {
            ColumnRule.Identity identity = c.rule().identity();
            if (identity != null && computed.contains(c.name())) {
                context.run(
                        "UPDATE " + counters() + " SET next_value = next_value + " + rows * identity.step() + where(c));
            }
        }
    }

    /** Fails when a row of this commit does not meet the table's constraints. */
    private void verify(List<ColumnInfo> given) {
        Scope scope = RowCommands.scope(table, "t", null);
        for (Map.Entry<String, String> p : table.facts().properties().entrySet()) {
            if (p.getKey().startsWith(CHECKS)) {
                require(p.getKey().substring(CHECKS.length()), p.getValue(), condition(p.getValue(), scope));
            }
        }
        for (ColumnInfo c : given) {
            if (c.rule().generated() != null) {
                String same = "t." + Identifiers.duck(c.name()) + " IS NOT DISTINCT FROM " + generated(c, scope);
                require("Generated Column", "(" + c.name() + " <=> " + c.rule().generated() + ")", same);
            }
        }
    }

    private String condition(String text, Scope scope) {
        return Coercion.to(
                        context.expressions(scope).translate(StatementParser.parseExpression(text)),
                        io.lakeport.localworkspace.sql.type.SqlType.BOOLEAN)
                .sql();
    }

    private void require(String constraint, String expression, String condition) {
        String columns = table.columns().stream()
                .map(c -> "CAST(t." + Identifiers.duck(c.name()) + " AS VARCHAR)")
                .collect(Collectors.joining(", "));
        List<List<@Nullable String>> broken = context.rows("SELECT " + columns + " FROM " + change.table()
                + " AS t WHERE t." + Identifiers.duck(HiddenNames.VERSION) + " = " + change.version()
                + " AND NOT coalesce(" + condition + ", false) LIMIT 1");
        if (!broken.isEmpty()) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < table.columns().size(); i++) {
                values.add(" - " + table.columns().get(i).name() + " : "
                        + broken.get(0).get(i));
            }
            throw SqlErrors.of(
                    "DELTA_VIOLATE_CONSTRAINT_WITH_VALUES",
                    "23001",
                    "CHECK constraint " + constraint + " " + expression + " violated by row with values:\n"
                            + String.join("\n", values));
        }
    }
}
