package io.lakeport.sparkengine;

import io.lakeport.localworkspace.engine.EngineParameter;
import io.lakeport.localworkspace.sql.SqlErrors;
import java.util.List;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/**
 * Puts literals where a statement has parameter markers: with Delta's session extension Spark does not know the values
 * that it is given beside the text. Every value becomes one quoted literal and a cast, so text never becomes SQL.
 */
final class StatementParameters {
    private final List<EngineParameter> values;
    private final TextEdits edits;
    private int position;

    private StatementParameters(String sql, List<EngineParameter> values) {
        this.values = List.copyOf(values);
        this.edits = new TextEdits(sql);
    }

    /** Returns the statement with literals for its markers. */
    static String substitute(String sql, ParseTree tree, List<EngineParameter> values) {
        StatementParameters parameters = new StatementParameters(sql, values);
        parameters.walk(tree);
        return parameters.edits.apply();
    }

    private void walk(ParseTree node) {
        if (node instanceof SqlBaseParser.NamedParameterLiteralContext marker) {
            edits.replace(marker, named(marker.getText().substring(1)));
        } else if (node instanceof SqlBaseParser.PosParameterLiteralContext marker) {
            edits.replace(marker, positional());
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            walk(node.getChild(i));
        }
    }

    private String named(String name) {
        return values.stream()
                .filter(p -> name.equalsIgnoreCase(p.name()))
                .findFirst()
                .map(StatementParameters::literal)
                .orElseThrow(() -> unbound(name));
    }

    private String positional() {
        int ordinal = ++position;
        return values.stream()
                .filter(p -> p.name() == null && p.ordinal() == ordinal)
                .findFirst()
                .map(StatementParameters::literal)
                .orElseThrow(() -> unbound("_" + ordinal));
    }

    private static String literal(EngineParameter p) {
        String value = p.value();
        if (value == null) {
            return "CAST(NULL AS " + p.type() + ")";
        }
        String text = "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
        return p.type().equalsIgnoreCase("STRING") ? text : "CAST(" + text + " AS " + p.type() + ")";
    }

    private static RuntimeException unbound(String name) {
        return SqlErrors.of(
                "UNBOUND_SQL_PARAMETER",
                "42P02",
                "Found the unbound parameter: " + name
                        + ". Please, fix `args` and provide a mapping of the parameter to either a SQL literal or "
                        + "collection constructor functions such as `map()`, `array()`, `struct()`.");
    }
}
