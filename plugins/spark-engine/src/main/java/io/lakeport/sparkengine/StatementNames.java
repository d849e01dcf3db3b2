package io.lakeport.sparkengine;

import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.query.Names;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.IdentifierReferenceContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.MultipartIdentifierContext;

/**
 * Rewrites the names of a statement for a Spark with one catalog: {@code a.b.c} becomes {@code a__b.c}. Names of one part
 * stay, for the session's current database is the right one; so common table expressions and temporary views stay too.
 */
final class StatementNames {
    private final TextEdits edits;
    private final String catalog;
    private final Set<List<String>> tables = new HashSet<>();

    private StatementNames(String sql, String catalog) {
        this.edits = new TextEdits(sql);
        this.catalog = catalog;
    }

    /** Returns the statement with the names that Spark knows. */
    static String rewrite(String sql, ParseTree tree, String catalog) {
        StatementNames names = new StatementNames(sql, catalog);
        names.tables(tree);
        names.columns(tree);
        return names.edits.apply();
    }

    /** Returns a table's name of one to three levels as Spark knows it. */
    static String mangled(String table, String catalog, String schema) {
        List<String> parts = Names.of(StatementParser.parseName(table));
        int given = parts.size();
        String ofCatalog = given > 2 ? parts.get(0) : catalog;
        String ofSchema = given > 1 ? parts.get(given - 2) : schema;
        return SparkCatalogs.quoted(SparkCatalogs.database(ofCatalog, ofSchema)) + "."
                + SparkCatalogs.quoted(parts.get(given - 1));
    }

    private void tables(ParseTree node) {
        if (node instanceof IdentifierReferenceContext name && name.multipartIdentifier() != null) {
            name(name.multipartIdentifier(), name.getParent());
        } else if (node instanceof SqlBaseParser.RenameTableContext rename) {
            name(rename.to, rename);
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            tables(node.getChild(i));
        }
    }

    private void name(MultipartIdentifierContext ctx, ParserRuleContext parent) {
        List<String> parts = Names.of(ctx);
        String owner = parent.getClass().getSimpleName();
        if (owner.matches(".*Namespace.*|UseContext|ShowTables.*|ShowViews.*")) {
            if (parts.size() <= 2) {
                String ofCatalog = parts.size() == 2 ? parts.get(0) : catalog;
                edits.replace(
                        ctx, SparkCatalogs.quoted(SparkCatalogs.database(ofCatalog, parts.get(parts.size() - 1))));
            }
        } else if (!owner.contains("Function")
                && !owner.contains("Variable")
                && parts.size() > 1
                && parts.size() <= 3) {
            tables.add(lower(parts));
            if (parts.size() == 3 && parts.get(0).equalsIgnoreCase(catalog)) {
                tables.add(lower(parts.subList(1, 3)));
            }
            edits.replace(ctx, mangled(quoted(parts), catalog, ""));
        }
    }

    /** A column may be written behind its table's name, {@code b.c.column}; that name has changed. */
    private void columns(ParseTree node) {
        if (node instanceof SqlBaseParser.DereferenceContext chain && chain.getChildCount() == 3) {
            List<String> parts = new ArrayList<>();
            if (flatten(chain, parts)) {
                rewriteQualifier(chain, parts);
                return;
            }
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            columns(node.getChild(i));
        }
    }

    private void rewriteQualifier(SqlBaseParser.DereferenceContext chain, List<String> parts) {
        for (int n = 3; n >= 2; n--) {
            if (parts.size() > n && tables.contains(lower(parts.subList(0, n)))) {
                String rest = quoted(parts.subList(n, parts.size()));
                edits.replace(chain, mangled(quoted(parts.subList(0, n)), catalog, "") + "." + rest);
                return;
            }
        }
    }

    private static boolean flatten(SqlBaseParser.PrimaryExpressionContext node, List<String> parts) {
        if (node instanceof SqlBaseParser.ColumnReferenceContext column) {
            parts.add(Identifiers.unquote(column.getText()));
            return true;
        }
        if (node instanceof SqlBaseParser.DereferenceContext chain && flatten(chain.base, parts)) {
            parts.add(Identifiers.unquote(chain.fieldName.getText()));
            return true;
        }
        return false;
    }

    private static String quoted(List<String> parts) {
        return String.join(".", parts.stream().map(SparkCatalogs::quoted).toList());
    }

    private static List<String> lower(List<String> parts) {
        return parts.stream().map(p -> p.toLowerCase(Locale.ROOT)).toList();
    }
}
