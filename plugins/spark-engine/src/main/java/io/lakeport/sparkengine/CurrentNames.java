package io.lakeport.sparkengine;

import java.util.Locale;
import java.util.Map;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/** Answers the functions that name the session: Spark would tell its own catalog, its own database and its own user. */
final class CurrentNames {
    private final TextEdits edits;
    private final Map<String, String> values;

    private CurrentNames(String sql, Map<String, String> values) {
        this.edits = new TextEdits(sql);
        this.values = values;
    }

    static String rewrite(String sql, ParseTree tree, String user, String catalog, String schema) {
        CurrentNames names = new CurrentNames(
                sql,
                Map.of(
                        "current_catalog", catalog,
                        "current_schema", schema,
                        "current_database", schema,
                        "current_user", user,
                        "session_user", user,
                        "user", user));
        names.walk(tree);
        return names.edits.apply();
    }

    private void walk(ParseTree node) {
        if (node instanceof SqlBaseParser.NamedExpressionContext item && item.AS() == null) {
            String value = value(item);
            if (value != null && item.getChildCount() == 1) {
                edits.replace(item, literal(value) + " AS `" + function(item) + "()`");
                return;
            }
        }
        if (node instanceof SqlBaseParser.FunctionCallContext || node instanceof SqlBaseParser.CurrentLikeContext) {
            String value = value(node);
            if (value != null) {
                edits.replace((SqlBaseParser.PrimaryExpressionContext) node, literal(value));
                return;
            }
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            walk(node.getChild(i));
        }
    }

    private static String function(ParseTree node) {
        return node.getText().toLowerCase(Locale.ROOT).replaceAll("\\(\\)$", "");
    }

    private @org.jspecify.annotations.Nullable String value(ParseTree node) {
        String name = function(node);
        boolean isCall = node.getText().endsWith("()") || name.equals("current_user") || name.equals("current_catalog");
        return isCall ? values.get(name) : null;
    }

    private static String literal(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
