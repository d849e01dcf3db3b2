package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.List;

/**
 * A column that a scope offers.
 *
 * @param qualifier names that may stand before it, outermost first: catalog, schema, table, or an alias
 * @param name its name as Spark shows it
 * @param sql how DuckDB reaches it
 * @param hidden whether a star leaves it out, as it does the second key of a join with USING
 */
public record Column(List<String> qualifier, String name, String sql, SqlType type, boolean nullable, boolean hidden) {
    /** The qualifier of a lambda's variables, which names of columns do not show. */
    static final List<String> LAMBDA = List.of("");

    public Column {
        qualifier = List.copyOf(qualifier);
    }

    /** Whether the names before the column name mean this column. */
    boolean matches(List<String> given) {
        if (given.size() > qualifier.size()) {
            return false;
        }
        int skip = qualifier.size() - given.size();
        for (int i = 0; i < given.size(); i++) {
            if (!given.get(i).equalsIgnoreCase(qualifier.get(skip + i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether this tells of the file that a row comes from: hidden from stars, but not from its bare name. */
    public boolean isMetadata() {
        return hidden && name.equals("_metadata");
    }

    /** Returns this, nullable: the inner side of an outer join. */
    public Column asNullable() {
        return new Column(qualifier, name, sql, type, true, hidden);
    }

    /** Returns this, left out of stars. */
    public Column asHidden() {
        return new Column(qualifier, name, sql, type, nullable, true);
    }

    /** Returns this column as an expression. */
    public Expr toExpr() {
        String pretty = qualifier.equals(LAMBDA) ? "namedlambdavariable()" : name;
        return new Expr(sql, type, nullable, pretty, name, null);
    }
}
