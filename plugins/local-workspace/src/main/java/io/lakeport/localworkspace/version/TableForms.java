package io.lakeport.localworkspace.version;

import io.lakeport.localworkspace.catalog.Remarks;
import io.lakeport.localworkspace.catalog.TableFacts;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Makes DuckDB tables of definitions. */
final class TableForms {
    private TableForms() {}

    /** Creates an empty table of a definition under a quoted name. */
    static void create(String table, TableInfo definition, Consumer<String> run) {
        List<String> columns = new ArrayList<>();
        for (TableInfo.ColumnInfo c : definition.columns()) {
            columns.add(Identifiers.duck(c.name()) + " " + c.type().duck() + (c.nullable() ? "" : " NOT NULL")
                    + (c.defaultSql() == null ? "" : " DEFAULT " + c.defaultSql()));
        }
        columns.add(Identifiers.duck(HiddenNames.VERSION) + " BIGINT");
        columns.add(Identifiers.duck(HiddenNames.UPDATED) + " BOOLEAN");
        run.accept("CREATE TABLE " + table + " (" + String.join(", ", columns) + ")");
        for (TableInfo.ColumnInfo c : definition.columns()) {
            remark(table, c, run);
        }
        facts(table, definition.facts(), run);
    }

    /** Notes what is said of a table and its columns now, whatever was said before. */
    static void describe(String table, TableInfo definition, Consumer<String> run) {
        for (TableInfo.ColumnInfo c : definition.columns()) {
            Remarks remarks = Remarks.of(c.type(), c.comment(), c.rule());
            run.accept("COMMENT ON COLUMN " + table + "." + Identifiers.duck(c.name()) + " IS "
                    + (remarks.isEmpty() ? "NULL" : Identifiers.literal(remarks.json())));
        }
        run.accept("COMMENT ON TABLE " + table + " IS "
                + Identifiers.literal(definition.facts().json()));
    }

    /** Notes what is said of a column. */
    static void remark(String table, TableInfo.ColumnInfo c, Consumer<String> run) {
        Remarks remarks = Remarks.of(c.type(), c.comment(), c.rule());
        if (!remarks.isEmpty()) {
            run.accept("COMMENT ON COLUMN " + table + "." + Identifiers.duck(c.name()) + " IS "
                    + Identifiers.literal(remarks.json()));
        }
    }

    /** Notes what is said of a table. */
    static void facts(String table, TableFacts facts, Consumer<String> run) {
        if (!facts.equals(TableFacts.NONE)) {
            run.accept("COMMENT ON TABLE " + table + " IS " + Identifiers.literal(facts.json()));
        }
    }
}
