package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.engine.EngineParameter;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.TypeTexts;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/** The values of a statement's parameter markers, each turned into a typed literal of its own: text never becomes SQL. */
public final class Parameters {
    private final List<EngineParameter> values;
    private final List<Integer> markers;

    private Parameters(List<EngineParameter> values, List<Integer> markers) {
        this.values = List.copyOf(values);
        this.markers = List.copyOf(markers);
    }

    /** No parameters. */
    public static Parameters none() {
        return new Parameters(List.of(), List.of());
    }

    /** Returns the values for the markers of one statement; positional ones are counted in the order of its text. */
    public static Parameters bind(List<EngineParameter> values, ParseTree statement) {
        List<Integer> markers = new ArrayList<>();
        collect(statement, markers);
        return new Parameters(values, markers);
    }

    private static void collect(ParseTree node, List<Integer> markers) {
        if (node instanceof TerminalNode leaf && leaf.getSymbol().getType() == SqlBaseParser.QUESTION) {
            markers.add(leaf.getSymbol().getTokenIndex());
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            collect(node.getChild(i), markers);
        }
    }

    Expr named(String name) {
        return values.stream()
                .filter(p -> p.name() != null && p.name().equalsIgnoreCase(name))
                .findFirst()
                .map(Parameters::literal)
                .orElseThrow(() -> unbound(name));
    }

    /** Returns the value of the positional marker at a token. */
    Expr positional(Token marker) {
        int position = markers.indexOf(marker.getTokenIndex()) + 1;
        List<EngineParameter> positional =
                values.stream().filter(p -> p.name() == null).toList();
        return positional.stream()
                .filter(p -> p.ordinal() == position)
                .findFirst()
                .map(Parameters::literal)
                .orElseThrow(() -> unbound("_" + position));
    }

    private static RuntimeException unbound(String name) {
        return SqlErrors.of(
                "UNBOUND_SQL_PARAMETER",
                "42P02",
                "Found the unbound parameter: " + name
                        + ". Please, fix `args` and provide a mapping of the parameter to either a SQL literal or "
                        + "collection constructor functions such as `map()`, `array()`, `struct()`.");
    }

    private static Expr literal(EngineParameter p) {
        SqlType type = TypeTexts.of(StatementParser.parseType(p.type()));
        String value = p.value();
        if (value == null || type.is(Kind.VOID)) {
            return Expr.of("CAST(NULL AS " + type.duck() + ")", type, true, "NULL");
        }
        String text = Identifiers.literal(value);
        if (type.is(Kind.STRING)) {
            return Expr.literal(text, type, value, value);
        }
        Expr source = Expr.literal(text, SqlType.STRING, value, value);
        if (type.kind().isInterval()) {
            return IntervalLiterals.parse(value, type);
        }
        return Expr.of(Casts.sql(source, type, false), type, false, value);
    }
}
