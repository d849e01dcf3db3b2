package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Coercion;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.QueryContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.QueryPrimaryContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.QueryTermContext;
import org.jspecify.annotations.Nullable;

/** Translates queries: WITH, set operations, ORDER BY, LIMIT. */
final class QueryTranslator {
    private final StatementScope statement;
    private final Ctes ctes;
    private final @Nullable Scope outer;

    QueryTranslator(StatementScope statement, Ctes ctes, @Nullable Scope outer) {
        this.statement = statement;
        this.ctes = ctes;
        this.outer = outer;
    }

    Query translate(QueryContext ctx) {
        if (ctx.ctes() == null) {
            return body(ctx);
        }
        StatementScope.With with = with(ctx.ctes());
        Query query = new QueryTranslator(statement, with.ctes(), outer).body(ctx);
        return new Query(with.clause() + query.sql(), query.columns());
    }

    StatementScope.With with(SqlBaseParser.CtesContext ctx) {
        Ctes inner = new Ctes(ctes);
        List<String> definitions = new ArrayList<>();
        boolean recursive = ctx.RECURSIVE() != null;
        for (SqlBaseParser.NamedQueryContext named : ctx.namedQuery()) {
            definitions.add(define(named, inner, recursive));
        }
        String clause = (recursive ? "WITH RECURSIVE " : "WITH ") + String.join(", ", definitions) + " ";
        return new StatementScope.With(inner, clause);
    }

    private String define(SqlBaseParser.NamedQueryContext named, Ctes inner, boolean recursive) {
        String name = Identifiers.unquote(named.name.getText());
        String label = statement.freshName("lp_cte");
        QueryTranslator translator = new QueryTranslator(statement, inner, outer);
        if (recursive && named.query().queryTerm() instanceof SqlBaseParser.SetOperationContext union) {
            Query anchor = renamed(translator.term(union.left), named.columnAliases);
            inner.add(name, new Ctes.Cte(label, anchor));
            Query step = translator.term(union.right);
            String all = union.setQuantifier() != null && union.setQuantifier().ALL() != null ? " ALL" : "";
            String typed =
                    "SELECT " + SetOperations.castList(step, anchor.types(), "s") + " FROM (" + step.sql() + ") AS s";
            String labels = anchor.columns().stream()
                    .map(c -> Identifiers.duck(c.label()))
                    .collect(Collectors.joining(", ", "(", ")"));
            return label + labels + " AS (" + anchor.sql() + " UNION" + all + " " + typed + ")";
        }
        Query query = renamed(translator.translate(named.query()), named.columnAliases);
        inner.add(name, new Ctes.Cte(label, query));
        String labels = query.columns().stream()
                .map(c -> Identifiers.duck(c.label()))
                .collect(Collectors.joining(", ", "(", ")"));
        return label + labels + " AS (" + query.sql() + ")";
    }

    /** Returns the query with the column names of an alias list; the caller lists the labels. */
    private static Query renamed(Query query, SqlBaseParser.@Nullable IdentifierListContext aliases) {
        if (aliases == null) {
            return query;
        }
        return new Query(query.sql(), Aliases.rename(query.columns(), Aliases.names(aliases)));
    }

    private Query body(QueryContext ctx) {
        SqlBaseParser.QueryOrganizationContext organization = ctx.queryOrganization();
        SqlBaseParser.RegularQuerySpecificationContext simple = simple(ctx.queryTerm());
        if (simple != null) {
            return new SelectTranslator(statement, ctes, outer).translate(simple, organization);
        }
        Query query = term(ctx.queryTerm());
        if (organization.getChildCount() == 0) {
            return query;
        }
        String alias = statement.freshName("q");
        Scope scope = new Scope(query.columnsOf(alias, List.of()), outer);
        String list = query.columns().stream()
                .map(c -> alias + "." + Identifiers.duck(c.label()))
                .collect(Collectors.joining(", "));
        String tail = new Organization(statement.expressions(scope, ctes), query.columns()).sql(organization, false);
        return new Query("SELECT " + list + " FROM (" + query.sql() + ") AS " + alias + tail, query.columns());
    }

