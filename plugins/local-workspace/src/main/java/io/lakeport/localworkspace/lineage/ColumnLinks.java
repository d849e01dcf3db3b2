package io.lakeport.localworkspace.lineage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/**
 * Finds which columns the select list of a query is made of: columns of the tables in its FROM clause. Columns of
 * subqueries and of common table expressions are left out, since the text alone does not tell where they come from.
 */
final class ColumnLinks {
    private final Function<List<String>, String> resolve;
    private final TableColumns columns;
    private final Set<String> ctes;

    ColumnLinks(Function<List<String>, String> resolve, TableColumns columns, Set<String> ctes) {
        this.resolve = resolve;
        this.columns = columns;
        this.ctes = ctes;
    }

    List<Lineage.ColumnLink> of(SqlBaseParser.QueryContext query, List<String> targets) {
        List<SqlBaseParser.RegularQuerySpecificationContext> specifications = TreeSearch.all(
                query,
                SqlBaseParser.RegularQuerySpecificationContext.class,
                node -> node instanceof SqlBaseParser.CtesContext);
        if (specifications.isEmpty() || specifications.get(0).fromClause() == null) {
            return List.of();
        }
        SqlBaseParser.RegularQuerySpecificationContext first = specifications.get(0);
        Map<String, String> tables = tables(first.fromClause());
        Set<Lineage.ColumnLink> links = new LinkedHashSet<>();
        int position = 0;
        for (SqlBaseParser.NamedExpressionContext item :
                first.selectClause().namedExpressionSeq().namedExpression()) {
            position = item(item, tables, targets, position, links);
        }
        return List.copyOf(links);
    }

    private static boolean isSubquery(ParseTree node) {
        return node instanceof SqlBaseParser.QueryContext;
    }

    /** Returns the tables of a FROM clause by the names under which their columns can be given. */
    private Map<String, String> tables(SqlBaseParser.FromClauseContext from) {
        Map<String, String> tables = new LinkedHashMap<>();
        for (SqlBaseParser.TableNameContext table :
                TreeSearch.all(from, SqlBaseParser.TableNameContext.class, ColumnLinks::isSubquery)) {
            Optional<List<String>> name = TreeSearch.name(table.identifierReference());
            if (name.isPresent()
                    && (name.get().size() > 1 || !ctes.contains(name.get().get(0)))) {
                String last = name.get().get(name.get().size() - 1);
                String alias = table.tableAlias().strictIdentifier() == null
                        ? last
                        : TreeSearch.identifier(table.tableAlias().strictIdentifier());
                tables.put(alias, resolve.apply(name.get()));
            }
        }
        return tables;
    }

    private int item(
            SqlBaseParser.NamedExpressionContext item,
            Map<String, String> tables,
            List<String> targets,
            int position,
            Set<Lineage.ColumnLink> links) {
        List<SqlBaseParser.StarContext> stars =
                TreeSearch.all(item, SqlBaseParser.StarContext.class, ColumnLinks::isSubquery);
        if (!stars.isEmpty() && item.expression().getText().endsWith("*")) {
            return star(stars.get(0), tables, targets, position, links);
        }
        String name = item.errorCapturingIdentifier() == null
                ? lastPart(item.expression().getText())
                : TreeSearch.identifier(item.errorCapturingIdentifier());
        String target = position < targets.size() ? targets.get(position) : name;
        for (List<String> reference : references(item.expression())) {
            source(reference, tables)
                    .ifPresent(table ->
                            links.add(new Lineage.ColumnLink(table, reference.get(reference.size() - 1), target)));
        }
        return position + 1;
    }

    private static String lastPart(String text) {
        String last = text.substring(text.lastIndexOf('.') + 1);
        return last.replace("`", "").toLowerCase(java.util.Locale.ROOT);
    }

    private int star(
            SqlBaseParser.StarContext star,
            Map<String, String> tables,
            List<String> targets,
            int position,
            Set<Lineage.ColumnLink> links) {
        String qualifier = star.qualifiedName() == null ? "" : TreeSearch.identifier(star.qualifiedName());
        int next = position;
        for (Map.Entry<String, String> table : tables.entrySet()) {
            if (qualifier.isEmpty() || qualifier.equals(table.getKey())) {
                for (String column : columns.of(table.getValue())) {
                    String target = next < targets.size() ? targets.get(next) : column;
                    links.add(new Lineage.ColumnLink(table.getValue(), column, target));
                    next++;
                }
            }
        }
        return next;
    }

    /** Returns the columns that an expression names: one part, or two with the table first. */
    private static List<List<String>> references(ParseTree expression) {
        List<List<String>> references = new ArrayList<>();
        Set<ParseTree> inside = new LinkedHashSet<>();
        for (SqlBaseParser.DereferenceContext path :
                TreeSearch.all(expression, SqlBaseParser.DereferenceContext.class, ColumnLinks::isSubquery)) {
            if (path.primaryExpression() instanceof SqlBaseParser.ColumnReferenceContext table) {
                inside.add(table);
                references.add(List.of(TreeSearch.identifier(table), TreeSearch.identifier(path.identifier())));
            }
        }
        for (SqlBaseParser.ColumnReferenceContext column :
                TreeSearch.all(expression, SqlBaseParser.ColumnReferenceContext.class, ColumnLinks::isSubquery)) {
            if (!inside.contains(column)) {
                references.add(List.of(TreeSearch.identifier(column)));
            }
        }
        return references;
    }

    private Optional<String> source(List<String> reference, Map<String, String> tables) {
        if (reference.size() == 2) {
            return Optional.ofNullable(tables.get(reference.get(0)));
        }
        if (tables.size() == 1) {
            return Optional.of(tables.values().iterator().next());
        }
        List<String> having = tables.values().stream()
                .filter(table -> columns.of(table).contains(reference.get(0)))
                .toList();
        return having.size() == 1 ? Optional.of(having.get(0)) : Optional.empty();
    }
}
