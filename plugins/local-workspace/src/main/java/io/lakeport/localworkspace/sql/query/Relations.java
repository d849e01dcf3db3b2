package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Coercion;
import io.lakeport.localworkspace.sql.expression.Column;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.RelationPrimaryContext;
import org.jspecify.annotations.Nullable;

/** FROM items: tables, files, subqueries, table functions, VALUES. */
final class Relations {
    private final StatementScope statement;
    private final Ctes ctes;
    private final @Nullable Scope outer;

    Relations(StatementScope statement, Ctes ctes, @Nullable Scope outer) {
        this.statement = statement;
        this.ctes = ctes;
        this.outer = outer;
    }

    Relation from(SqlBaseParser.FromClauseContext ctx) {
        Relation all = null;
        for (SqlBaseParser.RelationContext r : ctx.relation()) {
            Relation next = relation(r, all);
            all = all == null ? next : Joins.cross(all, next);
        }
        Relation found = lateralViews(all, ctx.lateralView());
        if (found == null) {
            throw new IllegalStateException("The grammar allowed a FROM clause without relations.");
        }
        return turned(found, ctx.pivotClause(), ctx.unpivotClause());
    }

    private Relation turned(
            Relation from,
            SqlBaseParser.@Nullable PivotClauseContext pivot,
            SqlBaseParser.@Nullable UnpivotClauseContext unpivot) {
        Relation at = pivot == null ? from : new Pivots(statement, ctes, outer).pivot(from, pivot);
        return unpivot == null ? at : new Unpivots(statement).unpivot(at, unpivot);
    }

    private Relation relation(SqlBaseParser.RelationContext ctx, @Nullable Relation left) {
        Relation at = primary(ctx.relationPrimary(), ctx.LATERAL() != null ? left : null);
        for (SqlBaseParser.RelationExtensionContext extension : ctx.relationExtension()) {
            if (extension.joinRelation() == null) {
                at = turned(at, extension.pivotClause(), extension.unpivotClause());
                continue;
            }
            SqlBaseParser.JoinRelationContext join = extension.joinRelation();
            Relation right = primary(join.right, join.LATERAL() != null ? at : null);
            at = new Joins(statement, ctes, outer).join(at, right, join);
        }
        return at;
    }

    /** Translates one FROM item; {@code lateral} is what it may refer to. */
    private Relation primary(RelationPrimaryContext ctx, @Nullable Relation lateral) {
        if (ctx instanceof SqlBaseParser.TableNameContext table) {
            return named(table);
        }
        if (ctx instanceof SqlBaseParser.AliasedQueryContext sub) {
            refuseSample(sub.sample());
            Scope around = lateral == null ? outer : new Scope(lateral.columns(), outer);
            Query query = statement.query(sub.query(), ctes, around);
            return derived(query, sub.tableAlias(), lateral == null ? "" : "LATERAL ");
        }
        if (ctx instanceof SqlBaseParser.AliasedRelationContext nested) {
            refuseSample(nested.sample());
            Relation inner = relation(nested.relation(), null);
            String alias = Aliases.name(nested.tableAlias());
            List<Column> columns = alias == null ? inner.columns() : requalified(inner.columns(), List.of(alias));
            return new Relation("(" + inner.sql() + ")", columns);
        }
        if (ctx instanceof SqlBaseParser.InlineTableDefault2Context values) {
            Query query = new QueryTranslator(statement, ctes, outer).inline(values.inlineTable());
            return derived(query, Aliases.name(values.inlineTable().tableAlias()), "");
        }
        if (ctx instanceof SqlBaseParser.TableValuedFunctionContext function) {
            Scope around = lateral == null ? outer : new Scope(lateral.columns(), outer);
            return new TableFunctions(statement, ctes, around)
                    .translate(function.tableFunctionCallWithTrailingClauses());
        }
        throw SqlErrors.unsupported("streams and change feeds in FROM");
    }

    private Relation named(SqlBaseParser.TableNameContext ctx) {
        refuseSample(ctx.sample());
        List<String> name = Names.of(ctx.identifierReference(), statement, ctes);
        SqlBaseParser.IdentifierListContext columns = ctx.tableAlias().identifierList();
        String alias = Aliases.name(ctx.tableAlias());
        Relation relation = ctx.temporalClause() == null ? table(name, alias, "") : past(name, ctx, alias);
        return columns == null ? relation : withNames(relation, Aliases.names(columns));
    }

