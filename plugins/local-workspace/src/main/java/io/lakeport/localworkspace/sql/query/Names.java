package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.List;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/** Names of tables and schemas as statements write them. */
public final class Names {
    private Names() {}

    /** Returns the parts of a name. */
    public static List<String> of(SqlBaseParser.MultipartIdentifierContext ctx) {
        return ctx.parts.stream().map(p -> Identifiers.unquote(p.getText())).toList();
    }

    /** Returns the parts of a name, {@code IDENTIFIER(:x)} included. */
    public static List<String> of(SqlBaseParser.IdentifierReferenceContext ctx, StatementScope statement, Ctes ctes) {
        if (ctx.multipartIdentifier() != null) {
            return of(ctx.multipartIdentifier());
        }
        Expr e = statement.expressions(Scope.empty(), ctes).translate(ctx.expression());
        if (!(e.constant() instanceof String text)) {
            throw SqlErrors.of(
                    "NOT_A_CONSTANT_STRING.NOT_CONSTANT",
                    "42601",
                    "The expression \"" + e.pretty()
                            + "\" used for the routine or clause IDENTIFIER must be a constant "
                            + "STRING which is NOT NULL. To be considered constant the expression must not depend on any "
                            + "columns, contain a subquery, or invoke a non deterministic function such as rand().");
        }
        return of(StatementParser.parseName(text));
    }
}
