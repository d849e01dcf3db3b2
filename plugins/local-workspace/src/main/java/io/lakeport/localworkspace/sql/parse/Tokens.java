package io.lakeport.localworkspace.sql.parse;

import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.sql.expression.StringLiterals;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;

/**
 * The words of a statement that Spark's grammar does not have, taken one after the other. Comments are left out. Confined
 * to one thread.
 */
public final class Tokens {
    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokens(String sql, List<Token> all) {
        this.sql = sql;
        for (Token t : all) {
            if (t.getChannel() == Token.DEFAULT_CHANNEL && t.getType() != SqlBaseLexer.SEMICOLON) {
                tokens.add(t);
            }
        }
    }

    /** Returns the words of a statement. */
    public static Tokens of(String sql) {
        CommonTokenStream stream = StatementParser.tokens(sql);
        stream.fill();
        return new Tokens(sql, stream.getTokens());
    }

    private Token token() {
        return tokens.get(Math.min(at, tokens.size() - 1));
    }

    /** Returns the text of the next token. */
    public String peek() {
        return token().getType() == Token.EOF ? "" : token().getText();
    }

    /** Whether the next tokens are these words. */
    public boolean next(String... words) {
        for (int i = 0; i < words.length; i++) {
            int index = Math.min(at + i, tokens.size() - 1);
            if (!tokens.get(index).getText().equalsIgnoreCase(words[i])) {
                return false;
            }
        }
        return true;
    }

    /** Takes these words, if they are the next ones. */
    public boolean take(String... words) {
        if (!next(words)) {
            return false;
        }
        at += words.length;
        return true;
    }

    /** Takes these words. */
    public void expect(String... words) {
        for (String word : words) {
            if (!take(word)) {
                throw error();
            }
        }
    }

    /** Takes a string literal, if one is next. */
    public Optional<String> takeString() {
        int type = token().getType();
        if (type != SqlBaseLexer.STRING_LITERAL && type != SqlBaseLexer.DOUBLEQUOTED_STRING) {
            return Optional.empty();
        }
        return Optional.of(StringLiterals.unescape(tokens.get(at++).getText()));
    }

    /** Takes a string literal. */
    public String string() {
        return takeString().orElseThrow(this::error);
    }

    /** Takes a name of one or more levels. */
    public List<String> name() {
        List<String> parts = new ArrayList<>();
        do {
            parts.add(part());
        } while (take("."));
        return parts;
    }

    /** Takes one level of a name, or a word. */
    public String part() {
        String text = peek();
        if (text.isEmpty() || !text.startsWith("`") && !text.matches("[\\w-]+")) {
            throw error();
        }
        at++;
        StringBuilder whole = new StringBuilder(Identifiers.unquote(text));
        // A minus inside a plain name is a token of its own.
        while (!text.startsWith("`") && peek().equals("-") && adjoining(at) && adjoining(at + 1)) {
            whole.append('-').append(tokens.get(at + 1).getText());
            at += 2;
        }
        return whole.toString();
    }

    private boolean adjoining(int index) {
        return index < tokens.size()
                && tokens.get(index).getStartIndex() == tokens.get(index - 1).getStopIndex() + 1;
    }

    /** Takes everything up to the parenthesis that closes the one just taken, and returns it as written. */
    public String untilClosing() {
        int from = token().getStartIndex();
        int depth = 1;
        while (true) {
            Token t = token();
            if (t.getType() == Token.EOF) {
                throw error();
            }
            depth += t.getText().equals("(") ? 1 : t.getText().equals(")") ? -1 : 0;
            at++;
            if (depth == 0) {
                return text(from, t.getStartIndex());
            }
        }
    }

    /** Returns the characters of the statement from one to before the other. */
    private String text(int from, int to) {
        int start = sql.offsetByCodePoints(0, from);
        return sql.substring(start, sql.offsetByCodePoints(start, to - from));
    }

    /** Returns where the next token begins in the statement. */
    public int position() {
        return sql.offsetByCodePoints(0, Math.min(token().getStartIndex(), sql.codePointCount(0, sql.length())));
    }

    /** Takes one token, whatever it is. */
    public void skip() {
        at = Math.min(at + 1, tokens.size() - 1);
    }

    /** Whether all is taken. */
    public boolean atEnd() {
        return token().getType() == Token.EOF;
    }

    /** Fails unless all is taken. */
    public void end() {
        if (!atEnd()) {
            throw error();
        }
    }

    /** Returns the syntax error that the next token is. */
    public EngineException error() {
        return new SyntaxErrors(sql).near(token());
    }
}
