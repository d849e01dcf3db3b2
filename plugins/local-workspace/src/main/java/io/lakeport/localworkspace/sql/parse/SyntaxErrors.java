package io.lakeport.localworkspace.sql.parse;

import io.lakeport.localworkspace.engine.EngineException;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Turns the first syntax error into Databricks' message: class, place, and the statement with a mark under the spot. */
final class SyntaxErrors extends BaseErrorListener {
    private static final String STATE = "42601";

    private final String sql;

    SyntaxErrors(String sql) {
        this.sql = sql;
    }

    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer,
            @Nullable Object symbol,
            int line,
            int column,
            String message,
            @Nullable RecognitionException e) {
        String where = recognizer instanceof Parser ? message : "at or near '" + at(line, column) + "'";
        throw error("PARSE_SYNTAX_ERROR", "Syntax error " + where + ".", line, column);
    }

    /** Returns the error of a statement that goes wrong at this token. */
    EngineException near(Token token) {
        String shown = token.getType() == Token.EOF ? "end of input" : "'" + token.getText() + "'";
        return error(
                "PARSE_SYNTAX_ERROR",
                "Syntax error at or near " + shown + ".",
                token.getLine(),
                token.getCharPositionInLine());
    }

    private String at(int line, int column) {
        String[] lines = sql.split("\n", -1);
        String text = lines[Math.min(line, lines.length) - 1];
        return column < text.length() ? text.substring(column, column + 1) : "";
    }

    private EngineException error(String errorClass, String text, int line, int column) {
        StringBuilder marked = new StringBuilder();
        String[] lines = sql.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            marked.append(lines[i]).append('\n');
            if (i == line - 1) {
                marked.append("-".repeat(column)).append("^^^\n");
            }
        }
        String message = "[" + errorClass + "] " + text + " SQLSTATE: " + STATE + " (line " + line + ", pos " + column
                + ")\n\n== SQL ==\n" + marked;
        return new EngineException(errorClass, STATE, message, null);
    }
}
