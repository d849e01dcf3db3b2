package io.lakeport.localworkspace.lineage;

import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/** Reads the lineage of statements from their texts. Confined to one statement. */
final class LineageReader {
    private final String catalog;
    private final String schema;
    private final TableColumns columns;

    private LineageReader(String catalog, String schema, TableColumns columns) {
        this.catalog = catalog;
        this.schema = schema;
        this.columns = columns;
    }

    /** Returns the lineage of a statement that ran with this current catalog and schema. */
    static Lineage read(String sql, String catalog, String schema, TableColumns columns) {
        try {
            return new LineageReader(catalog, schema, columns).read(StatementParser.parse(sql));
        } catch (EngineException e) {
            // Statements beyond Spark's grammar, such as the metadata statements of drivers, touch no rows.
            return Lineage.NONE;
        }
    }

    private Lineage read(ParseTree tree) {
        Set<String> sources = sources(tree);
        for (ParseTree node : TreeSearch.all(tree, ParseTree.class)) {
            Optional<Lineage> written = write(node, sources);
            if (written.isPresent()) {
                return written.get();
            }
        }
        return new Lineage(Optional.empty(), false, List.copyOf(sources), List.of());
    }

    private Optional<Lineage> write(ParseTree node, Set<String> sources) {
        if (node instanceof SqlBaseParser.SingleInsertQueryContext insert) {
            return insert(insert, sources);
        }
        if (node instanceof SqlBaseParser.CreateTableContext create && create.query() != null) {
            return made(create.createTableHeader().identifierReference(), create.query(), false, sources);
        }
        if (node instanceof SqlBaseParser.ReplaceTableContext replace && replace.query() != null) {
            return made(replace.replaceTableHeader().identifierReference(), replace.query(), false, sources);
        }
        if (node instanceof SqlBaseParser.CreateViewContext view) {
            return made(view.identifierReference(), view.query(), true, sources);
        }
        if (node instanceof SqlBaseParser.MergeIntoTableContext merge) {
            Set<String> all = new LinkedHashSet<>(sources);
            if (merge.identifierReference().size() > 1) {
                full(merge.identifierReference(1)).ifPresent(all::add);
            }
            return full(merge.identifierReference(0))
                    .map(t -> new Lineage(Optional.of(t), false, List.copyOf(all), List.of()));
        }
        if (node instanceof SqlBaseParser.UpdateTableContext update) {
            return changed(update.identifierReference(), sources);
        }
        if (node instanceof SqlBaseParser.DeleteFromTableContext delete) {
            return changed(delete.identifierReference(), sources);
        }
        return Optional.empty();
    }

    private Optional<Lineage> changed(SqlBaseParser.IdentifierReferenceContext name, Set<String> sources) {
        return full(name).map(t -> new Lineage(Optional.of(t), false, List.copyOf(sources), List.of()));
    }

    private Optional<Lineage> made(
            SqlBaseParser.IdentifierReferenceContext name,
            SqlBaseParser.QueryContext query,
            boolean view,
            Set<String> sources) {
        return full(name).map(t -> new Lineage(Optional.of(t), view, List.copyOf(sources), links(query, List.of())));
    }

    private Optional<Lineage> insert(SqlBaseParser.SingleInsertQueryContext insert, Set<String> sources) {
        SqlBaseParser.IdentifierReferenceContext name = null;
        SqlBaseParser.IdentifierListContext list = null;
        if (insert.insertInto() instanceof SqlBaseParser.InsertIntoTableContext into) {
            name = into.identifierReference();
            list = into.identifierList();
        } else if (insert.insertInto() instanceof SqlBaseParser.InsertOverwriteTableContext over) {
            name = over.identifierReference();
            list = over.identifierList();
        }
        if (name == null) {
            return Optional.empty();
        }
        SqlBaseParser.IdentifierListContext given = list;
        return full(name).map(target -> {
            List<String> targets = given == null ? columns.of(target) : identifiers(given);
            return new Lineage(Optional.of(target), false, List.copyOf(sources), links(insert.query(), targets));
        });
    }

    private static List<String> identifiers(SqlBaseParser.IdentifierListContext list) {
        return TreeSearch.all(list, SqlBaseParser.ErrorCapturingIdentifierContext.class).stream()
                .map(TreeSearch::identifier)
                .toList();
    }

    private List<Lineage.ColumnLink> links(SqlBaseParser.QueryContext query, List<String> targets) {
        Set<String> ctes = ctes(query);
        return new ColumnLinks(this::resolve, columns, ctes)
                .of(query, targets).stream()
                        .filter(link -> isTold(link.source()))
                        .toList();
    }

    private Set<String> sources(ParseTree tree) {
        Set<String> ctes = ctes(tree);
        Set<String> sources = new LinkedHashSet<>();
        for (SqlBaseParser.TableNameContext table : TreeSearch.all(tree, SqlBaseParser.TableNameContext.class)) {
            TreeSearch.name(table.identifierReference())
                    .filter(name -> name.size() > 1 || !ctes.contains(name.get(0)))
                    .map(this::resolve)
                    .ifPresent(sources::add);
        }
        sources.removeIf(name -> !isTold(name));
        return sources;
    }

    /** What the system itself keeps has no lineage. */
    private static boolean isTold(String name) {
        return !name.startsWith("system.") && !name.contains(".information_schema.");
    }

    private static Set<String> ctes(ParseTree tree) {
        Set<String> names = new HashSet<>();
        TreeSearch.all(tree, SqlBaseParser.NamedQueryContext.class)
                .forEach(cte -> names.add(TreeSearch.identifier(cte.errorCapturingIdentifier())));
        return names;
    }

    private Optional<String> full(SqlBaseParser.@Nullable IdentifierReferenceContext ctx) {
        return ctx == null ? Optional.empty() : TreeSearch.name(ctx).map(this::resolve);
    }

    private String resolve(List<String> name) {
        List<String> parts = new ArrayList<>();
        if (name.size() < 3) {
            parts.add(catalog);
        }
        if (name.size() < 2) {
            parts.add(schema);
        }
        parts.addAll(name);
        return String.join(".", parts);
    }
}
