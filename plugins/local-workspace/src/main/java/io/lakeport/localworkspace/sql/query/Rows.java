package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.ExpressionTranslator;
import io.lakeport.localworkspace.sql.expression.Unwrap;
import java.util.List;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/** Rows of VALUES. */
final class Rows {
    private Rows() {}

    static List<Expr> cells(SqlBaseParser.ExpressionContext row, ExpressionTranslator expressions) {
        SqlBaseParser.RowConstructorContext tuple = Unwrap.find(row, SqlBaseParser.RowConstructorContext.class);
        if (tuple != null) {
            return tuple.namedExpression().stream().map(expressions::named).toList();
        }
        SqlBaseParser.StructContext struct = Unwrap.find(row, SqlBaseParser.StructContext.class);
        if (struct != null) {
            return struct.argument.stream().map(expressions::named).toList();
        }
        return List.of(expressions.translate(row));
    }
}