    private Relation past(List<String> name, SqlBaseParser.TableNameContext ctx, @Nullable String alias) {
        Moment moment = new Moments(statement.expressions(Scope.empty(), ctes)).of(ctx.temporalClause());
        return relation(statement.tables().at(name, moment), alias, "");
    }

    private static void refuseSample(SqlBaseParser.@Nullable SampleContext sample) {
        if (sample != null) {
            throw SqlErrors.unsupported("TABLESAMPLE");
        }
    }

    /** Returns a common table expression, a table, a view, or a file such as {@code parquet.`/data`}. */
    Relation table(List<String> name, @Nullable String alias, String prefix) {
        if (name.size() == 1) {
            Ctes.Cte cte = ctes.find(name.get(0));
            if (cte != null) {
                String label = statement.freshName("r");
                List<String> qualifier = List.of(alias == null ? name.get(0) : alias);
                return new Relation(cte.label() + " AS " + label, cte.query().columnsOf(label, qualifier));
            }
        }
        Table table = statement
                .tables()
                .find(name)
                .or(() -> new Files(statement.tables()).find(name))
                .orElseThrow(() -> SqlErrors.tableNotFound(name));
        return relation(table, alias, prefix);
    }

    private Relation relation(Table table, @Nullable String alias, String prefix) {
        List<String> qualifier = alias == null ? table.name() : List.of(alias);
        String label = statement.freshName("r");
        return new Relation(prefix + table.sql() + " AS " + label, columns(table, label, qualifier));
    }

    static List<Column> columns(Table table, String label, List<String> qualifier) {
        List<Column> columns = new ArrayList<>();
        for (Table.TableColumn c : table.hidden()) {
            String reference = label + "." + Identifiers.duck(c.name());
            columns.add(new Column(qualifier, c.name(), reference, c.type(), c.nullable(), true));
        }
        for (Table.TableColumn c : table.columns()) {
            String reference = label + "." + Identifiers.duck(c.name());
            boolean fits = c.duckType().equals(c.type().duck());
            String sql =
                    fits ? reference : "CAST(" + reference + " AS " + c.type().duck() + ")";
            columns.add(new Column(qualifier, c.name(), sql, c.type(), c.nullable(), false));
        }
        return columns;
    }

    private Relation derived(Query query, SqlBaseParser.TableAliasContext alias, String prefix) {
        Relation relation = derived(query, Aliases.name(alias), prefix);
        return alias.identifierList() == null ? relation : withNames(relation, Aliases.names(alias.identifierList()));
    }

    Relation derived(Query query, @Nullable String alias, String prefix) {
        String label = statement.freshName("r");
        List<String> qualifier = alias == null ? List.of() : List.of(alias);
        return new Relation(prefix + "(" + query.sql() + ") AS " + label, query.columnsOf(label, qualifier));
    }

    static Relation withNames(Relation relation, List<String> names) {
        Aliases.requireWidth(names.size(), (int)
                relation.columns().stream().filter(c -> !c.hidden()).count());
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < relation.columns().size(); i++) {
            Column c = relation.columns().get(i);
            String name = i < names.size() ? names.get(i) : c.name();
            columns.add(new Column(c.qualifier(), name, c.sql(), c.type(), c.nullable(), c.hidden()));
        }
        return new Relation(relation.sql(), columns);
    }

    private static List<Column> requalified(List<Column> columns, List<String> qualifier) {
        return columns.stream()
                .map(c -> new Column(qualifier, c.name(), c.sql(), c.type(), c.nullable(), c.hidden()))
                .toList();
    }

    /** Adds the rows of LATERAL VIEWs to a relation. */
    @Nullable
    Relation lateralViews(@Nullable Relation from, List<SqlBaseParser.LateralViewContext> views) {
        Relation at = from;
        for (SqlBaseParser.LateralViewContext view : views) {
            Scope scope = new Scope(at == null ? List.of() : at.columns(), outer);
            List<Expr> args = view.expression().stream()
                    .map(e -> statement.expressions(scope, ctes).translate(e))
                    .toList();
            List<String> names = view.colName.stream()
                    .map(c -> Identifiers.unquote(c.getText()))
                    .toList();
            Relation rows = new Generators(statement, ctes, outer)
                    .generate(view.qualifiedName().getText(), args, Identifiers.unquote(view.tblName.getText()), names);
            at = Generators.attach(at, rows, view.OUTER() != null);
        }
        return at;
    }

    /** Returns expressions of two columns in their common type. */
    static List<Expr> pair(Column left, Column right) {
        return Coercion.unify("join", List.of(left.toExpr(), right.toExpr()));
    }
}
