package io.lakeport.sparkengine;

import java.util.Map;
import java.util.TreeMap;
import org.antlr.v4.runtime.ParserRuleContext;

/** Replacements in a statement's text at places of its parse tree, whose indices count code points. */
final class TextEdits {
    private final int[] text;
    private final TreeMap<Integer, Map.Entry<Integer, String>> edits = new TreeMap<>();

    TextEdits(String sql) {
        this.text = sql.codePoints().toArray();
    }

    void replace(ParserRuleContext ctx, String replacement) {
        edits.put(ctx.getStart().getStartIndex(), Map.entry(ctx.getStop().getStopIndex() + 1, replacement));
    }

    String apply() {
        StringBuilder result = new StringBuilder();
        int at = 0;
        for (Map.Entry<Integer, Map.Entry<Integer, String>> edit : edits.entrySet()) {
            if (edit.getKey() < at) {
                continue;
            }
            append(result, at, edit.getKey());
            result.append(edit.getValue().getValue());
            at = edit.getValue().getKey();
        }
        append(result, at, text.length);
        return result.toString();
    }

    private void append(StringBuilder result, int from, int to) {
        for (int i = from; i < to; i++) {
            result.appendCodePoint(text[i]);
        }
    }
}
