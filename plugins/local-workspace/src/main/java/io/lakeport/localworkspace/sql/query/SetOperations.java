package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Coercion;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** UNION, INTERSECT and EXCEPT; both sides are brought to common column types. */
final class SetOperations {
    private SetOperations() {}

    static Query combine(Query left, String operator, String all, Query right) {
        if (left.columns().size() != right.columns().size()) {
            throw SqlErrors.of(
                    "NUM_COLUMNS_MISMATCH",
                    "42826",
                    operator
                            + " can only be performed on inputs with the same number of columns, but the first input has "
                            + left.columns().size() + " columns and the second input has "
                            + right.columns().size() + " columns.");
        }
        List<Query.Output> columns = new ArrayList<>();
        for (int i = 0; i < left.columns().size(); i++) {
            columns.add(meet(operator, left.columns().get(i), right.columns().get(i), i));
        }
        List<SqlType> types = columns.stream().map(Query.Output::type).toList();
        String word = operator.equals("MINUS") ? "EXCEPT" : operator;
        String sql = "(" + cast(left, types) + ") " + word + all + " (" + cast(right, types) + ")";
        return new Query(sql, columns);
    }

    private static Query.Output meet(String operator, Query.Output l, Query.Output r, int index) {
        SqlType type = Coercion.common(l.type(), r.type());
        if (type == null) {
            throw SqlErrors.of(
                    "INCOMPATIBLE_COLUMN_TYPE",
                    "42825",
                    operator + " can only be performed on tables with compatible column types. The column number "
                            + (index + 1) + " of the second table is \""
                            + r.type().text()
                            + "\" type which is not compatible with \""
                            + l.type().text()
                            + "\" at the same column of the first table.");
        }
        return new Query.Output(l.name(), l.label(), type, l.nullable() || r.nullable());
    }

    private static String cast(Query side, List<SqlType> types) {
        return side.types().equals(types)
                ? side.sql()
                : "SELECT " + castList(side, types, "s") + " FROM (" + side.sql() + ") AS s";
    }

    /** Returns the columns of a query, read through an alias and cast. */
    static String castList(Query side, List<SqlType> types, String alias) {
        List<String> list = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            Query.Output c = side.columns().get(i);
            String label = Identifiers.duck(c.label());
            Expr e = Expr.of(alias + "." + label, c.type(), c.nullable(), c.name());
            list.add(Coercion.to(e, types.get(i)).sql() + " AS " + label);
        }
        return String.join(", ", list);
    }
}
