package io.lakeport.localworkspace.sql.unity;

import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.unity.Tokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A statement as a row of words, names in backticks, texts in quotes and signs; read from left to right. */
final class Words {
    private final List<Token> tokens;
    private int at;

    Words(String sql) {
        tokens = Tokens.of(sql);
    }

    /** Goes back to the first word. */
    Words again() {
        at = 0;
        return this;
    }

    /** Whether the next words are these. */
    boolean next(String words) {
        String[] wanted = words.split(" ");
        for (int i = 0; i < wanted.length; i++) {
            if (at + i >= tokens.size() || !tokens.get(at + i).is(wanted[i])) {
                return false;
            }
        }
        return true;
    }

    /** Goes past these words if they are next; returns whether they were. */
    boolean take(String words) {
        boolean there = next(words);
        if (there) {
            at += words.split(" ").length;
        }
        return there;
    }

    /** Goes past these words; fails when others are next. */
    void expect(String words) {
        if (!take(words)) {
            throw unexpected();
        }
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    /** Fails unless all has been read. */
    void end() {
        if (!atEnd()) {
            throw unexpected();
        }
    }

    /** Returns the next name of one level. */
    String name() {
        if (atEnd()
                || tokens.get(at).kind() == Tokens.Kind.SIGN
                || tokens.get(at).kind() == Tokens.Kind.TEXT) {
            throw unexpected();
        }
        Token token = tokens.get(at++);
        if (token.kind() == Tokens.Kind.WORD && token.text().indexOf('-') >= 0) {
            throw SqlErrors.of(
                    "INVALID_IDENTIFIER",
                    "42602",
                    "The unquoted identifier " + token.text() + " is invalid and must be back quoted as: `"
                            + token.text() + "`. Unquoted identifiers can only contain ASCII letters ('a' - 'z', 'A' -"
                            + " 'Z'), digits ('0' - '9'), and underbar ('_'). Unquoted identifiers must also not"
                            + " start with a digit. Different data sources and meta stores may impose additional"
                            + " restrictions on valid identifiers.");
        }
        return token.text();
    }

    /** Returns the next name of one or more levels. */
    List<String> dotted() {
        List<String> parts = new ArrayList<>();
        parts.add(name());
        while (take(".")) {
            parts.add(name());
        }
        return parts;
    }

    /** Whether a text in quotes is next. */
    boolean nextIsText() {
        return !atEnd() && tokens.get(at).kind() == Tokens.Kind.TEXT;
    }

    /** Returns the next text in quotes. */
    String text() {
        if (!nextIsText()) {
            throw unexpected();
        }
        return tokens.get(at++).text();
    }

    /** Returns the text after a word such as COMMENT or LIKE, when that is next. */
    Optional<String> textAfter(String words) {
        return take(words) ? Optional.of(text()) : Optional.empty();
    }

    /** Returns the words up to one of the given signs or words, which is not passed. */
    String until(String... stops) {
        List<String> words = new ArrayList<>();
        while (!atEnd()) {
            for (String stop : stops) {
                if (next(stop)) {
                    return String.join(" ", words);
                }
            }
            words.add(tokens.get(at++).text());
        }
        return String.join(" ", words);
    }

    /** Returns the failure for what is next. */
    EngineException unexpected() {
        String where = atEnd() ? "end of input" : "'" + tokens.get(at).text() + "'";
        return SqlErrors.of("PARSE_SYNTAX_ERROR", "42601", "Syntax error at or near " + where + ".");
    }

    /** Returns the statement's first word in upper case. */
    String first() {
        return tokens.isEmpty() ? "" : tokens.get(0).text().toUpperCase(Locale.ROOT);
    }
}