    private static SqlBaseParser.@Nullable RegularQuerySpecificationContext simple(QueryTermContext term) {
        if (term instanceof SqlBaseParser.QueryTermDefaultContext plain
                && plain.queryPrimary() instanceof SqlBaseParser.QueryPrimaryDefaultContext primary
                && primary.querySpecification() instanceof SqlBaseParser.RegularQuerySpecificationContext regular) {
            return regular;
        }
        return null;
    }

    private Query term(QueryTermContext ctx) {
        if (ctx instanceof SqlBaseParser.SetOperationContext operation) {
            String all = operation.setQuantifier() != null
                            && operation.setQuantifier().ALL() != null
                    ? " ALL"
                    : "";
            String operator = operation.operator.getText().toUpperCase(Locale.ROOT);
            return SetOperations.combine(term(operation.left), operator, all, term(operation.right));
        }
        if (ctx instanceof SqlBaseParser.QueryTermDefaultContext plain) {
            return primary(plain.queryPrimary());
        }
        throw SqlErrors.unsupported("the pipe operator |>");
    }

    private Query primary(QueryPrimaryContext ctx) {
        if (ctx instanceof SqlBaseParser.QueryPrimaryDefaultContext plain) {
            if (plain.querySpecification() instanceof SqlBaseParser.RegularQuerySpecificationContext regular) {
                return new SelectTranslator(statement, ctes, outer).translate(regular, null);
            }
            throw SqlErrors.unsupported("TRANSFORM");
        }
        if (ctx instanceof SqlBaseParser.SubqueryContext sub) {
            return translate(sub.query());
        }
        if (ctx instanceof SqlBaseParser.InlineTableDefault1Context values) {
            return inline(values.inlineTable());
        }
        if (ctx instanceof SqlBaseParser.TableContext table) {
            Relations relations = new Relations(statement, ctes, outer);
            Relation relation = relations.table(Names.of(table.identifierReference(), statement, ctes), null, "");
            return SelectTranslator.star(relation);
        }
        throw SqlErrors.unsupported("FROM before SELECT");
    }

    /** Translates VALUES: each column of the type that its values meet at. */
    Query inline(SqlBaseParser.InlineTableContext ctx) {
        List<List<Expr>> rows = new ArrayList<>();
        for (SqlBaseParser.ExpressionContext row : ctx.expression()) {
            rows.add(Rows.cells(row, statement.expressions(new Scope(List.of(), outer), ctes)));
        }
        int width = rows.get(0).size();
        if (rows.stream().anyMatch(r -> r.size() != width)) {
            throw SqlErrors.of(
                    "INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH",
                    "42000",
                    "Invalid inline table. Inline table expected " + width
                            + " columns but found a row of another width.");
        }
        List<String> names = Aliases.names(ctx.tableAlias(), width);
        List<String> labels = Query.labels(names);
        List<Query.Output> columns = new ArrayList<>();
        List<SqlType> types = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            int at = i;
            List<Expr> cells = rows.stream().map(r -> r.get(at)).toList();
            types.add(Coercion.commonOf("values", cells));
            boolean nullable = cells.stream().anyMatch(Expr::nullable);
            columns.add(new Query.Output(names.get(i), labels.get(i), types.get(i), nullable));
        }
        String sql = rows.stream().map(r -> row(r, types)).collect(Collectors.joining(", "));
        String list = labels.stream().map(Identifiers::duck).collect(Collectors.joining(", ", "(", ")"));
        return new Query("SELECT * FROM (VALUES " + sql + ") AS v" + list, columns);
    }

    private static String row(List<Expr> cells, List<SqlType> types) {
        List<String> sql = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            String cell = Coercion.to(cells.get(i), types.get(i)).sql();
            sql.add(types.get(i).equals(SqlType.VOID) ? "CAST(NULL AS INTEGER)" : cell);
        }
        return "(" + String.join(", ", sql) + ")";
    }
}
